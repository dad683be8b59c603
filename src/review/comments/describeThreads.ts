import type { PayloadRequest } from 'payload'

import { findThreads } from '../queries/commentThreads'
import type { CommentEntry, CommentThread } from '../rules/commentThreads'
import { differenceOf } from '../rules/difference'
import type { DiffPart } from '../rules/difference'
import { fieldOf } from '../rules/fieldOf'
import type { Review } from '../queries/load'
import { findNames } from '../../people/names'
import { ReviewRefusal } from '../../cms/refusal'
import { canComment, canSubmit } from '../rules/rights'
import { isSameText } from '../rules/sameText'

/** What somebody said, as it is shown. */
export interface WordsShown {
  id: string
  /** Name of who said it. */
  author: string
  text: string
  /** Names of the people it calls. */
  mentions: string[]
  /** ISO instant. */
  at: string
}

/** A conversation as it is shown to one person. */
export interface ThreadShown extends WordsShown {
  field: string
  fieldLabel: string
  replies: WordsShown[]
  isResolved: boolean
  isTaken: boolean
  /** Whether it called the person, who has not looked yet. */
  isForMe: boolean
  resolvedBy: string | null
  /** Whether the field was rewritten since, or is gone. */
  isOutdated: boolean
  /** The field as it was, where it was rewritten since. */
  quote: string | null
  /** What the proposal changes, or null without one. */
  proposal: { text: string; parts: DiffPart[] } | null
  can: { reply: boolean; take: boolean }
}

/** Conversations of a document in words, for the person of the request; read unless given. */
export async function describeThreads(
  req: PayloadRequest,
  review: Review,
  given?: readonly CommentThread[] | null,
): Promise<ThreadShown[]> {
  const threads = given ?? (canComment(req.user, review) ? await findThreads(req, review) : null)
  if (!threads) throw new ReviewRefusal('NOT_ALLOWED', 'この原稿のコメントを見る権限がありません。')
  const ids = threads.flatMap(({ author, mentions, replies, resolvedBy }) => [
    author,
    ...replies.flatMap((reply) => [reply.author, ...reply.mentions]),
    ...mentions,
    ...(resolvedBy ? [resolvedBy] : []),
  ])
  const names = await findNames(req, ids)
  return threads.map((thread) => threadShown(req, review, { thread, names }))
}

function threadShown(
  req: PayloadRequest,
  review: Review,
  { thread, names }: { thread: CommentThread; names: (id: string) => string },
): ThreadShown {
  const { field, fieldLabel, quote, proposal, isResolved, isTaken, resolvedBy } = thread
  const now = fieldOf(review, field)
  const isOutdated = !now || !isSameText(now.text, quote)
  return {
    ...wordsShown(thread, names),
    field,
    fieldLabel,
    isResolved,
    isTaken,
    isOutdated,
    isForMe: thread.awaited.includes(String(req.user?.id)),
    replies: thread.replies.map((reply) => wordsShown(reply, names)),
    resolvedBy: resolvedBy ? names(resolvedBy) : null,
    quote: isOutdated ? quote : null,
    proposal: proposal === null ? null : { text: proposal, parts: differenceOf(quote, proposal) },
    can: {
      reply: canComment(req.user, review),
      take: proposal !== null && !isOutdated && !isResolved && canSubmit(req.user, review),
    },
  }
}

function wordsShown(
  {
    id,
    author,
    text,
    mentions,
    at,
  }: Pick<CommentEntry, 'id' | 'author' | 'text' | 'mentions' | 'at'>,
  names: (id: string) => string,
): WordsShown {
  return { id, author: names(author), text, mentions: mentions.map(names), at }
}
