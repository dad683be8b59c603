import type { Payload, PayloadRequest } from 'payload'

import type { ReviewOptions, ReviewTarget } from './act'
import { createApprove, createRequestChange } from './approve'
import type { GiveVerdict } from './approve'
import { createPublish } from './publish'
import type { Publish } from './publish'
import { describeReview } from '../queries/status'
import type { ReviewStatus } from '../queries/status'
import { createSubmit } from './submit'
import type { Submit } from './submit'
import { createWithdraw } from './withdraw'
import type { Withdraw } from './withdraw'

/** The operations of the editorial review; each acts for the user of the request it is given. */
export interface ReviewOperations {
  status: (payload: Payload, req: PayloadRequest, target: ReviewTarget) => Promise<ReviewStatus>
  submit: Submit
  approve: GiveVerdict
  requestChange: GiveVerdict
  publish: Publish
  withdraw: Withdraw
}

/** Makes the review's operations for one policy and one clock. */
export function createReview(options: ReviewOptions): ReviewOperations {
  return {
    status: (_payload, req, target) => describeReview(req, target, options),
    submit: createSubmit(options),
    approve: createApprove(options),
    requestChange: createRequestChange(options),
    publish: createPublish(options),
    withdraw: createWithdraw(options),
  }
}
