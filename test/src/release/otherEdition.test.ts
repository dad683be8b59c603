// A text without a version in the edition a reader chose comes in another, and says why.
import { describe, expect, test } from '@jest/globals'

import { compose, type Said } from '../../../src/release/compose'
import { renderLine } from '../../../src/release/line'
import { renderMail } from '../../../src/release/mail'
import { ownWords } from '../../../src/release/ownWords'
import { previewFor } from '../../../src/release/preview'
import { sentWords } from '../../../src/release/sentWords'
import { addOn, CONTACT, manuscript } from './sampleContent'

const WHY = ownWords('easy').otherEdition
const TOWN = { name: 'みなと町', senderName: 'みなと町 子育て便り', contact: CONTACT }
const STANDARD = manuscript({ body: 'ふつうの文です。\n\n二つめ。' })
const EASY = manuscript({ edition: 'easy', kind: 'milestone', body: 'やさしい 文(ぶん)です。' })

const said = (changed: Partial<Said> = {}) =>
  compose({
    manuscripts: [STANDARD],
    addOns: [],
    isPlural: false,
    edition: 'easy',
    ...TOWN,
    ...changed,
  })

describe('a reader of easy words', () => {
  test('is told once, right above the first text that is not in them', () => {
    const welcome = ownWords('easy').welcome
    const texts = [STANDARD.body, EASY.body]
    expect(said({ manuscripts: [STANDARD, EASY], welcome }).texts).toEqual([welcome, WHY, ...texts])
    const other = manuscript({ kind: 'milestone', body: '三つめ。' })
    expect(said({ manuscripts: [EASY, STANDARD, other] }).texts).toEqual([
      EASY.body,
      WHY,
      STANDARD.body,
      other.body,
    ])
  })

  test('reads it on both channels, before the text', () => {
    const composition = said()
    const { text, html } = renderMail(composition)
    expect(text.indexOf(WHY)).toBe(0)
    expect(html.replace(/<\/?span[^>]*>/g, '')).toContain(WHY)
    expect(renderLine(composition)[0]).toMatchObject({
      text: expect.stringMatching(/^下\(した\)の .*\n\nふつうの文です。/),
    })
  })

  test('whose texts are discreet reads it under the neutral opening, never on a lock screen', () => {
    const composition = said({ isDiscreet: true })
    const { subject, text } = renderMail(composition)
    expect(subject).toBe('みなと町からのお知らせ')
    expect(text.indexOf(ownWords('easy').opening('みなと町'))).toBe(0)
    expect(text.indexOf(WHY)).toBeGreaterThan(0)
    const [first] = renderLine(composition)
    expect(first).toMatchObject({ type: 'flex', altText: 'みなと町からのお知らせ' })
    expect(JSON.stringify(first)).toContain(WHY)
  })

  test('finds the text by its own first line afterwards, not by why it is in other words', () => {
    for (const isDiscreet of [false, true]) {
      const messages = renderLine(said({ isDiscreet, welcome: ownWords('easy').welcome }))
      const { title } = sentWords({ channel: 'line', messages })
      expect(title).toBe('ふつうの文です。')
    }
  })
})

test.each<[string, Partial<Said>]>([
  ['a text in the edition that was chosen', { manuscripts: [EASY] }],
  ['the standard edition', { edition: 'standard', manuscripts: [EASY] }],
  ['an edition without words of its own', { edition: 'english' }],
  [
    'a municipality’s own text alone',
    { manuscripts: [], addOns: [{ content: addOn(), variables: {} }] },
  ],
])('%s needs no word of it', (_, changed) => {
  expect(said(changed).texts.join()).not.toContain('日本語')
})

test('the preview shows it, and counts it', () => {
  const [own, other] = ['standard', 'easy'].map((edition) =>
    previewFor({ manuscripts: [STANDARD], addOns: [], edition }),
  )
  expect(other!.mail?.text).toContain(WHY)
  expect(other!.lineUnits).toBeGreaterThan(own!.lineUnits + WHY.length)
})
