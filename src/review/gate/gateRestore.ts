import type { PayloadRequest, SanitizedCollectionConfig } from 'payload'

import type { StoredDocument } from '../rules/freeze'
import type { ReviewedCollection } from '../queries/load'
import { relatedIds } from '../../cms/relation'
import type { Related } from '../../cms/relation'

/**
 * Marks a restore that was announced as a draft, with the authors of the version. Payload hands
 * `beforeChange` the version's `_status`, but neither its authors (their field access takes them
 * out) nor the same `req` object (a proxy); the context travels along.
 */
const DRAFT_RESTORE = Symbol('kizuna.draftRestore')

/** A request's context as the gate uses it. */
type GateContext = { [DRAFT_RESTORE]?: readonly string[] | null }

/** Notes that the version with this id is being restored as a draft. */
export async function markDraftRestore(
  req: PayloadRequest,
  collection: ReviewedCollection,
  id: string,
): Promise<void> {
  const context: GateContext = req.context
  context[DRAFT_RESTORE] = await authorsOfVersion(req, collection, id)
}

/** Authors of the version being restored as a draft, or null for any other write; once only. */
export function takeDraftRestore(context: GateContext): readonly string[] | null {
  const authors = context[DRAFT_RESTORE] ?? null
  context[DRAFT_RESTORE] = null
  return authors
}

/**
 * A restored version with the fields its person may not write as they are now: whose it is, who
 * proposed it, where it came from. Payload takes them out and puts nothing in their place.
 */
export async function withProtected(
  req: PayloadRequest,
  { flattenedFields }: Pick<SanitizedCollectionConfig, 'flattenedFields'>,
  { version, now }: { version: StoredDocument; now: StoredDocument },
): Promise<StoredDocument> {
  const kept: Record<string, unknown> = {}
  for (const { name, access } of flattenedFields) {
    const isOpen = await (access?.update?.({ req, data: version, doc: now }) ?? true)
    if (!isOpen) kept[name] = now[name]
  }
  return { ...version, ...kept }
}

async function authorsOfVersion(
  req: PayloadRequest,
  collection: ReviewedCollection,
  id: string,
): Promise<string[]> {
  const found = await req.payload.db.findVersions<{ authors?: Related[] }>({
    collection,
    req,
    limit: 1,
    pagination: false,
    where: { id: { equals: id } },
  })
  return relatedIds(found.docs[0]?.version.authors)
}
