import type { PayloadRequest } from 'payload'

import { findNames, withWord } from '../../people/names'
import type { LocalDay } from '../../stage/day'
import { monthDayLabel } from '../../stage/japaneseDate'
import { findAccounts, isStillAble } from '../queries/colleagues'
import type { ReviewedCollection } from '../queries/load'
import type { TextState } from '../queries/textState'
import { disciplineLabel, type ReviewPolicy } from '../rules/policy'
import { readRequestWord, type OpenReviewRequest } from '../rules/reviewRequests'

/** By when the person who looks was asked to look at a text. */
export interface AskedOfMe {
  /** 「あなたに頼まれています(12月3日まで)」 */
  words: string
  isLate: boolean
}

/** What stands beside a text that somebody was asked to look at; null without a day. *Pure.* */
export function askedOfMe(day: LocalDay, today: LocalDay): AskedOfMe | null {
  if (day === '') return null
  const isLate = day < today
  return { words: `あなたに頼まれています(${untilWords(day, today)})`, isLate }
}

/** 「12月3日まで」, of a day that is over with that it is. *Pure.* */
export function untilWords(day: LocalDay, today: LocalDay): string {
  return `${monthDayLabel(day)}まで${day < today ? '・期日を過ぎています' : ''}`
}

type AskedText = Pick<TextState, 'reviewRequests' | 'municipality' | 'authors'> & {
  collection: ReviewedCollection
}

interface Asking {
  policy: ReviewPolicy
  today: LocalDay
}

/** Whom the person of the request asked about each text, by when, and who cannot answer any more. */
export async function findAskedWords(
  req: PayloadRequest,
  texts: readonly AskedText[],
  { policy, today }: Asking,
): Promise<(text: AskedText) => string> {
  const me = String(req.user?.id)
  const ownOf = ({ reviewRequests }: AskedText) =>
    reviewRequests.map(readRequestWord).filter(({ by }) => by === me)
  const ids = texts.flatMap((text) => ownOf(text).map(({ reviewer }) => reviewer))
  const [names, accounts] = await Promise.all([findNames(req, ids), findAccounts(req, ids)])
  const wordsFor = (text: AskedText, request: OpenReviewRequest): string => {
    const { reviewer, discipline, day } = request
    const who = `${withWord(names(reviewer), disciplineLabel(policy, discipline))}さん`
    if (isStillAble(text, request, accounts.get(reviewer)))
      return `${who}、${untilWords(day, today)}`
    return `${who}は退職・異動などで承認できません。ほかの人に頼んでください`
  }
  return (text) =>
    ownOf(text)
      .map((request) => wordsFor(text, request))
      .join('。')
}
