// The preview opens at what its writer wrote, and marks it in the text as families get it.
import { describe, expect, test } from '@jest/globals'

import type { OwnPart } from '../../../src/release/ownPart'
import { previewFor, type Preview } from '../../../src/release/preview'
import { addOn, BOOK, manuscript } from './sampleContent'

const text = (words: string) => ({ blockType: 'text' as const, text: words })

/** The words, or names of cards, that are marked in each message. */
function marked({ line }: Preview, own: OwnPart | null): (string | number[] | null)[] {
  return (own?.line ?? []).map((mark, at) => {
    const message = line[at]
    if (!mark) return null
    if (mark.kind === 'cards') return [mark.from, mark.to]
    return message?.type === 'text' ? message.text.slice(mark.from, mark.to) : 'card'
  })
}

const first = addOn({ title: '先の案内', order: 1, blocks: [text('先の文です。')] })
const own = addOn({ title: '私の案内', order: 2, blocks: [text('電話は {{電話}} です。'), BOOK] })
const last = addOn({ title: '後の案内', order: 3, blocks: [BOOK, text('後の文です。')] })

describe('of an add-on among others', () => {
  const preview = previewFor({ manuscripts: [manuscript()], addOns: [last, own, first], own })

  test('its words as families get them are marked in LINE, and nothing else', () => {
    expect(marked(preview, preview.own)).toEqual([
      expect.stringMatching(/^■ 私の案内\n電話は [\d-]+ です。$/),
      [0, 1],
    ])
  })

  test('its part of the mail is found in the mail, once', () => {
    const html = preview.own?.mailHtml ?? ''
    expect(html).toContain('私の案内')
    expect(html).not.toMatch(/先の|後の/)
    expect(preview.mail?.html.split(html)).toHaveLength(2)
  })
})

test('an add-on that is all cards is marked on its cards', () => {
  const cards = addOn({ title: '絵本', order: 2, blocks: [BOOK, BOOK] })
  const preview = previewFor({ manuscripts: [manuscript()], addOns: [cards, last], own: cards })
  expect(marked(preview, preview.own)).toEqual([null, [0, 2]])
})

test('a manuscript is marked before what a municipality adds', () => {
  const mine = manuscript({ body: '私の本文です。' })
  const preview = previewFor({ manuscripts: [manuscript(), mine], addOns: [first], own: mine })
  expect(marked(preview, preview.own)[0]).toBe('私の本文です。')
  expect(preview.mail?.html).toContain(preview.own?.mailHtml)
})

test('a long text is marked in each message it is cut into', () => {
  const body = Array.from({ length: 120 }, (_, at) => `${at}番目の段落です。`.repeat(8)).join(
    '\n\n',
  )
  const mine = manuscript({ body })
  const preview = previewFor({ manuscripts: [mine], addOns: [first], own: mine })
  const parts = marked(preview, preview.own).filter((part) => typeof part === 'string')
  expect(parts.length).toBeGreaterThan(1)
  expect(parts.join('')).toContain('119番目の段落です。')
  expect(parts.join('')).not.toContain('先の文')
})

test('where notifications are discreet the same messages are meant', () => {
  const open = previewFor({ manuscripts: [manuscript()], addOns: [own], own })
  const discreet = previewFor({ manuscripts: [manuscript()], addOns: [own], own, isDiscreet: true })
  expect(discreet.own?.line).toEqual(open.own?.line)
})

test('without a document of one’s own, and where nothing can be composed, nothing is marked', () => {
  expect(previewFor({ manuscripts: [manuscript()], addOns: [first] }).own).toBeNull()
  const broken = addOn({ blocks: [{ ...BOOK, url: 'http://' } as typeof BOOK] })
  expect(previewFor({ manuscripts: [], addOns: [broken], own: broken }).own).toBeNull()
  expect(previewFor({ manuscripts: [manuscript()], addOns: [first], own }).own).toBeNull()
})
