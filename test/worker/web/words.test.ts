// Every sentence of やさしい日本語 passes the advisor that its writers have: short, common, read aloud.
import { describe, expect, test } from '@jest/globals'

import { checkPlain } from '../../../src/plain/checkPlain'
import { ownWords } from '../../../src/release/ownWords'
import { easy } from '../../../worker/web/words/easy'
import { standard } from '../../../worker/web/words/standard'
import { CATALOGUE, isLanguage, wordsOf } from '../../../worker/web/words/words'

/** What stands for the values of sentences; each as it may come, in the language. */
const VALUES: Readonly<Record<string, readonly unknown[]>> = {
  day: ['2027-03-13'],
  stage: ['妊娠24週3日'],
  hour: ['9:30'],
  'date.noSuchDay': ['2027年4月31日', '4 月は 30 日までです。'],
  'registration.mailFault': [
    'BAD_DOTS',
    'メールアドレスの @ の前の「.」の位置を確かめてください。',
  ],
}
const EXAMPLE = 'ここ'

/** Names of buttons and settings as somebody else's screen shows them. */
const AS_SHOWN =
  /「(登録|登録の内容|やさしい日本語|配信を止める|届け先の変更|My docomo|受信リスト\/拒否リスト設定|迷惑メールフィルター|受信リストに登録|My SoftBank|My Y!mobile|受信許可リスト)」/g

/** Every text of a catalogue under its path, with values in the place of values. */
function textsOf(words: object, path = ''): [string, string][] {
  return Object.entries(words).flatMap(([key, value]: [string, unknown]) => {
    const own = path ? `${path}.${key}` : key
    if (typeof value === 'string') return [[own, value]] as [string, string][]
    if (typeof value === 'boolean') return []
    if (typeof value === 'object' && value !== null) return textsOf(value, own)
    const sentence = value as (...values: unknown[]) => unknown
    const values = VALUES[own] ?? Array.from({ length: sentence.length }, () => EXAMPLE)
    return textsOf({ said: sentence(...values) }, own)
  })
}

const CODES = new Set(['lang', 'date.eras.', 'editions.standard'])

/** All that the product says in it: its pages and talk, and its own words in every text. */
const ALL_EASY = [...textsOf(easy), ...textsOf(ownWords('easy'), 'delivered')]

describe('やさしい日本語', () => {
  test.each(ALL_EASY.filter(([path, text]) => text !== '' && !CODES.has(path)))(
    '%s: %s',
    async (_, text) => {
      const found = await checkPlain(text.replace(AS_SHOWN, '「ボタン」'))
      expect(found.map(({ rule, why }) => `${rule}: ${why}`)).toEqual([])
    },
  )

  test('the advisor is asked at all', async () => {
    const found = await checkPlain('御住所を記入されなければならない。')
    expect(found.map(({ rule }) => rule)).toContain('unread-kanji')
    expect(textsOf(easy).length).toBeGreaterThan(100)
  })

  test.each([
    ['2026-11-23', '2026年(ねん) 11月(がつ) 23日(にち) 月曜日(げつようび)'],
    ['2027-03-13', '2027年(ねん) 3月(がつ) 13日(にち) 土曜日(どようび)'],
  ])('%s is read as %s', (day, read) => {
    expect(easy.day(day)).toBe(read)
  })

  test.each([
    ['妊娠24週3日', '妊娠(にんしん) 24週(しゅう) 3日(にち)'],
    ['生後45日', '生(う)まれてから 45日(にち)'],
    ['1歳6か月', '1歳(さい) 6か月(げつ)'],
  ])('%s is read as %s', (stage, read) => {
    expect(easy.stage(stage)).toBe(read)
  })
})

test('each language has the same words: what one has, the others have', () => {
  const paths = (words: object) => textsOf(words).map(([path]) => path.replace(/\.\d+$/, ''))
  const named = (words: object) =>
    new Set(paths(words).filter((path) => !path.startsWith('editions')))
  for (const words of Object.values(CATALOGUE)) expect(named(words)).toEqual(named(standard))
})

test('the first code that names a language decides; others do not', () => {
  expect(wordsOf('', undefined, 'english', 'easy')).toBe(easy)
  expect(wordsOf('constructor')).toBe(standard)
  expect(isLanguage('toString')).toBe(false)
})
