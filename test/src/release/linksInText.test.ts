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
  ["https://example.jp/it's です", 'https://example.jp/it%27s です'],
])('%s is encoded whole', (written, sent) => {
  expect(encodeLinks(written)).toBe(sent)
  expect(encodeLinks(sent)).toBe(sent)
})

test.each([
  'くわしくは(https://example.jp/a)へ。',
  '「https://example.jp/b」と(https://example.jp/c)。',
  'https://example.jp/aへ',
  'https://example.jp/a.htmlを見てください。',
  'https://example.jp/をご覧ください',
  'https://example.jp/へ',
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

test('a long text is looked through at once', () => {
  const start = performance.now()
  encodeLinks(`https://example.jp/${'あ'.repeat(100_000)}。`)
  encodeLinks(`https://example.jp/${'('.repeat(100_000)}`)
  encodeLinks(`https://example.jp/${'.'.repeat(100_000)}a`)
  encodeLinks('https://a/あ。'.repeat(10_000))
  expect(performance.now() - start).toBeLessThan(1000)
})
