import type { PayloadRequest } from 'payload'

import { kindOfCollection } from '../../release/contentKind'
import type { ReviewSummary } from '../queries/overview'
import { CHIEF, disciplineLabel, type ReviewPolicy } from '../rules/policy'
import { canSubmit } from '../rules/rights'

/** A text that somebody handed in, and whose turn it is now, in words. */
export interface Elsewhere {
  summary: ReviewSummary
  /** 「助産と監修責任者の承認を待っています」 */
  where: string
}

/** What a person wrote and handed in and others have to act on, the oldest first. *Pure.* */
export function elsewhereOf(
  user: PayloadRequest['user'] | undefined,
  summaries: readonly ReviewSummary[],
  policy: ReviewPolicy,
): Elsewhere[] {
  return summaries
    .filter(({ state, authors }) => {
      const isWithOthers = state === 'in_review' || state === 'approved'
      return isWithOthers && authors.includes(String(user?.id))
    })
    .filter(({ collection, municipality }) =>
      canSubmit(user, { type: kindOfCollection(collection), municipality }),
    )
    .toSorted((a, b) => (a.updatedAt < b.updatedAt ? -1 : 1))
    .map((summary) => ({ summary, where: placeOf(summary, policy) }))
}

function placeOf({ state, waitingFor }: ReviewSummary, policy: ReviewPolicy): string {
  if (state === 'approved') return `${disciplineLabel(policy, CHIEF)}の公開を待っています`
  const names = waitingFor.map((code) => disciplineLabel(policy, code))
  return `${names.join('と')}の承認を待っています`
}
