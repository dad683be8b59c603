import { expect, test } from '@jest/globals'

import { handOverSentences } from '../../../src/reach/handOver'

const withdrawnAt = new Date('2026-11-27T12:00:00Z')
const after = (seconds: number) => new Date(withdrawnAt.getTime() + seconds * 1000)
const say = (look: { at: Date | null; hasIt: boolean }, now: Date) =>
  handOverSentences([{ name: '配信(本番)', ...look }], { withdrawnAt, now })[0]

test('a program that looked since has it', () => {
  expect(say({ at: after(8), hasIt: true }, after(10))).toMatch(/^✓ 「配信\(本番\)」に伝わりました/)
})

test('one that has not looked yet is waited for, then somebody has to be told', () => {
  expect(say({ at: after(-2), hasIt: false }, after(5))).toMatch(/待っています.*30 秒以内/)
  const late = say({ at: after(-600), hasIt: false }, after(90))
  expect(late).toMatch(/まだ伝わっていません.*最後に確かめに来たのは.*20:50/)
  expect(late).toMatch(/止まっているか.*運用の担当者に電話/)
  expect(say({ at: null, hasIt: false }, after(90))).toMatch(/まだ一度も確かめに来ていません/)
})

test('no program at all is said', () => {
  expect(handOverSentences([], { withdrawnAt, now: after(1) })[0]).toMatch(/どこにも伝わりません/)
})
