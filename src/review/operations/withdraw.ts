import type { Payload, PayloadRequest } from 'payload'

import { toStore } from '../../cms/stored'
import type { Release } from '../../release/content'
import { findNewestRelease, releaseKey } from '../../release/findReleases'
import { recordAudit } from '../../cms/audit'
import { takeReviewTurn } from './act'
import type { ReviewOptions, ReviewTarget } from './act'
import { withOpenGate } from '../gate/gateKey'
import { loadReview } from '../queries/load'
import { ReviewRefusal } from '../../cms/refusal'
import { insertRelease } from './insertRelease'
import { canWithdraw } from '../rules/rights'
import { describeReview } from '../queries/status'
import type { ReviewStatus } from '../queries/status'
import { titleOf } from '../rules/title'
import { inTransaction } from '../../cms/transaction'

/** A recall and its reason. */
export interface WithdrawArgs extends Omit<ReviewTarget, 'contentHash'> {
  reason: string
}

/** Recalls what is out; the worker stops unsent batches at its next look. */
export type Withdraw = (
  payload: Payload,
  req: PayloadRequest,
  args: WithdrawArgs,
) => Promise<ReviewStatus>

/**
 * Makes the operation that recalls: a `withdraw` release, the row back to draft, the audit entry.
 *
 * @throws ReviewRefusal (in the operation) NOT_ALLOWED, INCOMPLETE without a reason,
 * NOT_PUBLISHED when nothing of it is out.
 */
export function createWithdraw({ policy, now }: ReviewOptions): Withdraw {
  return (_payload, req, args) =>
    inTransaction(req, async () => {
      const { collection, id } = args
      await takeReviewTurn(req, args)
      const review = await loadReview(req, args, policy)
      const reason = args.reason.trim()
      refuseUnlessAllowed(req, reason)
      const out = await findPublished(req, releaseKey(collection, id))
      await withOpenGate(req, { collection, id }, () =>
        req.payload.update({
          collection,
          id,
          req,
          data: toStore({ _status: 'draft' }),
          depth: 0,
          overrideAccess: true,
        }),
      )
      const release = { action: 'withdraw', ...out, at: now(), reason } as const
      await insertRelease(req, review, { release, policy })
      const hashes = { beforeHash: out.contentHash, afterHash: null }
      const title = titleOf(review.document)
      const entry = { action: 'withdraw', documentId: id, title, ...hashes, at: now() } as const
      await recordAudit(req, { ...entry, collection, note: reason })
      return describeReview(req, args, { policy, now })
    })
}

function refuseUnlessAllowed(req: PayloadRequest, reason: string): void {
  if (!canWithdraw(req.user)) {
    throw new ReviewRefusal('NOT_ALLOWED', '配信を取り下げられるのは監修責任者だけです。')
  }
  if (reason) return
  throw new ReviewRefusal('INCOMPLETE', '取り下げる理由を書いてください。記録に残ります。')
}

async function findPublished(
  req: PayloadRequest,
  key: string,
): Promise<Pick<Release, 'content' | 'contentHash' | 'variables'>> {
  const newest = await findNewestRelease(req, key, { overrideAccess: true })
  if (newest?.action !== 'publish') {
    throw new ReviewRefusal('NOT_PUBLISHED', 'この原稿は公開されていません。')
  }
  const { content, contentHash, variables } = newest
  return { content, contentHash, variables }
}
