// How the lines of a writer's easy text end on a phone, where its words are not written apart.
import { readFileSync } from 'node:fs'

import { afterAll, beforeAll, expect, test } from '@jest/globals'
import type { Browser } from 'playwright-core'

import { renderPage } from '../../../../worker/web/page'
import { supportPage } from '../../../../worker/web/support/supportPages'
import { easy } from '../../../../worker/web/words/easy'
import { isBrowserTested, openBrowser } from '../../../e2e/chromium'
import { asRead } from '../asRead'
import { settings } from '../../readers/settings'

const onChromium = isBrowserTested ? test : test.skip
const STYLE = readFileSync('worker/web/page.css', 'utf8')

let browser: Browser | null = null
beforeAll(async () => {
  if (!isBrowserTested) return
  browser = await openBrowser()
})
afterAll(() => browser?.close())

const said = {
  title: '手続(てつづ)きや相談(そうだん)するところ',
  paragraphs: [
    'どんなときも、使(つか)うことができるものです。\nほしいところだけ、読(よ)んでください。',
    '■ 出産育児一時金(しゅっさんいくじいちじきん)\n健康保険(けんこうほけん)からもらうお金(かね)です。',
    '■ 妊婦支援給付金(にんぷしえんきゅうふきん)\n妊娠(にんしん)した人(ひと)がもらうお金(かね)です。2年(ねん)のあいだに手続(てつづ)きをします。',
    '理由(りゆう)は聞(き)きません。話(はな)すだけでもいいです。下(した)の電話番号(でんわばんごう)に電話(でんわ)してください。',
  ],
  cards: [],
  pictures: [],
}

onChromium.each([390, 360, 320])(
  'none begins with a 。 or ends with a ■ at %i px',
  async (width) => {
    const town = settings({})
    const page = renderPage({ ...supportPage({ town, said, words: easy }, null), words: easy })
    const tab = await browser!.newPage({ viewport: { width, height: 844 } })
    await tab.setContent(page.replace(/<link[^>]*>/g, ''))
    await tab.addStyleTag({ content: STYLE })
    const lines = await tab.evaluate(linesOfTexts)
    expect(lines.length).toBeGreaterThan(10)
    expect(lines.filter((line) => /^[。、」)]|[■「(]$/.test(line))).toEqual([])
    const torn = lines.map(asRead).filter((line) => /\([ぁ-ゖ]*$/.test(line))
    // wider than a line with its words
    expect(torn.filter((line) => !line.includes('金('))).toEqual([])
    expect(await tab.evaluate(() => document.documentElement.scrollWidth)).toBe(width)
    await tab.close()
  },
)

/** The lines of what a writer wrote, as they stand on the screen. */
function linesOfTexts(): string[] {
  const lines: string[] = []
  for (const part of document.querySelectorAll('h1, .text')) {
    const nodes = document.createTreeWalker(part, NodeFilter.SHOW_TEXT)
    let bottom = -1
    for (let node = nodes.nextNode(); node; node = nodes.nextNode()) {
      for (let at = 0; at < (node.textContent ?? '').length; at += 1) {
        const range = document.createRange()
        range.setStart(node, at)
        range.setEnd(node, at + 1)
        const box = range.getBoundingClientRect()
        if (box.width === 0) continue
        if (box.top >= bottom - 2) lines.push('')
        bottom = Math.max(box.bottom, box.top >= bottom - 2 ? box.bottom : bottom)
        lines[lines.length - 1] += node.textContent?.[at] ?? ''
      }
    }
  }
  return lines.map((line) => line.trim())
}
