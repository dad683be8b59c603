'use client'

import type { NextReviews } from '../../review/inbox/nextReviews'
import type { ReviewStatus } from '../../review/queries/status'
import { NextReview } from './inbox/nextReview'
import { ReviewActions } from './reviewActions'
import { stepsFor } from './steps'
import type { Act, ReviewAction } from './useReview'

interface AfterProps {
  /** `/kizuna-manuscripts/<id>` */
  path: string
  admin: string
  status: ReviewStatus
  /** What the person just did. */
  done: ReviewAction
  /** What waits besides this text. */
  next: Promise<NextReviews | null>
  isBusy: boolean
  onAct: Act
}

/**
 * After an act: what was done, and one way on. That is publishing where the person can, else the next
 * text that waits for them; what else they may do here is folded away.
 */
export function AfterAct({ path, admin, status, done, next, isBusy, onAct }: AfterProps) {
  const isToPublish = status.can.publish && status.schedule === null
  const actions = (shown: ReviewStatus) => (
    <ReviewActions path={path} status={shown} isBusy={isBusy} onAct={onAct} />
  )
  const isThereMore = stepsFor(status).length > 0
  return (
    <>
      {isToPublish && actions(onlyPublishing(status))}
      <NextReview next={next} admin={admin} done={done} isLater={isToPublish} />
      {isThereMore && !isToPublish && (
        <details className="kizuna-panel__details kizuna-next__more">
          <summary>この原稿でほかにできること</summary>
          {actions(status)}
        </details>
      )}
    </>
  )
}

function onlyPublishing(status: ReviewStatus): ReviewStatus {
  const none = { submit: false, revise: false, approveAs: [], requestChange: false }
  return { ...status, can: { ...status.can, ...none, withdraw: false } }
}
