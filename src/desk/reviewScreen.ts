import type { PayloadRequest } from 'payload'

import { previewFor } from '../release/preview'
import type { Preview } from '../release/preview'
import { findBases } from '../review/bases'
import type { ReviewTarget } from '../review/act'
import { describeThreads } from '../review/describeThreads'
import type { ThreadShown } from '../review/describeThreads'
import { loadReview } from '../review/load'
import type { Review } from '../review/load'
import { findNames } from '../review/names'
import { canComment, canSubmit } from '../review/rights'
import { findPlaceNames } from './placeNames'
import { readerSettings } from './readerSettings'
import { findVerdictsShown } from './requests'
import type { RequestShown } from './requests'
import { shownReview } from './shownReview'
import type { ShownReview } from './shownReview'
import type { DeskOptions } from './waiting'

/** Everything on the screen of one text's review. */
export interface ReviewScreen extends ShownReview {
  /** As readers get it now, and as it was; null when there is nothing to compare with. */
  readers: { before: Preview | null; after: Preview }
  threads: ThreadShown[]
  /** What the person may read of earlier verdicts. */
  verdicts: RequestShown[]
  canComment: boolean
  /** Whether the person writes on it. */
  canWrite: boolean
}

/**
 * Reads the screen of one text's review for the person of the request.
 *
 * @throws ReviewRefusal NOT_FOUND when it is not there or the person may not read it.
 */
export async function loadReviewScreen(
  req: PayloadRequest,
  target: ReviewTarget,
  options: DeskOptions,
): Promise<ReviewScreen> {
  const review = await loadReview(req, target, options.policy)
  const base = (await findBases(req, [review])).get(review.id) ?? { kind: 'none' }
  const names = await findNames(req, review.facts.authors)
  const places = await findPlaceNames(req, options)
  const mayComment = canComment(req.user, review)
  const settings = await readerSettings(req, review)
  const asRead = (content: Review['content']) => previewFor(settings(content))
  return {
    ...shownReview(req, review, { places, names, base, options }),
    readers: {
      before: base.kind === 'none' ? null : asRead(base.content),
      after: asRead(review.content),
    },
    threads: mayComment ? await describeThreads(req, review) : [],
    verdicts: (await findVerdictsShown(req, [review], options)).get(review.id) ?? [],
    canComment: mayComment,
    canWrite: canSubmit(req.user, review),
  }
}
