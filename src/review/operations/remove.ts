import type { PayloadRequest } from 'payload'

import { ReviewRefusal } from '../../cms/refusal'
import { inTransaction } from '../../cms/transaction'
import { withRemovalReason } from '../gate/removal'
import type { ReviewedCollection } from '../queries/load'
import { canRemove, findTrashed } from '../queries/trashStatus'
import { titleOf } from '../rules/title'

/** Which text ends for good, and why. */
export interface RemoveArgs {
  collection: ReviewedCollection
  id: string
  reason: string
}

/**
 * Deletes a text of the trash with its versions; a chief or system admin does it, says why, and never
 * with a text that went out. Conversations, verdicts and the record stay.
 *
 * @throws ReviewRefusal NOT_ALLOWED, INCOMPLETE without a reason, NOT_FOUND where it is not in the
 * trash, GATE_CLOSED where it was published.
 */
export function removeForGood(
  req: PayloadRequest,
  { collection, id, reason: given }: RemoveArgs,
): Promise<{ sentence: string }> {
  const reason = given.trim()
  refuseUnlessAllowed(req, reason)
  return inTransaction(req, async () => {
    const title = titleOf(await findTrashed(req, { collection, id }))
    const gone = { collection, id, req, depth: 0, trash: true, overrideAccess: true } as const
    await withRemovalReason(req, `理由: ${reason}`, () => req.payload.delete(gone))
    return { sentence: `「${title}」を完全に削除しました。` }
  })
}

function refuseUnlessAllowed(req: PayloadRequest, reason: string): void {
  if (!canRemove(req.user)) {
    throw new ReviewRefusal(
      'NOT_ALLOWED',
      'ごみ箱の原稿を完全に削除できるのは、監修責任者とシステム管理者だけです。',
    )
  }
  if (reason) return
  throw new ReviewRefusal('INCOMPLETE', '完全に削除する理由を書いてください。記録に残ります。')
}
