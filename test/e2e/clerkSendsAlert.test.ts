// Two people of a town and an urgent text: put together, read, refused for a wrong number, turned down.
// That it goes out is shown by the worker's own tests: here it would meet the other scenes' readers.
import { expect, test } from '@jest/globals'

import { as, openPage } from './admin'
import { eventually, findingsOf, PHONE, smallTargetsOf } from './browser'
import { isBrowserTested } from './chromium'
import { openStage } from './stage'

const onChromium = isBrowserTested ? test : test.skip
const DETAIL = '浜地区の方は、公民館へ移ってください。'

const stage = openStage()

onChromium(
  'a clerk puts a drill together; who approves reads it on the phone, types a wrong number, declines',
  async () => {
    await as(stage, 'shiokaze-editor', async (page) => {
      await openPage(page, `${stage.kizuna.admin}/alerts`)
      await page.getByLabel('訓練(本物の', { exact: false }).check()
      await page.getByLabel('ひな形').selectOption({ label: '(見本)大雨に備えてください' })
      await page.getByLabel('いま分かっていること', { exact: false }).fill(DETAIL)
      await page.getByRole('button', { name: '届く文面と人数を見る' }).click()
      await page.getByText('【訓練】これは訓練です', { exact: false }).first().waitFor()
      expect(await findingsOf(page, ['.kizuna-alerts'])).toEqual([])
      await page.getByRole('button', { name: '訓練として、もう 1 人に確認を頼む' }).click()
      await page.getByText('まだ何も送られていません', { exact: false }).waitFor()
      expect(await page.getByRole('button', { name: '訓練として送る' }).count()).toBe(0)
    })
    await as(stage, 'shiokaze-approver', async (page) => {
      await page.setViewportSize(PHONE)
      // An old phone: what is pressed while the page begins must not move away.
      const phone = await page.context().newCDPSession(page)
      await phone.send('Emulation.setCPUThrottlingRate', { rate: 4 })
      await openPage(page, stage.kizuna.admin)
      await page.getByRole('link', { name: /緊急のお知らせの確認/ }).click()
      await page.waitForURL(/\/alerts/)
      await phone.send('Emulation.setCPUThrottlingRate', { rate: 1 })
      await page.getByText(DETAIL, { exact: false }).first().waitFor()
      // a page that is come to by a link may stand before its sheet of styles
      await eventually(async () => expect(await smallTargetsOf(page, '.kizuna-alerts')).toEqual([]))
      await page.getByRole('textbox', { name: /人数/ }).fill('999999')
      await page.getByRole('button', { name: '訓練として送る' }).click()
      await page.getByText('まだ何も送っていません', { exact: false }).waitFor()
      await page.getByText('送らない', { exact: true }).click()
      await page.getByLabel('理由', { exact: false }).fill('見本です')
      await page.getByRole('button', { name: '送らないことにする' }).click()
      await page.getByText(/送らないことにしました\(見本です\)/).waitFor()
    })
  },
  240_000,
)
