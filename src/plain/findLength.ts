import type { Finder } from './finder'

/** Most words in a sentence of plain Japanese. */
export const MAX_WORDS = 24

/** Sentences with too many words; signs do not count. *Pure.* */
export const findLong: Finder = ({ sentences }) =>
  sentences.flatMap(({ start, end, words }) => {
    const count = words.filter(({ pos }) => pos !== '記号').length
    if (count <= MAX_WORDS) return []
    return [
      {
        start,
        end,
        why: `この文は ${count} 語あります(目安は ${MAX_WORDS} 語までです)。`,
        advice: '1 つの文に 1 つのことだけを書くように、文を分けてください。',
      },
    ]
  })
