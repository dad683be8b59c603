import type { Choice } from './choices'

/** What a text is about that a reader may not want; `always` is for everybody. */
export type Theme = 'always' | DeclinableTheme

/** A theme that readers may decline: seasons and what is nice to have, never health or safety. */
export type DeclinableTheme = (typeof DECLINABLE_THEMES)[number]

/** The themes that may be declined, in the order they are asked. */
export const DECLINABLE_THEMES = [
  'newYear',
  'mothersDay',
  'childrensDay',
  'fathersDay',
  'respectDay',
  'christmas',
  'books',
  'events',
  'surveys',
] as const

/** Themes as writers know them; what the writer does not say is for everybody. */
export const THEMES: Choice[] = [
  { value: 'always', label: 'なし(どの読者にも届ける)' },
  ...(
    [
      ['newYear', 'お正月'],
      ['mothersDay', '母の日'],
      ['childrensDay', 'こどもの日・ひなまつり'],
      ['fathersDay', '父の日'],
      ['respectDay', '敬老の日'],
      ['christmas', 'クリスマス'],
      ['books', '絵本'],
      ['events', '地域の行事'],
      ['surveys', 'アンケート'],
    ] as const satisfies [DeclinableTheme, string][]
  ).map(([value, label]) => ({ value, label })),
]

/** Those of some words that are themes to decline, each once, in one order. *Pure.* */
export function declinableAmong(words: readonly string[]): DeclinableTheme[] {
  return DECLINABLE_THEMES.filter((theme) => words.includes(theme))
}
