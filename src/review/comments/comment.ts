import type { PayloadRequest } from 'payload'

import { auditReview } from '../operations/act'
import type { ReviewOptions, ReviewTarget } from '../operations/act'
import { findThreads } from '../queries/commentThreads'
import { insertEntry } from './insertEntry'
import type { CommentThread } from '../rules/commentThreads'
import { fieldOf } from '../rules/fieldOf'
import { loadReview } from '../queries/load'
import type { Review } from '../queries/load'
import { ReviewRefusal } from '../../cms/refusal'
import { canComment } from '../rules/rights'
import { isSameText } from '../rules/sameText'
import { inConversation } from './inConversation'
import { readMentions } from './mentions'

/** A remark on one field, perhaps with the field in other words. */
export interface CommentArgs extends Omit<ReviewTarget, 'contentHash'> {
  field: string
  text: string
  proposal?: string
  /** Ids of the people it calls. */
  mentions?: readonly string[]
}

/** A step in a conversation. */
export interface ThreadArgs extends Omit<ReviewTarget, 'contentHash'> {
  thread: string
  /** Words of a reply; not needed to settle or reopen. */
  text?: string
  /** Ids of the people a reply calls. */
  mentions?: readonly string[]
}

/** Does something to the conversations of a document and gives all of them. */
export type Converse<Args> = (req: PayloadRequest, args: Args) => Promise<CommentThread[]>

/**
 * Makes the operation that opens a conversation about a field.
 *
 * @throws ReviewRefusal (in the operation) NOT_ALLOWED, NOT_FOUND without such a field, INCOMPLETE
 * without words.
 */
export function createComment({ policy, now }: ReviewOptions): Converse<CommentArgs> {
  return (req, args) =>
    inConversation(req, args, async () => {
      const review = await loadForComment(req, args, policy)
      const field = fieldOf(review, args.field)
      if (!field) {
        throw new ReviewRefusal('NOT_FOUND', 'コメントする項目が、いまの原稿に見つかりません。')
      }
      const text = args.text.trim()
      const proposal = args.proposal?.trim() ? args.proposal : null
      if (proposal !== null && (!field.isText || isSameText(proposal, field.text))) {
        throw new ReviewRefusal(
          'INCOMPLETE',
          '書き換え案が、いまの文と同じです。直した文を書いてください。',
        )
      }
      if (!text && proposal === null) {
        throw new ReviewRefusal('INCOMPLETE', 'コメントか、書き換え案を書いてください。')
      }
      const { path, label, text: quote } = field
      const mentions = await readMentions(req, review, args.mentions ?? [])
      const words = {
        text,
        proposal,
        quote,
        field: path,
        fieldLabel: label,
        mentions: mentions.ids,
      }
      await insertEntry(req, review, { kind: 'comment', thread: null, ...words })
      await auditReview(req, review, { action: 'comment', at: now(), note: label + mentions.note })
      return findThreads(req, review)
    })
}

/**
 * Makes the operation that answers in a conversation.
 *
 * @throws ReviewRefusal (in the operation) NOT_ALLOWED, NOT_FOUND, INCOMPLETE without words.
 */
export function createReply({ policy, now }: ReviewOptions): Converse<ThreadArgs> {
  return (req, args) =>
    inConversation(req, args, async () => {
      const review = await loadForComment(req, args, policy)
      const thread = await findThread(req, review, args.thread)
      const text = args.text?.trim() ?? ''
      if (!text) throw new ReviewRefusal('INCOMPLETE', '返事を書いてください。')
      const { ids: mentions, note } = await readMentions(req, review, args.mentions ?? [])
      await insertEntry(req, review, { ...step(thread), kind: 'reply', text, mentions })
      const about = thread.fieldLabel + note
      await auditReview(req, review, { action: 'reply', at: now(), note: about })
      return findThreads(req, review)
    })
}

/**
 * Makes the operation that settles a conversation, or opens it again; doing it twice changes nothing.
 *
 * @throws ReviewRefusal (in the operation) NOT_ALLOWED, NOT_FOUND.
 */
export function createSettle(
  { policy, now }: ReviewOptions,
  kind: 'resolve' | 'reopen',
): Converse<ThreadArgs> {
  return (req, args) =>
    inConversation(req, args, async () => {
      const review = await loadForComment(req, args, policy)
      const thread = await findThread(req, review, args.thread)
      if (thread.isResolved !== (kind === 'resolve')) {
        await insertEntry(req, review, { ...step(thread), kind, text: args.text?.trim() ?? '' })
        await auditReview(req, review, { action: kind, at: now(), note: thread.fieldLabel })
      }
      return findThreads(req, review)
    })
}

/** A conversation of a document, by its id. */
export async function findThread(
  req: PayloadRequest,
  review: Review,
  id: string,
): Promise<CommentThread> {
  const thread = (await findThreads(req, review)).find((known) => known.id === id)
  if (thread) return thread
  throw new ReviewRefusal('NOT_FOUND', 'コメントが見つかりません。画面を読み直してください。')
}

/** What every later entry of a conversation repeats. *Pure.* */
export function step({ id, field, fieldLabel }: CommentThread) {
  return { thread: id, field, fieldLabel, text: '', proposal: null, quote: '', mentions: [] }
}

async function loadForComment(
  req: PayloadRequest,
  target: ReviewTarget,
  policy: ReviewOptions['policy'],
): Promise<Review> {
  const review = await loadReview(req, target, policy)
  if (canComment(req.user, review)) return review
  throw new ReviewRefusal('NOT_ALLOWED', 'この原稿にコメントする権限がありません。')
}
