import type { PayloadRequest } from 'payload'

import type { ReviewedCollection } from './load'
import { relatedIds } from './relation'
import type { Related } from './relation'

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

async function authorsOfVersion(
  req: PayloadRequest,
  collection: ReviewedCollection,
  id: string,
): Promise<string[]> {
  const found = await req.payload.db.findVersions<{ authors?: Related[] }>({
    ...{ collection, req },
    limit: 1,
    pagination: false,
    where: { id: { equals: id } },
  })
  return relatedIds(found.docs[0]?.version.authors)
}
