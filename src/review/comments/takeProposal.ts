import type { PayloadRequest } from 'payload'

import { toStore } from '../../cms/stored'
import type { ReviewOptions } from '../operations/act'
import { findThread, step } from './comment'
import type { Converse, ThreadArgs } from './comment'
import { findThreads } from '../queries/commentThreads'
import { insertEntry } from './insertEntry'
import type { CommentThread } from '../rules/commentThreads'
import { withCoAuthors } from '../gate/coAuthors'
import { fieldOf, withFieldText } from '../rules/fieldOf'
import { loadReview } from '../queries/load'
import type { Review } from '../queries/load'
import { ReviewRefusal } from '../../cms/refusal'
import { canSubmit } from '../rules/rights'
import { isSameText } from '../rules/sameText'
import { inConversation } from './inConversation'

/**
 * Makes the operation that puts a proposed wording into the draft, as the person's own save: they
 * and whose wording it is become authors of it, and every rule of a save holds.
 *
 * @throws ReviewRefusal (in the operation) NOT_ALLOWED, NOT_FOUND, ALREADY_DONE, CONTENT_CHANGED
 * when the field was rewritten since the proposal, LOCKED while somebody else writes in the form.
 */
export function createTakeProposal({ policy }: ReviewOptions): Converse<ThreadArgs> {
  return (req, args) =>
    inConversation(req, args, async () => {
      const review = await loadReview(req, args, policy)
      if (!canSubmit(req.user, review)) {
        throw new ReviewRefusal(
          'NOT_ALLOWED',
          '書き換え案を採用できるのは、原稿を書く担当だけです。',
        )
      }
      const thread = await findThread(req, review, args.thread)
      const proposal = takeable(review, thread)
      await withCoAuthors(req, [thread.author], () =>
        saveDraft(req, review, withFieldText(review.document, thread.field, proposal)),
      )
      await insertEntry(req, review, { ...step(thread), kind: 'take' })
      return findThreads(req, review)
    })
}

function takeable(review: Review, thread: CommentThread): string {
  const { proposal, fieldLabel, field: path, quote } = thread
  if (proposal === null)
    throw new ReviewRefusal('INCOMPLETE', 'このコメントに書き換え案はありません。')
  if (thread.isTaken) {
    throw new ReviewRefusal('ALREADY_DONE', 'この書き換え案は、もう原稿に入っています。')
  }
  const field = fieldOf(review, path)
  if (!field) {
    throw new ReviewRefusal('NOT_FOUND', `「${fieldLabel}」は、いまの原稿からなくなっています。`)
  }
  if (isSameText(field.text, quote)) return proposal
  throw new ReviewRefusal(
    'CONTENT_CHANGED',
    `書き換え案のあとで「${fieldLabel}」が直されています。いまの文と案を見比べて、手で直してください。`,
  )
}

/** Only the one field is written, over the version that was read for it. */
async function saveDraft(req: PayloadRequest, review: Review, data: object): Promise<void> {
  const { collection, id, document } = review
  await req.payload.update({
    collection,
    id,
    req,
    data: toStore({ ...data, updatedAt: document.updatedAt }),
    draft: true,
    depth: 0,
    overrideAccess: false,
  })
}
