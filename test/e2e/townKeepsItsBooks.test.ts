// What a town answers for: the report to a grant, what a survey came to, the way out with everything, and
// the plan of a move to another account; each by who does it, on a phone.
import { expect, test } from '@jest/globals'
import type { Page } from 'playwright-core'

import { as, openPage } from './admin'
import { eventually, findingsOf, PHONE, smallTargetsOf } from './browser'
import { isBrowserTested } from './chromium'
import { openStage } from './stage'

const onChromium = isBrowserTested ? test : test.skip

/** Of the sample's practice channels. */
const NEW_ACCOUNT = '引っ越し先の公式(見本)(プロバイダー: 新しい会社(見本))'

const stage = openStage()

async function isInReach(page: Page, part: string): Promise<void> {
  await eventually(async () => expect(await smallTargetsOf(page, part)).toEqual([]))
  expect(await findingsOf(page, [part])).toEqual([])
}

/** Pages that say whose they are, asked as the admin that is open asks. */
async function areClosed(page: Page, paths: readonly string[]): Promise<void> {
  const open = await page.evaluate(
    async ({ admin, asked, said }) => {
      const texts = asked.map(async (path) => (await fetch(`${admin}${path}`)).text())
      const shown = await Promise.all(texts)
      return asked.filter((_, at) => !shown[at]?.includes(said))
    },
    { admin: stage.kizuna.admin, asked: [...paths], said: NOT_YOURS },
  )
  expect(open).toEqual([])
}

const NOT_YOURS = 'この画面は、あなたの役割では使いません。'

onChromium(
  'a clerk makes a report to a grant and reads a survey; who approves sees the way out and a move',
  async () => {
    await as(stage, 'hikarigamori-editor', async (page) => {
      await page.setViewportSize(PHONE)
      await openPage(page, stage.kizuna.admin)
      await isInReach(page, '.dashboard')
      await openPage(page, `${stage.kizuna.admin}/funding`)
      await page.getByRole('radio').first().check()
      await page.getByRole('button', { name: 'この年度の報告を作る' }).click()
      await page.getByRole('columnheader', { name: '実績' }).waitFor()
      await isInReach(page, '.kizuna-page')
      const file = page.waitForEvent('download')
      await page.getByRole('link', { name: 'Excel に書き出す' }).click()
      expect((await file).suggestedFilename()).toMatch(/^funding-\d{4}-.*\.xlsx$/)
      await openPage(page, `${stage.kizuna.admin}/surveys`)
      await page.getByRole('link', { name: '結果を見る' }).first().click()
      await page.getByText('回答率', { exact: false }).first().waitFor()
      await isInReach(page, '.kizuna-page')
      await areClosed(page, ['/account-moves', '/takeout'])
    })
    await as(stage, 'contributor', async (page) => {
      await page.goto(`${stage.kizuna.admin}/proposals`)
      await areClosed(page, ['/numbers', '/funding', '/surveys', '/posters', '/alerts', '/counter'])
    })
    await as(stage, 'hikarigamori-approver', async (page) => {
      await page.setViewportSize(PHONE)
      await openPage(page, `${stage.kizuna.admin}/account-moves`)
      await page.getByLabel('新しいアカウント').selectOption({ label: NEW_ACCOUNT })
      await page.getByRole('button', { name: '計画を見る' }).click()
      await page.getByRole('button', { name: 'この計画を提案する' }).waitFor()
      await isInReach(page, '.kizuna-page')
      await openPage(page, `${stage.kizuna.admin}/takeout`)
      await isInReach(page, '.kizuna-page')
      const way = page.waitForEvent('popup')
      await page.getByRole('button', { name: /すべてを持ち出す/ }).click()
      const there = await way
      await there.getByRole('button', { name: '画面をひらく' }).click()
      await there.getByText('開くための言葉', { exact: false }).first().waitFor()
      expect(await findingsOf(there)).toEqual([])
    })
  },
  240_000,
)
