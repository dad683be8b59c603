import type { PayloadRequest } from 'payload'

import { toStore } from '../../cms/stored'
import { grouped } from '../../release/grouped'
import { threadsOf } from './commentThreads'
import type { CommentEntry, CommentThread } from './commentThreads'
import type { Review } from '../queries/load'
import { relatedId } from '../../cms/relation'
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
  if (documents.length === 0) return new Map()
  const { docs } = await req.payload.db.find<StoredEntry>({
    collection: 'comments',
    where: { 'document.value': { in: documents.map(({ id }) => id) } },
    sort: 'createdAt',
    limit: 0,
    pagination: false,
    req,
  })
  const entries = grouped(docs, ({ document }) => relatedId(document) ?? '')
  return new Map([...entries].map(([id, found]) => [id, threadsOf(found.map(asEntry))]))
}

/** Inserts one entry of a conversation about a document. */
export async function insertEntry(
  req: PayloadRequest,
  { collection, id, municipality, reviewInput }: Review,
  entry: Omit<CommentEntry, 'id' | 'author' | 'at'>,
): Promise<void> {
  await req.payload.create({
    collection: 'comments',
    data: toStore({
      document: { relationTo: collection, value: id },
      contentHash: reviewInput.contentHash,
      author: req.user?.id,
      municipality,
      ...entry,
    }),
    depth: 0,
    overrideAccess: true,
    req,
  })
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
    author: relatedId(stored.author) ?? '',
  }
}
