import { describe, expect, test } from '@jest/globals'

import { checkPlain } from '../../../src/plain/checkPlain'
import {
  letterScales,
  MAX_SENTENCE,
  POSTER_LANGUAGES,
  usualSentences,
} from '../../../src/poster/posterWords'

const CHANNELS = [['line'], ['mail'], ['line', 'mail']]

describe.each(POSTER_LANGUAGES.map(({ value }) => value))('the sentences in %s', (language) => {
  test.each(CHANNELS)('say how the texts come (%s %s), and fit', (...channels) => {
    const [first, ...others] = usualSentences(language, channels)
    expect([first.includes('LINE'), first.includes('メール')]).toEqual([
      channels.includes('line'),
      channels.includes('mail'),
    ])
    for (const sentence of [first, ...others]) {
      expect(sentence.length).toBeLessThanOrEqual(MAX_SENTENCE)
    }
    expect(others.join('')).toMatch(/家族|ご家族/)
  })
})

test('what is in plain Japanese has nothing that the advice for writers finds', async () => {
  for (const channels of CHANNELS) {
    const found = await checkPlain(usualSentences('easy', channels).join('\n'))
    expect(found.map(({ sentence, why }) => [sentence, why])).toEqual([])
  }
})

test('what is longer is set smaller, and half-width letters take half the room', () => {
  const scalesOf = (text: string) =>
    letterScales({ title: text, sentences: [text, '', ''], address: text })
  const sentences = [95, 125, 165, 240].map((length) => scalesOf('あ'.repeat(length)).sentences)
  expect(sentences).toEqual([1, 0.88, 0.76, 0.64])
  expect(scalesOf('a'.repeat(190)).sentences).toBe(1)
  expect(scalesOf('kizuna.example/r/394998?s=c3pt')).toMatchObject({ title: 1, address: 1 })
  expect(scalesOf('あ'.repeat(50))).toMatchObject({ title: 0.5, address: 0.4 })
})
