import { expect, test } from '@jest/globals'

import { renderLine } from '../../../src/release/line'
import { encodeLinks } from '../../../src/release/linksInText'
import { renderMail } from '../../../src/release/mail'
import { composed, manuscript } from './sampleContent'

const TSUWARI = '%E3%81%A4%E3%82%8F%E3%82%8A'

test.each([
  ['https://ja.example.jp/wiki/つわり を', `https://ja.example.jp/wiki/${TSUWARI} を`],
  ['https://example.jp/wiki/つわり', `https://example.jp/wiki/${TSUWARI}`],
  ['「https://example.jp/wiki/つわり」と', `「https://example.jp/wiki/${TSUWARI}」と`],
  [
    'https://example.jp/つわり/a?q=つわり です',
    `https://example.jp/${TSUWARI}/a?q=${TSUWARI} です`,
  ],
  [
    'https://example.jp/kosodate_(0-2).html です',
    'https://example.jp/kosodate_%280-2%29.html です',
  ],
  ['https://ja.example.jp/wiki/つわり。', `https://ja.example.jp/wiki/${TSUWARI}。`],
  ['\uff08https://example.jp/つわり\uff09へ', `\uff08https://example.jp/${TSUWARI}\uff09へ`],
  [
    'https://example.jp/つわり、https://example.jp/つわり。',
    `https://example.jp/${TSUWARI}、https://example.jp/${TSUWARI}。`,
  ],
  [
    'https://example.jp/?q=つわり+つわり&p=2#つわり',
    `https://example.jp/?q=${TSUWARI}+${TSUWARI}&p=2#${TSUWARI}`,
  ],
  [
    'https://example.jp/令和8年度 の',
    'https://example.jp/%E4%BB%A4%E5%92%8C8%E5%B9%B4%E5%BA%A6 の',
  ],
  ['https://example.jp/R8年.pdf', 'https://example.jp/R8%E5%B9%B4.pdf'],
  ['https://example.jp/年・年 の', 'https://example.jp/%E5%B9%B4%E3%83%BB%E5%B9%B4 の'],
  [
    'https://example.jp/年\uff080-2年\uff09.pdf へ',
    'https://example.jp/%E5%B9%B4%EF%BC%880-2%E5%B9%B4%EF%BC%89.pdf へ',
  ],
  ['https://example.jp/wiki/年_(年) の', 'https://example.jp/wiki/%E5%B9%B4_%28%E5%B9%B4%29 の'],
  ['https://example.jp/100%25年 の', 'https://example.jp/100%25%E5%B9%B4 の'],
  ["https://example.jp/it's です", 'https://example.jp/it%27s です'],
])('%s is encoded whole', (written, sent) => {
  expect(encodeLinks(written)).toBe(sent)
  expect(encodeLinks(sent)).toBe(sent)
})

test.each([
  'くわしくは(https://example.jp/a)へ。',
  '「https://example.jp/b」と(https://example.jp/c)。',
  'https://example.jp/aへ',
  'https://example.jp/?x=%25を見て',
  'https://example.jp/?x=%25まで。',
  'https://example.jp/a.htmlを見てください。',
  'https://example.jp/をご覧ください',
  'https://example.jp/へ',
  'https://example.jp/まで。',
  'https://example.jp/から、',
  'https://example.jp/参照。',
  'https://example.jp/見てね\uff01',
  'https://example.jp/の「表」',
  '\uff08https://example.jp/\uff09',
  'https://example.jp/a\uff08北館\uff09へ',
  'https://example.jp/a(北館)へ',
  'https://example.jp/・https://example.jp/a',
  'https://example.jp/aや、https://example.jp/bとc',
  'https://example.jp/a(平日8:30〜17:15)',
  'https://example.jp/ご覧ください。',
  'https://example.jp/ご覧ください',
  'https://example.jp/a?b=1&c=2。',
  "'https://example.jp/a'",
  'https://example.jp',
  'http://example.jp/つわり',
])('%s stays: no part of an address is to be encoded', (written) => {
  expect(encodeLinks(written)).toBe(written)
})

test('mail and LINE get the same whole addresses', () => {
  const body = 'https://ja.example.jp/wiki/つわり と https://example.jp/a_(0-2).html です。'
  const composition = composed([manuscript({ body })])
  const links = [`https://ja.example.jp/wiki/${TSUWARI}`, 'https://example.jp/a_%280-2%29.html']
  const { html, text } = renderMail(composition)
  for (const link of links) {
    expect(html).toContain(`<a href="${link}" `)
    expect(text).toContain(`${link} `)
    expect(JSON.stringify(renderLine(composition))).toContain(`${link} `)
  }
})

test.each([
  `https://example.jp/${'あ'.repeat(100_000)}。`,
  `https://example.jp/${'('.repeat(100_000)}`,
  `https://example.jp/${'.'.repeat(100_000)}a`,
  'https://a/あ。'.repeat(10_000),
  `https://example.jp/${'あa'.repeat(50_000)}。`,
  `https://example.jp/${'あ/'.repeat(50_000)}。`,
  `https://example.jp/あ${'\uff08'.repeat(100_000)}`,
])('a long text is looked through at once, whatever else the machine does: %#', (text) => {
  const start = process.cpuUsage()
  encodeLinks(text)
  expect(process.cpuUsage(start).user / 1000).toBeLessThan(1000)
})
