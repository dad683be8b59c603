import type { PayloadRequest } from 'payload'

import { CONTENT_COLLECTIONS, isContentCollection } from '../../release/contentKind'
import { findComparisonBaselines } from '../queries/comparisonBaselines'
import type { Review, ReviewedCollection } from '../queries/load'
import { loadReviews } from '../queries/loadMany'
import type { ReviewPolicy } from '../rules/policy'
import { findRemarks } from '../queries/remarks'
import { findNames } from '../../people/names'
import { findAnsweredRequests } from './answeredRequests'
import { findPlaceNames } from './placeNames'
import { shownReview } from './shownReview'
import type { ShownReview } from './shownReview'
import type { InboxOptions } from './reviewInbox'

/** A text in a set. */
export interface SetTarget {
  collection: ReviewedCollection
  id: string
}

/** Most texts one page shows and one button approves: more cannot be read at a sitting. */
export const MAX_SET = 50

/** The texts of a set as the person of the request looks at them, in the order of the slots. */
export async function loadSet(
  req: PayloadRequest,
  targets: readonly SetTarget[],
  options: InboxOptions,
): Promise<ShownReview[]> {
  const inOrder = await loadTargets(req, targets, options.policy)
  const places = await findPlaceNames(req, inOrder, options)
  const bases = await findComparisonBaselines(req, inOrder)
  const names = await findNames(
    req,
    inOrder.flatMap(({ reviewInput }) => reviewInput.authors),
  )
  const saidOf = await findRemarks(req, inOrder, options)
  const { policy } = options
  const answeredOf = await findAnsweredRequests(req, inOrder, { policy, places })
  return inOrder.map((review) => {
    const base = bases.get(review.id) ?? { kind: 'none' }
    const [said, answered] = [saidOf(review.id), answeredOf(review)]
    return shownReview(req, review, { places, names, base, said, answered, options })
  })
}

/** The reviews of these texts that the person may read, in the order of the set. */
export async function loadTargets(
  req: PayloadRequest,
  targets: readonly SetTarget[],
  policy: ReviewPolicy,
): Promise<Review[]> {
  const reviews: Review[] = []
  for (const collection of CONTENT_COLLECTIONS) {
    const ids = targets.filter((one) => one.collection === collection).map(({ id }) => id)
    if (ids.length === 0) continue
    reviews.push(...(await loadReviews(req, { collection, ids }, policy)))
  }
  return targets.flatMap(({ id }) => reviews.filter((review) => review.id === id))
}

/** Reads `manuscripts:<id>,add-ons:<id>` from an address; what cannot be read is left out. *Pure.* */
export function readTargets(text: string): SetTarget[] {
  return text.split(',').flatMap((part): SetTarget[] => {
    const [collection, id] = part.split(':')
    return isContentCollection(collection) && id && /^[0-9a-f]{24}$/.test(id)
      ? [{ collection, id }]
      : []
  })
}
