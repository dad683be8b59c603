import { expect, test } from '@jest/globals'
import fc from 'fast-check'

import { leftOutOfLine, renderLine } from '../../../src/release/line'
import * as limits from '../../../src/release/lineMessageLimits'
import type { FlexBox, FlexBubble, FlexText, LineMessage } from '../../../src/release/lineMessage'
import { quietRow, SAMPLE_PLACES } from '../../../src/release/quietRow'
import { addOnContent, manuscriptContent } from './arbitrary'
import { addOn, BOOK, composed, GROUP, LINK, manuscript } from './sampleContent'
import { wordsOf } from './blockWords'

const FOOTER = [
  '――――――――',
  'みなと町 子育て便り',
  'お問い合わせ こども健康課',
  '電話 000-000-0000 (平日 8:30〜17:15)',
  'https://example.jp/kosodate',
].join('\n')

const ROW = quietRow(SAMPLE_PLACES)

test('a common text alone is one bubble with the contact below', () => {
  expect(renderLine(composed([manuscript({ body: '{{赤ちゃん}}の耳\n\nまた明日。' })]))).toEqual([
    { type: 'text', text: `赤ちゃんの耳\n\nまた明日。\n\n${FOOTER}` },
    ROW,
  ])
})

test('texts of add-ons stand below the common text, cards in one carousel after it', () => {
  const text = { blockType: 'text' as const, text: '図書館から。' }
  const addOns = [addOn({ blocks: [text, BOOK, LINK, GROUP, { ...LINK, label: '地図' } as never] })]
  const messages = renderLine(composed([manuscript({ body: '本文' })], addOns))
  expect(messages).toHaveLength(3)
  expect(messages[0]).toEqual({
    type: 'text',
    text: `本文\n\n■ 町からのお知らせ\n図書館から。\n\n${FOOTER}`,
  })
  expect(messages[1]).toMatchObject({
    type: 'flex',
    altText: '『どうぶつのあさ』、町からのお知らせ / 申し込みのページ / 地図、みなと子育てひろば',
    contents: { type: 'carousel' },
  })
  expect(bubblesOf(messages.slice(0, -1))).toHaveLength(3)
})

test('one card is a bubble of its own, with cover, words and link', () => {
  const messages = renderLine(composed([manuscript()], [addOn({ title: '', blocks: [BOOK] })]))
  const [bubble] = bubblesOf(messages)
  expect(messages[1]).toMatchObject({ type: 'flex', altText: '『どうぶつのあさ』' })
  expect(bubble?.hero).toMatchObject({ url: 'https://example.jp/cover.png', aspectMode: 'fit' })
  expect(textsOf(bubble?.body)).toEqual([
    '絵本の紹介',
    'どうぶつのあさ',
    '見本はなこ / みほん出版',
    '動物たちが「おはよう」を言う絵本です。',
    'くわしく見る',
  ])
})

test('empty fields leave no empty text behind, which LINE would refuse', () => {
  const book = { ...BOOK, author: '', publisher: ' ', description: '\n', url: null } as typeof BOOK
  const group = { ...GROUP, place: '', schedule: '', contact: '', description: '' } as typeof GROUP
  const messages = renderLine(composed([manuscript()], [addOn({ blocks: [book, group] })]))
  expect(bubblesOf(messages.slice(0, -1)).map(({ body }) => textsOf(body))).toEqual([
    ['町からのお知らせ', 'どうぶつのあさ'],
    ['町からのお知らせ', 'みなと子育てひろば'],
  ])
})

test('cards alone are announced by their heading', () => {
  const [first] = renderLine(composed([], [addOn({ title: '今月の絵本', blocks: [BOOK] })]))
  expect(first).toEqual({ type: 'text', text: `■ 今月の絵本\n\n${FOOTER}` })
})

test('a text over the limit is cut at a paragraph', () => {
  const body = `${'あ'.repeat(2400)}\n\n${'い'.repeat(2590)}`
  const [first, second, ...others] = renderLine(composed([manuscript({ body })]))
  expect([first, second]).toMatchObject([{ text: body }, { text: FOOTER }])
  expect(others).toEqual([ROW])
})

test('more than twelve cards go on two carousels', () => {
  const addOns = [1, 2].map((order) => addOn({ order, blocks: Array(7).fill(GROUP) }))
  const messages = renderLine(composed([manuscript()], addOns))
  expect(messages.map(sizeOf)).toEqual([0, 12, 2, 1])
})

test('add-ons that do not fit are left out from the end and named', () => {
  const full = { blockType: 'text' as const, text: 'あ'.repeat(4800) }
  const addOns = [1, 2, 3, 4, 5, 6].map((order) =>
    addOn({ order, title: `お知らせ${order}`, blocks: [full] }),
  )
  const composition = composed([manuscript({ body: '本文' })], addOns)
  expect(renderLine(composition)).toHaveLength(5)
  expect(leftOutOfLine(composition).map(({ title }) => title)).toEqual(['お知らせ5', 'お知らせ6'])
})

test('common texts that do not fit are an error', () => {
  const bodies = Array.from({ length: 5 }, () => manuscript({ body: 'あ'.repeat(5000) }))
  expect(() => renderLine(composed(bodies))).toThrow('収まりません')
})

const delivery = fc.record({
  manuscripts: fc.array(manuscriptContent, { minLength: 1, maxLength: 2 }),
  addOns: fc.array(addOnContent, { maxLength: 5 }),
  isPlural: fc.boolean(),
})

test('no rendered message breaks a limit of LINE, and the last one is always the quiet row', () => {
  fc.assert(
    fc.property(delivery, ({ manuscripts, addOns, isPlural }) => {
      const messages = renderLine(composed(manuscripts, addOns, { isPlural }))
      expect(messages.length).toBeGreaterThanOrEqual(2)
      expect(messages.length).toBeLessThanOrEqual(limits.LINE_MAX_MESSAGES)
      messages.forEach(expectWithinLimits)
      const row = quietRow(SAMPLE_PLACES, manuscripts[0]?.edition)
      expect(messages.at(-1)).toEqual(row)
      const same = messages.filter((one) => JSON.stringify(one) === JSON.stringify(row))
      expect(same).toHaveLength(1)
    }),
    { numRuns: 60 },
  )
})

test('every word of every add-on is somewhere in the messages', () => {
  fc.assert(
    fc.property(delivery, ({ manuscripts, addOns }) => {
      const composition = composed(manuscripts, addOns)
      fc.pre(leftOutOfLine(composition).length === 0)
      const seen = shown(renderLine(composition))
      for (const words of composition.addOns.flatMap(wordsOf)) {
        expect(seen).toContain(words.replace(/\s/g, ''))
      }
    }),
    { numRuns: 60 },
  )
})

function expectWithinLimits(message: LineMessage): void {
  if (message.type === 'text') {
    expect(message.text.trim()).not.toBe('')
    expect(message.text.length).toBeLessThanOrEqual(limits.LINE_MAX_TEXT)
    return
  }
  expect(message.altText.trim()).not.toBe('')
  expect(message.altText.length).toBeLessThanOrEqual(limits.LINE_MAX_ALT_TEXT)
  expect(sizeOf(message)).toBeLessThanOrEqual(limits.LINE_MAX_BUBBLES)
  expect(limits.jsonBytes(message.contents)).toBeLessThanOrEqual(limits.LINE_MAX_CAROUSEL_BYTES)
  for (const bubble of bubblesOf([message])) {
    expect(limits.jsonBytes(bubble)).toBeLessThanOrEqual(limits.LINE_MAX_BUBBLE_BYTES)
    for (const text of textsOf(bubble.body)) expect(text.trim()).not.toBe('')
    for (const uri of urisOf(bubble.body)) expect(uri).toMatch(/^https:\/\/[!-~]{1,992}$/)
  }
}

function bubblesOf(messages: readonly LineMessage[]): FlexBubble[] {
  return messages.flatMap((message) => {
    if (message.type === 'text') return []
    return message.contents.type === 'bubble' ? [message.contents] : message.contents.contents
  })
}

function sizeOf(message: LineMessage): number {
  return bubblesOf([message]).length
}

function textsOf(part: FlexBox | FlexText | undefined): string[] {
  if (!part) return []
  return part.type === 'text' ? [part.text] : part.contents.flatMap(textsOf)
}

function urisOf(part: FlexBox | FlexText): string[] {
  if (part.type === 'text') return []
  const own = part.action?.type === 'uri' ? [part.action.uri] : []
  return [...own, ...part.contents.flatMap(urisOf)]
}

function shown(messages: readonly LineMessage[]): string {
  const texts = messages.flatMap((message) => (message.type === 'text' ? [message.text] : []))
  const cards = bubblesOf(messages).flatMap(({ body, hero }) => [
    ...textsOf(body),
    ...urisOf(body),
    hero?.url ?? '',
  ])
  return [...texts, ...cards].join('\n').replace(/\s/g, '')
}
