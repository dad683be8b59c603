import { expect, test } from '@jest/globals'
import fc from 'fast-check'

import { COLOUR, contrastRatio, MIN_CONTRAST } from '../../../src/release/colour'
import { escapeHtml } from '../../../src/release/escape'
import { renderMail } from '../../../src/release/mail'
import {
  escapedLinks,
  fillReaderLinks,
  MY_PAGE_URL_TOKEN,
  UNSUBSCRIBE_URL_TOKEN,
} from '../../../src/release/readerLinks'
import { addOnContent, manuscriptContent } from './arbitrary'
import { wordsOf } from './blockWords'
import { addOn, BOOK, composed, CONTACT, GROUP, LINK, manuscript } from './sampleContent'

const everything = addOn({
  blocks: [{ blockType: 'text', text: '図書館から。' }, BOOK, GROUP, LINK],
})

test('the plain text is paragraphs, headings and addresses on their own lines', () => {
  const { text } = renderMail(composed([manuscript({ body: '一つめ\n\n二つめ' })], [everything]))
  expect(text).toBe(`一つめ

二つめ

■ 町からのお知らせ

図書館から。

『どうぶつのあさ』
見本はなこ / みほん出版
動物たちが「おはよう」を言う絵本です。
https://example.jp/books/1

【みなと子育てひろば】
0歳から3歳までの集まりです。
場所: 中央公民館
日時: 毎週水曜 10:00〜11:30
連絡先: 000-000-0001

・申し込みのページ
https://example.jp/class?a=1&b=2

―――――――――――――――
みなと町 子育て便り
お問い合わせ こども健康課
電話 000-000-0000 (平日 8:30〜17:15)
https://example.jp/kosodate

登録の内容を見る・変える
${MY_PAGE_URL_TOKEN}

配信を止めたいときは、次のページを開いてください。
${UNSUBSCRIBE_URL_TOKEN}
`)
})

test('under an easy text the contact and both ways out are easy too', () => {
  const easyText = manuscript({ edition: 'easy', body: 'やさしい 文' })
  const { text, html } = renderMail(composed([easyText], []))
  expect(text).toBe(`やさしい 文

―――――――――――――――
みなと町 子育て便り
相談(そうだん)する ところ こども健康課
電話(でんわ) 000-000-0000 (平日(へいじつ) 8:30〜17:15)
https://example.jp/kosodate

登録(とうろく)を 見(み)る・変(か)える
${MY_PAGE_URL_TOKEN}

止(と)めたいときは、この ページを 開(ひら)いてください。
${UNSUBSCRIBE_URL_TOKEN}
`)
  const said = html.replace(/<\/?span[^>]*>/g, '')
  expect(said).toContain('>止(と)める</a>」を 押(お)してください。')
  expect(html).toContain('<a href="tel:0000000000"')
  expect(html).not.toContain('配信を止め')
})

test('the HTML is a whole Japanese document without script, style sheet or needed picture', () => {
  const { html } = renderMail(composed([manuscript()], [everything]))
  expect(html).toMatch(/^<!doctype html>\n<html lang="ja">/)
  expect(html).toContain('charset=utf-8')
  expect(html).toContain('<title>妊娠24週3日のお便り</title>')
  expect(html).toContain('alt="『どうぶつのあさ』の表紙"')
  expect(html).not.toMatch(/<script|<style|<link|<form|javascript:|position:|display:flex/i)
  expect(html.match(/<img /g)).toHaveLength(1)
})

test.each([
  ['０００ー０１００ー０００９', 'tel:00001000009', '000-0100-0009</a> (平日'],
  ['0123-45-6789(内線123)', 'tel:0123456789', '0123-45-6789</a>(内線123) (平日'],
  ['#8000', 'tel:%238000', '#8000</a> (平日'],
])('whom to call is written as %s: a press dials %s', (phone, href, written) => {
  const contact = { ...CONTACT, phone }
  const letter = composed([manuscript({ body: '{{電話}}へ' })], [], { contact })
  const { html, text } = renderMail(letter)
  expect(html).toContain(`電話 <a href="${href}" `)
  expect(html).toContain(written)
  const plain = written.replace('</a>', '')
  expect(text).toContain(`\n電話 ${plain}`)
  expect(text).toContain(`${plain.replace(/ \(平日$/, '')}へ`)
})

test('the words beside the subject are the beginning of the text, without the footer', () => {
  const { html } = renderMail(composed([manuscript({ body: '短い\n本文' })]))
  expect(html).toMatch(/<div style="display:none[^>]*>短い 本文<\/div>/)
})

test('https addresses in texts become links and end before Japanese punctuation', () => {
  const body = 'くわしくは https://example.jp/a?b=1&c=2。または(https://example.jp/d).'
  const { html } = renderMail(composed([manuscript({ body })]))
  expect(html).toContain('<a href="https://example.jp/a?b=1&amp;c=2" ')
  expect(html).toContain('</a>。または(<a href="https://example.jp/d" ')
})

test("one reader's addresses take the tokens' places in both bodies", () => {
  const rendered = renderMail(composed([manuscript()]))
  const links = {
    unsubscribeUrl: 'https://example.jp/u?a=$&&b=2',
    myPageUrl: 'https://example.jp/me?a=$&&b=2',
  }
  const mail = {
    text: fillReaderLinks(rendered.text, links),
    html: fillReaderLinks(rendered.html, escapedLinks(links)),
  }
  expect(mail.text).toContain('https://example.jp/u?a=$&&b=2\n')
  expect(mail.html).toContain('href="https://example.jp/u?a=$&amp;&amp;b=2"')
  expect(mail.text).toContain('登録の内容を見る・変える\nhttps://example.jp/me?a=$&&b=2\n')
  expect(mail.html).toContain('href="https://example.jp/me?a=$&amp;&amp;b=2"')
  expect(mail.text + mail.html).not.toMatch(/\{\{|\}\}/)
})

test('every colour of a text can be read on white and on the ground of the page', () => {
  const { html } = renderMail(composed([manuscript()], [everything]))
  const colours = [...html.matchAll(/[;"]color:(#[0-9a-f]{6})/g)].map(([, colour]) => colour!)
  const dark = [...new Set(colours)].filter((colour) => colour !== COLOUR['neutral-white'])
  expect(dark.length).toBeGreaterThanOrEqual(3)
  for (const colour of dark) {
    expect(contrastRatio(colour, COLOUR['neutral-white'])).toBeGreaterThanOrEqual(MIN_CONTRAST)
  }
})

const delivery = fc.record({
  manuscripts: fc.array(manuscriptContent, { minLength: 1, maxLength: 2 }),
  addOns: fc.array(addOnContent, { maxLength: 4 }),
})

test('subjects are one line without control characters, each token is there exactly once', () => {
  fc.assert(
    fc.property(delivery, ({ manuscripts, addOns }) => {
      const { subject, text, html } = renderMail(composed(manuscripts, addOns))
      expect(subject).toMatch(/^[^\p{Cc}]+$/u)
      for (const token of [UNSUBSCRIBE_URL_TOKEN, MY_PAGE_URL_TOKEN]) {
        for (const body of [text, html]) expect(body.split(token)).toHaveLength(2)
      }
      expect(text.endsWith(`${UNSUBSCRIBE_URL_TOKEN}\n`)).toBe(true)
    }),
    { numRuns: 60 },
  )
})

test('every word of every add-on is in the plain text and in the HTML', () => {
  fc.assert(
    fc.property(delivery, ({ manuscripts, addOns }) => {
      const composition = composed(manuscripts, addOns)
      const { text, html } = renderMail(composition)
      const seen = bare(html)
      for (const { blocks, title } of composition.addOns) {
        const named = blocks.map((block) => ({ ...block, imageUrl: null }) as typeof block)
        for (const words of wordsOf({ title, blocks: named })) {
          expect(text).toContain(words)
          expect(seen).toContain(escapeHtml(words).replace(/\s/g, ''))
        }
      }
    }),
    { numRuns: 60 },
  )
})

test('nothing anybody wrote becomes a tag or an attribute', () => {
  fc.assert(
    fc.property(delivery, ({ manuscripts, addOns }) => {
      const { html } = renderMail(composed(manuscripts, addOns))
      const rest = html.replace(TAG, '')
      expect(rest).not.toMatch(/[<>"']/)
      expect(rest).not.toMatch(/&(?!(amp|lt|gt|quot|#39);)/)
    }),
    { numRuns: 60 },
  )
})

test('the check for tags would see one that got through', () => {
  expect('<b>a</b>'.replace(TAG, '')).toBe('a')
  expect('<p onclick="x">a'.replace(TAG, '')).toContain('<')
  expect('<script>a'.replace(TAG, '')).toContain('<')
})

// The tags and attributes of our own.
const NAME = '(?:!doctype|/?(?:html|head|meta|title|body|div|table|tr|td|p|span|a|b|h2|img|br))'
const ATTRIBUTE =
  '(?:lang|http-equiv|content|name|style|role|width|cellpadding|cellspacing|border|bgcolor|align|valign|href|src|alt)'
const TAG = new RegExp(`<${NAME}(?: html)?(?: ${ATTRIBUTE}="[^"<>]*")*>`, 'g')

/** The HTML without tags and spaces, but with the addresses its links and pictures lead to. */
function bare(html: string): string {
  const addresses = [...html.matchAll(/(?:href|src)="([^"]*)"/g)].map(([, address]) => address)
  return `${html.replace(/<[^<>]*>/g, '')}${addresses.join('')}`.replace(/\s/g, '')
}
