import { asWritten } from './furigana'
import { isInVariable, type Finder, type Found, type Reading } from './finder'
import { DIFFICULT_WORDS, POLITE_WORDS, type Easier } from './wordList'
import type { Word } from './word'

/** Difficult words of our list, each at its first place. *Pure.* */
export const findDifficult: Finder = (reading) =>
  findListed(reading, DIFFICULT_WORDS, ({ word, easier }) => ({
    why: `「${word}」は難しい言葉です。`,
    advice: `「${easier}」のように言い換えてください。`,
  }))

/** Honorific and humble words, each at its first place. *Pure.* */
export const findPolite: Finder = (reading) => [
  ...findListed(reading, POLITE_WORDS, ({ word, easier }) => ({
    why: `「${word}」は敬語です。日本語を学んでいる人には難しい言葉です。`,
    advice: `「${easier}」のように、です・ますの形で書いてください。`,
  })),
  ...findPoliteForms(reading),
]

function findListed(
  reading: Reading,
  list: readonly Easier[],
  say: (entry: Easier) => Pick<Found, 'why' | 'advice'>,
): Found[] {
  const ends = new Set(reading.words.map(({ end }) => end))
  return list.flatMap((entry) => {
    const place = placeOf(reading, entry.word, ends)
    return place ? [{ ...place, ...say(entry) }] : []
  })
}

interface Place {
  start: number
  end: number
}

/** The first place where the word stands whole, in any of its forms. */
function placeOf(reading: Reading, word: string, ends: ReadonlySet<number>): Place | null {
  for (const first of reading.words) {
    const { start, end } = first
    const isWhole = reading.text.startsWith(word, start) && ends.has(start + word.length)
    if ((first.basic !== word && !isWhole) || isInVariable(reading, first)) continue
    return { start, end: first.basic === word ? end : start + word.length }
  }
  return null
}

/** ご持参ください, お越しになる, ご案内いたします. */
function findPoliteForms(reading: Reading): Found[] {
  const { words } = reading
  return words.flatMap((word, index) => {
    const [root, verb, after] = words.slice(index + 1)
    if (!root || !verb || !isPolitePrefix(word) || !isAction(root)) return []
    const form = verb.surface === 'に' ? after?.basic : verb.basic
    if (!form || !POLITE_VERBS.has(form)) return []
    const place = { start: word.start, end: verb.end }
    return [
      {
        ...place,
        why: `「${asWritten(reading, place)}」は敬語の形です。`,
        advice: '「〜してください」「〜します」のように、短い形で書いてください。',
      },
    ]
  })
}

const POLITE_VERBS = new Set([
  'くださる',
  '下さる',
  'ください',
  'なる',
  'いたす',
  '致す',
  'いただく',
])

function isPolitePrefix({ pos, surface }: Word): boolean {
  return pos === '接頭詞' && /^[おご御]$/.test(surface)
}

function isAction({ pos, detail }: Word): boolean {
  return (pos === '名詞' && detail === 'サ変接続') || pos === '動詞'
}

/** Passive, potential and honorific 〜れる・〜られる, which look alike. *Pure.* */
export const findPassive: Finder = (reading) =>
  reading.words.flatMap((word, index) => {
    const verb = reading.words[index - 1]
    if (word.pos !== '動詞' || word.detail !== '接尾' || !verb) return []
    if (word.basic !== 'れる' && word.basic !== 'られる') return []
    return [
      {
        start: verb.start,
        end: word.end,
        why: `「${asWritten(reading, { start: verb.start, end: word.end })}」は、受け身・可能・敬語のどれかが分かりにくい形です。`,
        advice: '「だれが 〜する」「〜することができる」のように書いてください。',
      },
    ]
  })
