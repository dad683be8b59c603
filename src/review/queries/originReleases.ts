import type { PayloadRequest } from 'payload'

import { findNewestReleases, releaseKey } from '../../release/findReleases'
import { relatedId } from '../../cms/relation'
import type { StoredDocument } from '../rules/freeze'
import type { OriginRelease } from '../rules/needs'
import type { ReviewedCollection } from './load'

/** So many copies of copies are followed; a series is renewed once a year. */
const MAX_GENERATIONS = 20

/**
 * For each document that was taken over from another, by its id, the newest release of that other;
 * of a copy of a copy that never went out, that of the first which did.
 */
export async function findOriginReleases(
  req: PayloadRequest,
  collection: ReviewedCollection,
  documents: readonly StoredDocument[],
): Promise<Map<string, OriginRelease>> {
  const found = new Map<string, OriginRelease>()
  let open = originsOf(documents.map((document) => [String(document.id), document] as const))
  for (let generation = 0; open.size > 0 && generation < MAX_GENERATIONS; generation += 1) {
    const ids = [...new Set(open.values())]
    const releases = await findReleasesOf(req, collection, ids)
    const left = [...open].filter(([id, origin]) => {
      const release = releases.get(origin)
      if (release) found.set(id, release)
      return !release
    })
    const parents = await findParents(req, collection, left)
    open = originsOf(left.map(([id, origin]) => [id, parents.get(origin)] as const))
  }
  return found
}

function originsOf(
  copies: readonly (readonly [id: string, document: StoredDocument | undefined])[],
): Map<string, string> {
  const pairs = copies.map(([id, document]) => [id, originIdOf(document)] as const)
  return new Map(pairs.flatMap(([id, origin]) => (origin === null ? [] : [[id, origin]])))
}

/** A manuscript points to its origin; an add-on has the example's number in its group. */
function originIdOf(document: StoredDocument | undefined): string | null {
  const origin = document?.origin as { addOn?: unknown } | string | null | undefined
  const isExample = typeof origin === 'object' && origin !== null && 'addOn' in origin
  return relatedId(isExample ? origin.addOn : origin)
}

async function findReleasesOf(
  req: PayloadRequest,
  collection: ReviewedCollection,
  ids: readonly string[],
): Promise<Map<string, OriginRelease>> {
  const byKey = new Map(ids.map((id) => [releaseKey(collection, id), id]))
  const newest = await findNewestReleases(req, {
    where: { key: { in: [...byKey.keys()] } },
    fields: ['topics', 'approvals'],
    overrideAccess: true,
  })
  return new Map(
    newest.map(({ key, topics, approvals }) => [
      byKey.get(key) ?? '',
      { topics: topics ?? null, approvedIn: disciplinesIn(approvals) },
    ]),
  )
}

function disciplinesIn(approvals: unknown): string[] {
  if (!Array.isArray(approvals)) return []
  return (approvals as { discipline?: unknown }[]).flatMap(({ discipline }) =>
    typeof discipline === 'string' ? [discipline] : [],
  )
}

async function findParents(
  req: PayloadRequest,
  collection: ReviewedCollection,
  left: readonly (readonly [id: string, origin: string])[],
): Promise<Map<string, StoredDocument>> {
  if (left.length === 0) return new Map()
  const { docs } = await req.payload.db.find<StoredDocument & { id: unknown }>({
    collection,
    where: { id: { in: [...new Set(left.map(([, origin]) => origin))] } },
    select: { origin: true },
    limit: 0,
    pagination: false,
    req,
  })
  return new Map(docs.map((document) => [String(document.id), document]))
}
