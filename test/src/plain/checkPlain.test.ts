// The advice on plain Japanese, with the real dictionary.
import { expect, test } from '@jest/globals'
import fc from 'fast-check'

import { checkPlain } from '../../../src/plain/checkPlain'
import { insertReadings } from '../../../src/plain/insertReadings'
import { boundariesOf, oddText } from '../release/oddText'
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
  ['葛󠄀城市の手', '葛󠄀城市(かつらぎし)の手(て)'],
  ['1️⃣妊婦と☂️医\u200b者', '1️⃣妊婦(にんぷ)と☂️医\u200b者(いしゃ)'],
  ['👶𠮷\n病院', '👶𠮷\n病院(びょういん)'],
  ['か\u3099んばる妊婦', 'か\u3099んばる妊婦(にんぷ)'],
  ['\uD83D医者\uDE00病院', '\uD83D医者(いしゃ)\uDE00病院(びょういん)'],
])('readings stand behind their words, whatever signs come before: %s', async (text, read) => {
  expect(insertReadings(text, await checkPlain(text))).toBe(read)
})

test('a reading is read whatever its kana are made of', async () => {
  for (const reading of ['(か\u3099っこう)', '(ｶﾞｯｺｳ)', '(ガッコウ)', '（がっこう）']) {
    expect(await found(`学校${reading}`, 'unread-kanji')).toEqual([])
  }
})

const ODD = { numRuns: 150 }

test('no place is inside a sign, and each is where the sentence says', async () => {
  await fc.assert(
    fc.asyncProperty(oddText(14), async (text) => {
      const boundaries = boundariesOf(text)
      for (const { start, end, insert, why, rule } of await checkPlain(text)) {
        expect([start, end, insert?.at ?? end].filter((at) => !boundaries.has(at))).toEqual([])
        expect(start).toBeLessThan(end)
        if (rule !== 'unread-kanji') continue
        const quoted = /^「([\s\S]*)」に読みがありません。$/.exec(why)?.[1] ?? ''
        expect(spoken(text.slice(start, end))).toBe(spoken(quoted))
        if (insert) expect(insert.at).toBeGreaterThan(start)
        if (insert) expect(insert.at).toBeLessThanOrEqual(end)
      }
    }),
    // A selector behind what shows nothing selects nothing, and shows nothing either.
    { ...ODD, examples: [['𩸽\u{e0100}\u200b\ufe0f𩸽\u{e0100}']] },
  )
})

/** Without what shows nothing; readings stand between the words of a compound. */
function spoken(text: string): string {
  return text.replace(
    /[(\uff08](?:[ぁ-ゖァ-ヶ\uff65-\uff9f]|\u3099)+[)\uff09]|[\p{Cf}\p{Default_Ignorable_Code_Point}]/gu,
    '',
  )
}

test('readings put in and taken out again leave the text as it was', async () => {
  await fc.assert(
    fc.asyncProperty(oddText(14), async (text) => {
      const findings = await checkPlain(text)
      const inserts = findings.flatMap(({ insert }) => insert ?? [])
      const read = insertReadings(text, findings)
      let [back, moved] = [read, 0]
      for (const { at, text: kana } of inserts.toSorted((a, b) => a.at - b.at)) {
        expect(read.slice(at + moved, at + moved + kana.length)).toBe(kana)
        back = back.slice(0, at) + back.slice(at + kana.length)
        moved += kana.length
      }
      expect(back).toBe(text)
    }),
    ODD,
  )
})

test('what stands before a text moves its advice and changes none of it', async () => {
  const before = fc.constantFrom('👶🏻', '🇯🇵\n', '👩🏽‍🍼', '\uD83D', '1️⃣', '☂️☂️', '\n\n')
  const words = fc.constantFrom('医者', '日本', '無料です', 'は', '。', '食べる', '今日', '👶🏻')
  const text = fc.array(words, { minLength: 1, maxLength: 8 }).map((parts) => parts.join(''))
  await fc.assert(
    fc.asyncProperty(before, text, async (prefix, plain) => {
      const unread = async (written: string) =>
        (await checkPlain(written)).filter(({ rule }) => rule === 'unread-kanji')
      const moved = (await unread(plain)).map(({ start, end, insert }) => ({
        start: start + prefix.length,
        end: end + prefix.length,
        ...(insert && { insert: { ...insert, at: insert.at + prefix.length } }),
      }))
      expect(await unread(prefix + plain)).toMatchObject(moved)
    }),
    ODD,
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

test.each([
  ['one sentence of kanji', '健診無料母子手帳'.repeat(1250)],
  ['a reading behind each kanji', '歯(は)'.repeat(2500)],
  ['lines of one letter', 'あ\n'.repeat(5000)],
  ['commas', '、'.repeat(10_000)],
  ['emoji', '👶🏻'.repeat(2500)],
])('the longest text does not hold the others up: %s', async (_name, text) => {
  let turns = 0
  await checkPlain(text, () => {
    turns += 1
    return Promise.resolve()
  })
  expect(turns).toBeGreaterThan(4)
})

test('the others get a turn for every few hundred letters', async () => {
  const text = Array.from({ length: 400 }, (_, index) => `${index}人の医者に聞きます。`).join('')
  let turns = 0
  await checkPlain(text, () => {
    turns += 1
    return Promise.resolve()
  })
  expect(turns).toBeGreaterThan(text.length / 150)
})
