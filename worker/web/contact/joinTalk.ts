import type { ChildDates } from '../../readers/reader'
import type { ChildrenAsOne, OneChild } from '../../readers/twoAsOne'
import type { JoinAnswer } from '../../readers/moveContact'

import type { TalkCard } from '../talkCard'
import type { Words } from '../words/standard'

const DATA = /^kizuna:join-(one|theirs|ours|both):([0-9a-f]{32})$/

/** Reads the postback of a button of {@link joinQuestion}; null when it is none. *Pure.* */
export function joinAnswerIn(
  data: string,
): { key: string; join: Exclude<JoinAnswer, 'ask'> } | null {
  const [, join, key] = DATA.exec(data) ?? []
  if (!join || !key) return null
  return { key, join: join as Exclude<JoinAnswer, 'ask'> }
}

/**
 * Asks a friend who gets texts here by a registration of its own whether both are to be one: what will
 * come and what will not, and, where the dates of a child differ, which are right. *Pure.*
 */
export function joinQuestion(key: string, children: ChildrenAsOne, words: Words): TalkCard {
  const { join } = words.contact
  const { differing } = children
  const answer = (label: string, word: Exclude<JoinAnswer, 'ask'>) => {
    return { label, data: `kizuna:join-${word}:${key}` }
  }
  const ways =
    differing.length === 0
      ? [answer(join.one, 'one')]
      : [answer(join.theirs, 'theirs'), answer(join.ours, 'ours'), answer(join.both, 'both')]
  return {
    says: [...join.question, ...whatComes(children, words), ...join.otherwise],
    buttons: [...ways, { label: join.keep, data: `kizuna:keep:${key}` }],
  }
}

function whatComes({ same, differing, added, ended }: ChildrenAsOne, words: Words): string[] {
  const { join } = words.contact
  const hasEnded = ended.length > 0
  const isEmpty = hasEnded && same.length + differing.length + added.length === 0
  return [
    ...(isEmpty ? [join.nothing] : []),
    ...(hasEnded && !isEmpty ? [join.ended] : []),
    ...differing.map((pair) => join.differ(...datesOf(pair, words))),
  ]
}

/** The dates in this talk, and those of the contact from before. */
function datesOf({ theirs, ours }: OneChild, words: Words): [here: string, before: string] {
  return [dateOf(theirs, words), dateOf(ours, words)]
}

function dateOf({ birthDate, dueDate }: ChildDates, { me, day }: Words): string {
  if (birthDate) return me.birthDate(day(birthDate))
  return dueDate ? me.dueDate(day(dueDate)) : ''
}
