import type { PayloadRequest } from 'payload'

import { threadsOf } from '../rules/commentThreads'
import type { CommentEntry, CommentThread } from '../rules/commentThreads'
import { findAbout } from './aboutTexts'
import type { Review } from './load'
import { relatedId, relatedIds } from '../../cms/relation'
import type { Related } from '../../cms/relation'

type Documents = Pick<Review, 'collection' | 'id'>

interface StoredEntry {
  id: string
  document: Related
  kind: CommentEntry['kind']
  thread?: Related
  field: string
  fieldLabel?: string | null
  text?: string | null
  proposal?: string | null
  quote?: string | null
  mentions?: Related[] | null
  author: Related
  createdAt: string
}

/** The conversations about one document. */
export async function findThreads(
  req: PayloadRequest,
  { collection, id }: Documents,
): Promise<CommentThread[]> {
  const found = await findManyThreads(req, [{ collection, id }])
  return found.get(id) ?? []
}

/** The conversations about many documents, by the document's id. */
export async function findManyThreads(
  req: PayloadRequest,
  documents: readonly Documents[],
): Promise<Map<string, CommentThread[]>> {
  const entries = await findAbout<StoredEntry>(req, 'kizuna-comments', documents)
  return new Map([...entries].map(([id, found]) => [id, threadsOf(found.map(asEntry))]))
}

function asEntry(stored: StoredEntry): CommentEntry {
  const { kind, field } = stored
  return {
    kind,
    field,
    id: String(stored.id),
    at: stored.createdAt,
    thread: relatedId(stored.thread),
    fieldLabel: stored.fieldLabel ?? field,
    text: stored.text ?? '',
    proposal: stored.proposal ?? null,
    quote: stored.quote ?? '',
    mentions: relatedIds(stored.mentions),
    author: relatedId(stored.author) ?? '',
  }
}
