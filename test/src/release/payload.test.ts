import { expect, test } from '@jest/globals'

import { renderLine } from '../../../src/release/line'
import { renderMail } from '../../../src/release/mail'
import { payloadHash } from '../../../src/release/payload'
import { composed, manuscript } from './sampleContent'

const body = 'が\r\n{{電話}}'

test('contents with one hash make one payload', () => {
  const one = composed([manuscript({ body })])
  const other = composed([manuscript({ body: body.normalize('NFD').replace('\r', '') })])
  expect(payloadHash(renderLine(other))).toBe(payloadHash(renderLine(one)))
  expect(payloadHash(renderMail(other))).toBe(payloadHash(renderMail(one)))
})

test('another word makes another payload', () => {
  const one = composed([manuscript()])
  const other = composed([manuscript()], [], { isPlural: true })
  expect(payloadHash(renderLine(other))).not.toBe(payloadHash(renderLine(one)))
  expect(payloadHash(renderMail(other))).not.toBe(payloadHash(renderMail(one)))
})

test('kanji of names that Unicode would replace make another payload', () => {
  const one = composed([manuscript({ body: '神田さん' })])
  const other = composed([manuscript({ body: '\ufa19田さん' })])
  expect(payloadHash(renderLine(other))).not.toBe(payloadHash(renderLine(one)))
})
