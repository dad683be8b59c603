import type { PayloadRequest, SanitizedCollectionConfig, Where } from 'payload'

import type { StoredDocument } from '../rules/freeze'
import { releaseKey } from '../../release/findReleases'
import { everybody } from '../rules/authors'
import { findLatestRelease, type ReviewedCollection } from '../queries/load'
import { ReviewRefusal } from '../../cms/refusal'
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

/**
 * Forgets a restore that came to nothing: all that one GraphQL request asks for has the same context,
 * and a save must not pass for the restore before it.
 */
export function forgetDraftRestore(req: PayloadRequest): void {
  const context: GateContext = req.context
  context[DRAFT_RESTORE] = null
}

/** Whether this write puts back a version, as a draft. */
export function isDraftRestore(context: GateContext): boolean {
  return Boolean(context[DRAFT_RESTORE])
}

/** Authors of the version being restored as a draft, or null for any other write; once only. */
export function takeDraftRestore(context: GateContext): readonly string[] | null {
  const authors = context[DRAFT_RESTORE] ?? null
  context[DRAFT_RESTORE] = null
  return authors
}

/**
 * A restored version with what nobody types as it is now: fields its person may not write, which
 * Payload takes out and puts nothing in their place (whose it is, who proposed it, where it came
 * from), and those that no form shows (whether it is still a proposal).
 */
export async function withProtected(
  req: PayloadRequest,
  { flattenedFields }: Pick<SanitizedCollectionConfig, 'flattenedFields'>,
  { version, now }: { version: StoredDocument; now: StoredDocument },
): Promise<StoredDocument> {
  const kept: Record<string, unknown> = {}
  for (const { name, access, admin } of flattenedFields) {
    const isOpen = await (access?.update?.({ req, data: version, doc: now }) ?? true)
    if (!isOpen || admin?.hidden === true) kept[name] = now[name]
  }
  return { ...version, ...kept }
}

/** Payload says the same, in English. */
async function refuseOfTrash(
  req: PayloadRequest,
  collection: ReviewedCollection,
  id: unknown,
): Promise<void> {
  const where: Where = { and: [{ id: { equals: id } }, { deletedAt: { exists: true } }] }
  if ((await req.payload.db.count({ collection, where, req })).totalDocs === 0) return
  throw new ReviewRefusal(
    'GATE_CLOSED',
    'この原稿はごみ箱にあります。以前の内容に戻すには、先にごみ箱の「元に戻す」を押してください。',
  )
}

/**
 * Who wrote a version. A publication leaves its rows without authors; what is older than the newest
 * release is the work of those whom the release names.
 */
async function authorsOfVersion(
  req: PayloadRequest,
  collection: ReviewedCollection,
  id: string,
): Promise<string[]> {
  const { docs } = await req.payload.db.findVersions<{ authors?: Related[] }>({
    collection,
    req,
    limit: 1,
    pagination: false,
    where: { id: { equals: id } },
  })
  const [found] = docs
  if (!found) return []
  await refuseOfTrash(req, collection, found.parent)
  const since = relatedIds(found.version.authors)
  const release = await findLatestRelease(req, releaseKey(collection, String(found.parent)))
  const isOlder = release !== null && new Date(found.updatedAt) <= new Date(release.at)
  return isOlder ? everybody({ since, release }) : since
}
