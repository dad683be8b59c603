import type { PayloadRequest } from 'payload'
import { setImmediate } from 'node:timers/promises'

import { previewFor } from '../../release/preview'
import type { Preview } from '../../release/preview'
import { findComparisonBaselines } from '../queries/comparisonBaselines'
import type { ReviewTarget } from '../operations/act'
import { describeThreads } from '../comments/describeThreads'
import type { ThreadShown } from '../comments/describeThreads'
import { loadReview } from '../queries/load'
import type { Review } from '../queries/load'
import { findRemarks } from '../queries/remarks'
import { findNames } from '../../people/names'
import { canComment, canSubmit } from '../rules/rights'
import { findAnsweredRequests } from './answeredRequests'
import { findPlaceNames } from './placeNames'
import { readerSettings } from './readerSettings'
import { findVerdictsShown } from './requests'
import type { RequestShown } from './requests'
import { shownReview } from './shownReview'
import type { ShownReview } from './shownReview'
import type { InboxOptions } from './reviewInbox'

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
  options: InboxOptions,
): Promise<ReviewScreen> {
  const review = await loadReview(req, target, options.policy)
  const base = (await findComparisonBaselines(req, [review])).get(review.id) ?? { kind: 'none' }
  const names = await findNames(req, review.reviewInput.authors)
  const places = await findPlaceNames(req, [review], options)
  const said = (await findRemarks(req, [review], options))(review.id)
  const { policy } = options
  const answeredOf = await findAnsweredRequests(req, [review], { policy, places })
  const mayComment = canComment(req.user, review)
  const settings = await readerSettings(req, review, options)
  const asRead = (content: Review['content']) => previewFor(settings(content))
  const before = base.kind === 'none' ? null : asRead(base.content)
  await setImmediate() // the longest texts take some tenths of a second each
  const after = asRead(review.content)
  await setImmediate()
  return {
    ...shownReview(req, review, {
      places,
      names,
      base,
      said,
      answered: answeredOf(review),
      options,
    }),
    readers: { before, after },
    threads: mayComment ? await describeThreads(req, review) : [],
    verdicts: (await findVerdictsShown(req, [review], options)).get(review.id) ?? [],
    canComment: mayComment,
    canWrite: canSubmit(req.user, review),
  }
}
