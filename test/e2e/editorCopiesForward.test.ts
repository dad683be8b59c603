// Task 6: an editor takes a series into the next fiscal year; the chief switches it on.
import { afterAll, beforeAll, expect, test } from '@jest/globals'
import type { Browser, Page } from 'playwright-core'

import { municipalityCheckDigit } from '../../src/table/municipalityCode'
import { as } from './admin'
import { findingsOf } from './browser'
import { openBrowser } from './chromium'
import { openCmsApi, type CmsApi } from './cmsApi'
import { FIXTURE_MS, openFixture } from './fixture'
import type { Addresses } from './launcher'
import { picturesOf } from './pictureOf'

const OLD = { name: '見本 引き継ぎの練習', code: 'e2e-forward' }
const NEW = { name: '見本 引き継ぎの練習 2099年度', code: 'e2e-forward-2099' }
const TOWN = '見本 引き継ぎ町'

let kizuna: Addresses
let browser: Browser

beforeAll(async () => {
  kizuna = await openFixture()
  browser = await openBrowser()
  await makePlaces()
}, FIXTURE_MS)

afterAll(() => browser?.close())

test('a series is copied, worked through on the renewal board and switched on 1 April', async () => {
  await as({ browser, kizuna }, 'editor', async (page) => {
    await page.goto(`${kizuna.admin}/renewal`)
    await page.getByLabel('元のシリーズ').selectOption({ label: OLD.name })
    await page.getByLabel('使い始める日').fill('2099-04-01')
    await page.getByLabel('新しいシリーズの名前').fill(NEW.name)
    await page.getByLabel('新しいコード').fill(NEW.code)
    await picturesOf(page, 'renewal-copy')
    expect(await findingsOf(page, ['.kizuna-page'])).toEqual([])
    await page.getByRole('button', { name: '引き継ぐ' }).click()
    await page.getByRole('heading', { name: NEW.name }).waitFor()
    await filter(page, '元が未承認').getByText('1', { exact: true }).waitFor()
    await filter(page, '変更なし').getByText('1', { exact: true }).waitFor()

    await page.getByRole('button', { name: '変更のない原稿をまとめて監修に出す' }).click()
    await page.getByText('監修中').waitFor()
    await page.getByText('1 件を監修に出しました。残り 0 件です。').waitFor()
    await filter(page, '変更なし').click()
    await page.getByRole('row', { name: '監修中' }).waitFor()
    await picturesOf(page, 'renewal-board')
    expect(await findingsOf(page, ['.kizuna-page'])).toEqual([])
  })
  await as({ browser, kizuna }, 'chief', async (page) => {
    await page.goto(`${kizuna.admin}/renewal`)
    await page.getByRole('link', { name: NEW.name }).click()
    const part = page.getByRole('region', { name: '切り替え' })
    await part.getByText(TOWN).waitFor()
    await part.getByText('2 件のうち、2 件がまだ公開されていません。').waitFor()
    await picturesOf(page, 'renewal-switch')
    const switching = part.getByRole('button', {
      name: '選んだ自治体を 2099年4月1日(水) に切り替える',
    })
    expect(await switching.isDisabled()).toBe(true)
    await part.getByText('配信日のうち 1 日ぶんの原稿').waitFor()
    await part.getByLabel('届かないことを確かめました').check()
    await switching.click()
    await part.getByText('切り替えが決まっている自治体').waitFor()
    await part.getByText(`${NEW.name}: 2099年4月1日(水) から`).waitFor()
    expect(await rowsOfTown()).toEqual(['〜2099-03-31', '2099-04-01〜'])
    await part.getByLabel(TOWN).check()
    await part.getByRole('button', { name: '選んだ自治体の切り替えを取り消す' }).click()
    await switching.waitFor()
    expect(await rowsOfTown()).toEqual(['〜'])
    expect(await findingsOf(page, ['.kizuna-page'])).toEqual([])
  })
}, 240_000)

test('the old set stays readable', async () => {
  const api = await openCmsApi(kizuna, 'editor')
  const { body } = await api.get(
    `/kizuna-manuscripts?where[series.code][equals]=${OLD.code}&draft=true`,
  )
  expect(body.docs?.map(({ title }) => title).sort()).toEqual(['見本 公開中', '見本 下書き'].sort())
}, 60_000)

/** A series with one live text and one draft, and a municipality that takes it. */
async function makePlaces(): Promise<void> {
  const chief = await openCmsApi(kizuna, 'chief')
  const editor = await openCmsApi(kizuna, 'editor')
  const admin = await openCmsApi(kizuna, 'admin')
  const series = await idOf(chief, '/kizuna-series', {
    ...OLD,
    anchor: 'birthDate',
    from: 'day0',
    to: 'month120',
    isEndIncluded: true,
    isActive: true,
    order: 901,
  })
  const text = {
    series,
    edition: 'standard',
    kind: 'stage',
    subject: '件名',
    body: '見本の本文です。',
  }
  const rules = { ageBasis: 'calendar', monthRule: 'friendly', topics: ['daily'] }
  const live = { ...text, ...rules, slot: 'day3001', title: '見本 公開中' }
  const id = await idOf(editor, '/kizuna-manuscripts?draft=true', live)
  await idOf(editor, '/kizuna-manuscripts?draft=true', {
    ...live,
    slot: 'day3002',
    title: '見本 下書き',
  })
  await editor.send('POST', `/kizuna-manuscripts/${id}/submit`)
  await chief.approve(`/kizuna-manuscripts/${id}`)
  const published = await chief.publish(`/kizuna-manuscripts/${id}`)
  if (published.status !== 200) throw new Error(JSON.stringify(published.body))
  const five = '98765'
  await idOf(admin, '/kizuna-municipalities', {
    name: TOWN,
    code: `${five}${municipalityCheckDigit(five)}`,
    senderName: TOWN,
    editions: ['standard'],
    channels: ['mail'],
    mailFrom: 'a@town.example',
    dailyCap: 3,
    windows: { line: { from: '09:00', to: '20:00' }, mail: { from: '09:00', to: '20:00' } },
    contact: { department: '見本課', phone: '000-0000-0000', hours: '平日 9:00〜17:00' },
    mailAfterCrash: 'at-most-once',
    isActive: true,
    series: [{ series, isEndIncluded: true }],
  })
}

async function idOf(api: CmsApi, path: string, data: object): Promise<string> {
  const { status, body } = await api.send('POST', path, data)
  const id = (body as { doc?: { id?: string } }).doc?.id
  if (!id) throw new Error(`${path} answered ${status}: ${JSON.stringify(body)}`)
  return id
}

async function rowsOfTown(): Promise<string[]> {
  const api = await openCmsApi(kizuna, 'admin')
  const { body } = await api.get(
    `/kizuna-municipalities?where[name][equals]=${encodeURIComponent(TOWN)}&depth=0`,
  )
  const rows = (body.docs?.[0]?.series ?? []) as Record<string, string | null>[]
  return rows.map(
    ({ effectiveFrom, effectiveTo }) => `${effectiveFrom ?? ''}〜${effectiveTo ?? ''}`,
  )
}

function filter(page: Page, label: string) {
  return page.getByRole('navigation', { name: '絞り込み' }).getByRole('link', { name: label })
}
