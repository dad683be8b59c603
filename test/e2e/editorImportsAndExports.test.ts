// Task 7: an editor moves many texts in from XLSX and CSV, out again, and changes one cell.
import { readFile } from 'node:fs/promises'

import { afterAll, beforeAll, expect, test } from '@jest/globals'
import type { Browser, Page } from 'playwright-core'

import { MANUSCRIPT_COLUMNS } from '../../src/import/columns'
import { readImportFile } from '../../src/table/importFile'
import { writeSheet } from '../../src/import/writeSheet'
import { as } from './admin'
import { findingsOf } from './browser'
import { openBrowser } from './chromium'
import { openCmsApi } from './cmsApi'
import { FIXTURE_MS, openFixture } from './fixture'
import type { Addresses } from './launcher'
import { picturesOf } from './pictureOf'
import { PATIENCE } from '../patience.mjs'
import { isAll } from '../share'

const CODE = 'e2e-sheets'

/** How many of the texts come from Excel and how many from CSV: 500 with `npm run test:all`. */
const [OF_EXCEL, OF_CSV] = isAll ? [260, 240] : [90, 60]

let kizuna: Addresses
let browser: Browser

beforeAll(async () => {
  kizuna = await openFixture()
  browser = await openBrowser()
  const api = await openCmsApi(kizuna, 'chief')
  await api.send('POST', '/kizuna-series', {
    name: '見本 取り込みの練習',
    code: CODE,
    anchor: 'birthDate',
    from: 'day0',
    to: 'month120',
    isEndIncluded: true,
    isActive: true,
    order: 900,
  })
}, FIXTURE_MS)

afterAll(() => browser?.close())

/** 「原稿が多いと、1 分ほどかかります」 */
const AS_THE_PAGE_SAYS = { timeout: 60_000 * PATIENCE }

const rowsFrom = (first: number, count: number) =>
  Array.from({ length: count }, (_, index) => ({
    series: CODE,
    slot: `生後${first + index}日`,
    edition: '標準',
    kind: '通常',
    title: `見本 ${first + index}`,
    subject: '見本の件名',
    topics: 'くらし',
    body: `見本の本文です。\n「引用」, =1+1 と 0012 と 😀 と 〜(${first + index})`,
  }))

const xlsxOf = (first: number, count: number) =>
  writeSheet(rowsFrom(first, count), { columns: MANUSCRIPT_COLUMNS, format: 'xlsx', name: '原稿' })

test('texts come in from Excel and CSV, go out, and one edited cell is one change', async () => {
  await as({ browser, kizuna }, 'editor', async (page) => {
    await page.goto(`${kizuna.admin}/sheets`)
    await check(page, 'sheet.xlsx', Buffer.from(await xlsxOf(1, OF_EXCEL)))
    await page.getByText(`新規 ${OF_EXCEL} 件`, { exact: true }).waitFor(AS_THE_PAGE_SAYS)
    await picturesOf(page, 'sheets-dry-run')
    await takeIn(page)

    const csv = await writeSheet(rowsFrom(OF_EXCEL + 1, OF_CSV), {
      columns: MANUSCRIPT_COLUMNS,
      format: 'csv',
      name: '原稿',
    })
    await check(page, 'sheet.csv', Buffer.from(csv))
    await page.getByText(`新規 ${OF_CSV} 件`, { exact: true }).waitFor()
    await takeIn(page)

    const series = await page
      .locator('select option', { hasText: `(${CODE})` })
      .getAttribute('value')
    await page.getByLabel('シリーズ').selectOption(series)
    const exported = await download(page, 'Excel ブックで書き出す')
    const lines = await readImportFile(exported)
    if (typeof lines === 'string') throw new Error('not a workbook')
    expect(lines).toHaveLength(1 + OF_EXCEL + OF_CSV)

    await check(page, 'same.xlsx', exported)
    await page.getByText('取り込むものはありません。').waitFor()

    const columns = MANUSCRIPT_COLUMNS
    const at = columns.findIndex(({ name }) => name === 'subject')
    const edited = lines
      .slice(1)
      .map(({ cells }, row) =>
        Object.fromEntries(
          columns.map(({ name }, column) => [
            name,
            row === 49 && column === at ? '直した件名' : (cells[column] ?? ''),
          ]),
        ),
      )
    const again = await writeSheet(edited, { columns, format: 'xlsx', name: '原稿' })
    await check(page, 'edited.xlsx', Buffer.from(again))
    await page.getByText('変更 1 件', { exact: true }).waitFor()
    await page.getByText('直した').first().waitFor()
    expect(await page.locator('.kizuna-import__table tbody tr').count()).toBe(1)
    await picturesOf(page, 'sheets-one-change')
    expect(await findingsOf(page, ['.kizuna-page'])).toEqual([])
    await takeIn(page)
  })
}, 300_000)

test('wrong rows and wrong files are named with what to do, and nothing is written', async () => {
  await as({ browser, kizuna }, 'editor', async (page) => {
    await page.goto(`${kizuna.admin}/sheets`)
    const text = `シリーズ,配信日,題名,件名,本文\n${CODE},生後900日,見本,件名,本文\n${CODE},43週,見本,件名,本文`
    await check(page, 'wrong.csv', Buffer.from(text))
    await page.getByText('1 件の誤りがあるため、何も取り込みません。').waitFor()
    await page.getByText('3 行目').waitFor()
    expect(await page.getByRole('button', { name: '取り込む', exact: true }).count()).toBe(0)
    await picturesOf(page, 'sheets-wrong')
    expect(await findingsOf(page, ['.kizuna-page'])).toEqual([])

    await check(page, 'old.xls', Buffer.from([0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1]))
    await page.getByText('古い形式の Excel(.xls)').waitFor()
  })
  const { admin } = kizuna
  const api = new URL('/api/sheets/import?kind=manuscripts&dryRun=true', admin).href
  const nobody = await fetch(api, { method: 'POST', body: 'x' })
  expect(nobody.status).toBe(401)
}, 120_000)

async function check(page: Page, name: string, buffer: Buffer): Promise<void> {
  await page.getByLabel('ファイル(.xlsx か .csv').setInputFiles({ name, mimeType: '', buffer })
  await page.getByRole('button', { name: '中身を確かめる' }).click()
}

async function takeIn(page: Page): Promise<void> {
  await page.getByRole('button', { name: '取り込む', exact: true }).click()
  await page
    .getByText('下書きとして取り込みました。')
    .waitFor({ timeout: 2 * AS_THE_PAGE_SAYS.timeout })
}

async function download(page: Page, name: string): Promise<Buffer> {
  const downloading = page.waitForEvent('download')
  await page.getByRole('link', { name }).click()
  const file = await downloading
  return readFile(await file.path())
}
