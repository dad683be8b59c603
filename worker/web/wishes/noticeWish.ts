import { neutralWords } from '../../../src/release/neutralWords'

import { radios } from '../field'
import type { WishOf } from './wish'

/** What the form says for each choice; nothing for 「おまかせ」. */
const CHOICES: Readonly<Record<string, boolean>> = { shown: false, discreet: true }

/** Whether the phone's notifications show what a text says. */
export const noticeWish: WishOf = ({ reader, municipality, words }) => {
  const { term, question, hint, choices } = words.wishes.notice
  const { headline } = neutralWords(municipality?.name ?? '')
  const now = choiceOf(reader.wishes?.discreet)
  return {
    term,
    value: choices[now],
    ask: (typed) =>
      radios(
        { name: 'notice', label: question, hint: hint(headline), errors: {}, isHeading: true },
        {
          choices: Object.entries(choices).map(([value, label]) => ({ value, label })),
          value: typed?.notice ?? now,
        },
      ),
    read: ({ notice }) => ({
      discreet: Object.hasOwn(CHOICES, notice) ? CHOICES[notice] : undefined,
    }),
  }
}

function choiceOf(discreet: boolean | undefined): '' | 'shown' | 'discreet' {
  if (discreet === undefined) return ''
  return discreet ? 'discreet' : 'shown'
}
