// The advice on plain Japanese, with the real dictionary.
import { expect, test } from '@jest/globals'
import fc from 'fast-check'

import { checkPlain } from '../../../src/plain/checkPlain'
import { insertReadings } from '../../../src/plain/insertReadings'
import { easy } from '../sample/sampleFiles'

async function found(text: string, rule: string): Promise<string[]> {
  const findings = await checkPlain(text)
  return findings.filter((one) => one.rule === rule).map(({ start, end }) => text.slice(start, end))
}

test.each([
  ['医者に聞く', ['医者', '聞く']],
  ['医者(いしゃ)に聞(き)く', []],
  ['医者（いしゃ）に聞（き）く。医者と聞きます', []],
  ['母子健康手帳(ぼしけんこうてちょう)', []],
  ['母子(ぼし)健康(けんこう)手帳(てちょう)', []],
  ['母子健康手帳', ['母子健康手帳']],
  ['1歳6か月児健診(けんしん)', ['歳', 'か月', '児']],
  ['ひらがなと カタカナと 123', []],
  ['{{赤ちゃん}}と{{担当課}}', []],
])('kanji without a reading: %s', async (text, expected) => {
  expect(await found(text, 'unread-kanji')).toEqual(expected)
})

test.each([
  ['食べる', '食(た)べる'],
  ['病院です', '病院(びょういん)です'],
  ['引き出し', '引き出し(ひきだし)'],
  ['か月', 'か月(げつ)'],
  ['乳幼児健診', '乳幼児健診(にゅうようじけんしん)'],
])('the reading is proposed where it belongs: %s', async (text, expected) => {
  const [finding] = (await checkPlain(text)).filter(({ rule }) => rule === 'unread-kanji')
  const insert = finding!.insert!
  expect(text.slice(0, insert.at) + insert.text + text.slice(insert.at)).toBe(expected)
})

test.each([
  ['👶🏻の健診は無料です。', '👶🏻の健診(けんしん)は無料(むりょう)です。'],
  ['🇯🇵日本と👍🏽手帳', '🇯🇵日本(にっぽん)と👍🏽手帳(てちょう)'],
  ['👩🏽‍🍼離乳食。👨‍👩‍👧病院', '👩🏽‍🍼離乳食(りにゅうしょく)。👨‍👩‍👧病院(びょういん)'],
  ['葛󠄀城市の手', '葛󠄀城市(じょうし)の手(て)'],
])('readings stand behind their words, whatever signs come before: %s', async (text, read) => {
  expect(insertReadings(text, await checkPlain(text))).toBe(read)
})

test('no place is inside a sign, and the words behind an emoji are seen', async () => {
  const sign = fc.constantFrom(
    '👶🏻',
    '🇯🇵',
    '👩🏽‍🍼',
    '👨‍👩‍👧',
    '葛󠄀',
    '𠮷',
    'か゛',
    '☂️',
    '\uD83D',
    '病院',
    'の',
  )
  await fc.assert(
    fc.asyncProperty(fc.array(sign, { maxLength: 12 }), async (signs) => {
      const text = signs.join('')
      const starts = Array.from(new Intl.Segmenter('ja').segment(text), ({ index }) => index)
      const findings = await checkPlain(text)
      const places = findings.flatMap(({ start, end, insert }) => [start, end, insert?.at ?? end])
      expect([...starts, text.length]).toEqual(expect.arrayContaining(places))
      expect(findings.some(({ insert }) => insert)).toBe(text.includes('病院'))
    }),
    { numRuns: 200 },
  )
})

test('all proposed readings, put in from the back, leave nothing to propose', async () => {
  const text =
    '妊娠中は、お酒を飲まないでください。👶{{赤ちゃん}}の体を見ます。\n病院で薬をもらいます。'
  const inserts = (await checkPlain(text)).flatMap(({ insert }) => insert ?? [])
  const read = inserts
    .toSorted((a, b) => b.at - a.at)
    .reduce((sum, { at, text: kana }) => sum.slice(0, at) + kana + sum.slice(at), text)
  expect(await found(read, 'unread-kanji')).toEqual([])
})

test.each([
  ['passive', 'お医者さんに言われました。', ['言われ']],
  ['passive', '薬がもらえます。生まれました。', []],
  ['polite-word', 'お茶をいただく。', ['いただく']],
  ['polite-word', '手帳をご持参ください。', ['ご持参ください']],
  ['polite-word', '手帳を持ってきてください。ありがとうございます。', []],
  ['difficult-word', '水を摂取します。摂取は大切です。', ['摂取']],
  ['double-negative', '食べないことはない。', ['な']],
  ['many-commas', '起きて、顔を洗って、着がえて、食べる。', ['、']],
  ['many-commas', '起きて、顔を洗って、食べる。', []],
])('%s: %s', async (rule, text, expected) => {
  expect(await found(text, rule)).toEqual(expected)
})

test('a sentence of 24 words is short enough, one of 25 is not, readings not counted', async () => {
  const words = (count: number) => `${'手(て)と、'.repeat(count / 2)}${count % 2 ? '手(て)' : ''}。`
  expect(await found(words(24), 'long-sentence')).toEqual([])
  expect(await found(words(25), 'long-sentence')).toEqual([words(25)])
})

test('each finding says where, in which sentence, why and what to do', async () => {
  const text = 'げんきです。\nお医者さんに言われました。'
  const [finding] = (await checkPlain(text)).filter(({ rule }) => rule === 'passive')
  expect(finding).toEqual({
    rule: 'passive',
    start: 13,
    end: 16,
    sentence: 'お医者さんに言われました。',
    why: '「言われ」は、受け身・可能・敬語のどれかが分かりにくい形です。',
    advice: '「だれが 〜する」「〜することができる」のように書いてください。',
  })
})

test('an empty text, one of signs alone and one of 5,000 letters are fine', async () => {
  expect(await checkPlain('')).toEqual([])
  expect(await checkPlain(' \n')).toEqual([])
  expect(await checkPlain('…※・\n\n')).toEqual([])
  expect((await checkPlain('医者に聞く。\n'.repeat(714))).length).toBe(2)
})

test('control: the sample’s easy texts are read throughout', async () => {
  expect(easy.length).toBeGreaterThan(10)
  for (const { body = '' } of easy) expect(await found(body, 'unread-kanji')).toEqual([])
})
