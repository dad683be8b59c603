// Rule 12: a text on a lock screen is read by others.
import { describe, expect, test } from '@jest/globals'
import fc from 'fast-check'

import { compose } from '../../../src/release/compose'
import { ComposeError } from '../../../src/release/composeError'
import { fitIntoLine, renderLine } from '../../../src/release/line'
import type { FlexBox, FlexText, LineMessage } from '../../../src/release/lineMessage'
import { jsonBytes, LINE_MAX_BUBBLE_BYTES } from '../../../src/release/lineMessageLimits'
import { renderMail } from '../../../src/release/mail'
import { neutralWords } from '../../../src/release/neutralWords'
import { SAMPLE_PLACES } from '../../../src/release/quietRow'
import { checkMessages } from '../../../worker/sandbox/lineCheck'
import { addOnContent, manuscriptContent } from './arbitrary'
import { addOn, BOOK, CONTACT, manuscript } from './sampleContent'

const TOWN = { name: 'みなと町', senderName: 'みなと町 子育て便り', contact: CONTACT }
const HEADLINE = 'みなと町からのお知らせ'
const SAYS_WHAT = /妊娠|赤ちゃん|子育て|お子さん|週|絵本/

function both(manuscripts = [manuscript()], addOns = [addOn({ blocks: [BOOK] })]) {
  const said = { manuscripts, addOns: addOns.map((content) => ({ content, variables: {} })) }
  const of = (isDiscreet: boolean) => compose({ ...said, ...TOWN, isPlural: false, isDiscreet })
  return { shown: of(false), discreet: of(true) }
}

/** The same text without the service's name, which says what it is for. */
const signedByTown = (text: string) => text.replace(TOWN.senderName, TOWN.name)

/** What a notification says of a message. */
const noticeOf = (message: LineMessage) =>
  message.type === 'text' ? message.text : message.altText

describe('in LINE', () => {
  test('no message says anything but whose it is before it is opened', () => {
    const { shown, discreet } = both()
    expect(renderLine(discreet).map(noticeOf)).toEqual([HEADLINE, HEADLINE, HEADLINE])
    expect(renderLine(shown).map(noticeOf).join()).toMatch(SAYS_WHAT)
  })

  test('all words are there once it is opened, and the cards are as they were', () => {
    const { shown, discreet } = both()
    const [text, ...cards] = renderLine(shown)
    const [opened, ...same] = renderLine(discreet)
    expect(textsOf(opened!).join('\n').replace(/\s/g, '')).toBe(
      signedByTown(noticeOf(text!)).replace(/\s/g, ''),
    )
    const contentsOf = (one: LineMessage) => (one.type === 'flex' ? one.contents : one.text)
    expect(same.map(contentsOf)).toEqual(cards.map(contentsOf))
  })

  test('addresses and the telephone can be pressed, which LINE finds by itself in a text', () => {
    const body = 'くわしくは https://example.jp/a を見てください。\n\nおだいじに。'
    const [opened] = renderLine(both([manuscript({ body })], []).discreet)
    expect(linksOf(opened!)).toEqual([
      ['くわしくは https://example.jp/a を見てください。', 'https://example.jp/a'],
      ['電話 000-000-0000 (平日 8:30〜17:15)', 'tel:0000000000'],
      ['https://example.jp/kosodate', 'https://example.jp/kosodate'],
    ])
  })

  test('a text of nothing but links is sent whole, too', () => {
    const body = Array.from({ length: 110 }, (_, at) => `https://example.jp/pages/${at}`).join('\n')
    const [opened] = renderLine(both([manuscript({ body })], []).discreet)
    expect(jsonBytes(opened)).toBeLessThanOrEqual(LINE_MAX_BUBBLE_BYTES)
    expect(textsOf(opened!).join('\n')).toContain('https://example.jp/pages/109')
  })

  test('whatever is written: no message more, nothing left out more, all that LINE takes', () => {
    fc.assert(
      fc.property(
        fc.array(manuscriptContent, { minLength: 1, maxLength: 2 }),
        fc.array(addOnContent, { maxLength: 4 }),
        (manuscripts, addOns) => {
          const { shown, discreet } = both(manuscripts, addOns)
          const plain = fitted(shown)
          const hidden = fitted(discreet)
          // Its row is shorter, so that at the limit it may take one message less.
          const lengths = [hidden, plain].map((one) => one?.messages.length ?? Infinity)
          expect(lengths).toEqual(lengths.toSorted((a, b) => a - b))
          expect(plain?.leftOut ?? hidden?.leftOut).toEqual(
            expect.arrayContaining([...(hidden?.leftOut ?? [])]),
          )
          for (const notice of hidden?.messages.map(noticeOf) ?? []) expect(notice).toBe(HEADLINE)
          if (hidden) expect(checkMessages(hidden.messages)).toEqual([])
        },
      ),
    )
  })
})

describe('by mail', () => {
  test('sender, subject and what a list shows of the text say nothing', () => {
    const mail = renderMail(both().discreet)
    expect(mail).toMatchObject({ subject: HEADLINE, fromName: 'みなと町' })
    expect(mail.text.slice(0, 100)).not.toMatch(SAYS_WHAT)
    const seen = mail.html.replace(/<title>|<[^>]+>/g, ' ').replace(/\s+/g, ' ')
    expect(seen.slice(0, 180)).not.toMatch(SAYS_WHAT)
    expect(mail.html).toContain(`<title>${HEADLINE}</title>`)
  })

  test('the text itself is the same, below', () => {
    const { shown, discreet } = both()
    const { opening } = neutralWords('みなと町')
    expect(renderMail(discreet).text).toBe(`${opening}\n\n${signedByTown(renderMail(shown).text)}`)
    expect(renderMail(shown)).not.toHaveProperty('fromName')
  })
})

function fitted(composition: ReturnType<typeof compose>) {
  try {
    return fitIntoLine(composition, { places: SAMPLE_PLACES })
  } catch (error) {
    if (error instanceof ComposeError) return null
    throw error
  }
}

function partsOf(message: LineMessage): (FlexBox | FlexText)[] {
  if (message.type === 'text' || message.contents.type === 'carousel') return []
  return message.contents.body.contents
}

function textsOf(message: LineMessage): string[] {
  const within = (part: FlexBox | FlexText): string[] =>
    part.type === 'text' ? [part.text] : part.contents.flatMap(within)
  return partsOf(message).flatMap(within)
}

function linksOf(message: LineMessage): (string | undefined)[][] {
  return partsOf(message).flatMap((part) => {
    if (part.type === 'text' || part.action?.type !== 'uri') return []
    const [text] = part.contents
    return [[text?.type === 'text' ? text.text : '', part.action.uri]]
  })
}
