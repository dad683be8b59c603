// Lines of a mail do not break inside a reading, and nothing else of it changes.
import { expect, test } from '@jest/globals'

import { renderMail } from '../../../src/release/mail'
import { withWholeReadings } from '../../../src/release/readings'
import { addOn, composed, manuscript } from './sampleContent'

const OPEN = '<span style="white-space:nowrap">'
const shown = (html: string) => html.replaceAll(OPEN, '[').replaceAll('</span>', ']')

test.each([
  ['妊娠(にんしん)の 方(かた)へ', '[妊娠(にんしん)の] [方(かた)へ]'],
  ['教(おし)えてください', '[教(おし)え]てください'],
  ['子(こ)育(そだ)て、話(はな)す。', '[子(こ)][育(そだ)て]、[話(はな)す]。'],
  ['母子健康手帳(ぼしけんこうてちょう)', '[母子健康手帳(ぼしけんこうてちょう)]'],
  [
    '<a href="https://a.example/(あ)" title="妊娠(にんしん)">妊娠(にんしん)</a>',
    '<a href="https://a.example/(あ)" title="妊娠(にんしん)">[妊娠(にんしん)]</a>',
  ],
  ['<title>妊娠(にんしん)</title>', '<title>妊娠(にんしん)</title>'],
  ['電話(03-0000-0000)、見本(1)、(かんじ)', '電話(03-0000-0000)、見本(1)、(かんじ)'],
  // wider than a phone: broken, rather than pushing the whole mail to the side
  ['新生児聴覚検査(しんせいじちょうかくけんさ)', '新生児聴覚検査(しんせいじちょうかくけんさ)'],
])('%s', (html, expected) => {
  expect(shown(withWholeReadings(html))).toBe(expected)
})

test('a mail has them in its text, its add-ons and its footer, and nowhere else', () => {
  const body = '妊娠(にんしん)の 方(かた)へ'
  const text = addOn({ title: '講座(こうざ)', blocks: [{ blockType: 'text', text: body }] })
  const composition = composed([manuscript({ edition: 'easy', subject: body, body })], [text])
  const mail = renderMail(composition)
  expect(mail.html.split(`${OPEN}妊娠(にんしん)の</span>`)).toHaveLength(3)
  expect(mail.html).toContain(`${OPEN}講座(こうざ)</span>`)
  expect(mail.html).toContain(`${OPEN}登録(とうろく)を</span>`)
  expect(mail.html).toContain(`<title>${body}</title>`)
  expect(mail.html).toMatch(/<div style="display:none[^>]*>[^<]*妊娠\(にんしん\)[^<]*<\/div>/)
  for (const plain of [mail.subject, mail.text]) expect(plain).not.toMatch(/span|\u2060/)
  expect(mail.html).not.toContain('\u2060')
})
