import { expect, test } from '@jest/globals'

import { fitIntoLine } from '../../../src/release/line'
import { CHANGE_DATA, quietRow } from '../../../src/release/quietRow'
import * as limits from '../../../src/release/lineMessageLimits'
import { payloadHash } from '../../../src/release/payload'
import { checkPlain } from '../../../src/plain/checkPlain'
import { ownWords } from '../../../src/release/ownWords'
import { easy } from '../../../worker/web/words/easy'
import { standard } from '../../../worker/web/words/standard'
import { composed, manuscript } from './sampleContent'

const contactUrl = 'https://kizuna.example/r/131016/contact'
const changeUrl = 'https://kizuna.example/r/131016/change'

test('how to change and stop is asked for in the talk, whom to ask is a page', () => {
  expect(actions(null)).toEqual([
    { type: 'postback', label: '変更・停止', data: CHANGE_DATA, displayText: '変更・停止' },
    { type: 'uri', label: '相談先', uri: contactUrl },
  ])
})

test('where another service answers in the talk, both are pages', () => {
  expect(actions(changeUrl)).toEqual([
    { type: 'uri', label: '変更・停止', uri: changeUrl },
    { type: 'uri', label: '相談先', uri: contactUrl },
  ])
})

test('readers of the plain edition read it in plain words; others in the standard ones', () => {
  expect(labels('easy')).toEqual(['変(か)える・止(と)める', '相談(そうだん)する ところ'])
  for (const edition of ['standard', 'english', 'toString']) {
    expect(labels(edition)).toEqual(['変更・停止', '相談先'])
  }
  // the pages behind it and the talk call it the same
  expect(labels('easy')[1]).toBe(easy.quietRow.contact)
  expect(labels('easy')[1]).toBe(easy.talk.buttons.contact)
  expect(ownWords('easy').voice).toBe(easy.voice.title)
  expect(ownWords().voice).toBe(standard.voice.title)
})

test.each(['standard', 'easy'])('the words of %s pass the advisor and fit', async (edition) => {
  const row = quietRow({ contactUrl, changeUrl: null }, edition)
  expect(limits.jsonBytes(row.contents)).toBeLessThan(2000)
  expect(row.altText.length).toBeLessThanOrEqual(limits.LINE_MAX_ALT_TEXT)
  for (const label of labels(edition)) {
    expect(label.length).toBeLessThanOrEqual(limits.LINE_MAX_LABEL)
    if (edition === 'easy') expect(await checkPlain(label)).toEqual([])
  }
})

test('it shows nothing of a reader or a child on a lock screen, and is a small message', () => {
  const row = quietRow({ contactUrl, changeUrl: null })
  expect(row.altText).toBe('変更・停止 / 相談先')
  expect(limits.jsonBytes(row.contents)).toBeLessThan(2000)
  for (const { label } of actions(null)) {
    expect(label.length).toBeLessThanOrEqual(limits.LINE_MAX_LABEL)
  }
  expect(CHANGE_DATA.length).toBeLessThanOrEqual(limits.LINE_MAX_POSTBACK)
})

test('a text to other places is another payload', () => {
  const composition = composed([manuscript()])
  const hashes = [changeUrl, null].map((url) =>
    payloadHash(fitIntoLine(composition, { places: { contactUrl, changeUrl: url } }).messages),
  )
  expect(new Set(hashes).size).toBe(2)
})

const labels = (edition: string) => actions(null, edition).map(({ label }) => label)

function actions(change: string | null, edition?: string) {
  const { contents } = quietRow({ contactUrl, changeUrl: change }, edition)
  if (contents.type !== 'bubble') throw new Error('a bubble is expected')
  return contents.body.contents.map((part) => {
    if (part.type !== 'box' || !part.action) throw new Error('a button is expected')
    return part.action
  })
}
