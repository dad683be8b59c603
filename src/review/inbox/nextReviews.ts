import type { PayloadRequest } from 'payload'

import type { ReviewOptions } from '../operations/act'
import type { SetTarget } from './set'
import type { WaitingPart } from '../queries/textState'
import { findWaiting } from './waitingStates'

/** What waits for a person besides the text they look at. */
export interface NextReviews {
  /** Of each part, the one that waits the longest. */
  first: Readonly<Record<WaitingPart, SetTarget | null>>
  /** How many texts in all. */
  left: number
}

/** Reads what waits for the person of the request when they have done with one text. */
export async function findNextReviews(
  req: PayloadRequest,
  done: SetTarget,
  options: ReviewOptions,
): Promise<NextReviews> {
  const waiting = await findWaiting(req, options)
  const othersOf = (part: WaitingPart): SetTarget[] =>
    waiting[part].texts
      .map(({ collection, document }) => ({ collection, id: document }))
      .filter(({ collection, id }) => collection !== done.collection || id !== done.id)
  const parts = {
    toReview: othersOf('toReview'),
    toPublish: othersOf('toPublish'),
    toRevise: othersOf('toRevise'),
  }
  return {
    first: {
      toReview: parts.toReview[0] ?? null,
      toPublish: parts.toPublish[0] ?? null,
      toRevise: parts.toRevise[0] ?? null,
    },
    left: new Set(Object.values(parts).flatMap((part) => part.map(({ id }) => id))).size,
  }
}
