import { isDiscreet } from '../../../src/plan/wishes'
import { neutralWords } from '../../../src/release/neutralWords'

import { radios } from '../field'
import type { Visit } from '../myPageVisit'
import type { WishOf } from './wish'

/** What the form says for each choice; nothing for 「おまかせ」. */
const CHOICES: Readonly<Record<string, boolean>> = { shown: false, discreet: true }

/** Whether the phone's notifications show what a text says. */
export const noticeWish: WishOf = (visit) => {
  const { reader, municipality, words } = visit
  const { term, question, hint, choices: said, own } = words.wishes.notice
  const choices = { '': own[shownNow(visit)], ...said }
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

/** What notifications show now of who has not chosen: of all children the same, or not. *Pure.* */
function shownNow({ children, today }: Pick<Visit, 'children' | 'today'>) {
  const hidden = children.filter((child) => isDiscreet(undefined, child, today)).length
  if (hidden === 0) return 'shown'
  return hidden === children.length ? 'discreet' : 'mixed'
}

function choiceOf(discreet: boolean | undefined): '' | 'shown' | 'discreet' {
  if (discreet === undefined) return ''
  return discreet ? 'discreet' : 'shown'
}
