import type { PayloadRequest, Where } from 'payload'

import { asStored } from '../../cms/stored'
import { ReviewRefusal } from '../../cms/refusal'
import { relatedId, type Related } from '../../cms/relation'
import { findNames } from '../../people/names'
import type { ReviewedCollection } from '../queries/load'

/** How long Payload keeps a lock after the last key was pressed, unless a collection says otherwise. */
const LOCK_SECONDS = 300

/** Somebody has a document open for writing. */
export interface Lock {
  document: { value: Related }
  user: { value: Related }
  createdAt: string
  updatedAt: string
}

/** Which documents somebody is about to write. */
export interface LockedTarget {
  collection: ReviewedCollection
  where: Where
  /** Whether the write asks nobody for rights. */
  overrideAccess: boolean
}

/**
 * Keeps to the lock of whoever is writing: after 「編集を引き継ぐ」 nobody else saves, restores or
 * deletes, whatever the route. Whoever may not write there at all is told that, by Payload, and
 * learns nothing of the lock.
 *
 * @throws ReviewRefusal LOCKED with the name of who holds it.
 */
export async function refuseWhileLocked(req: PayloadRequest, target: LockedTarget): Promise<void> {
  const held = (await findLocks(req, target.collection)).filter(
    ({ user }) => relatedId(user.value) !== String(req.user?.id),
  )
  const id = await findMeant(req, held.map(documentOf), target)
  const lock = held.find((one) => documentOf(one) === id)
  if (lock) throw await lockedBy(req, lock)
}

function documentOf({ document }: Lock): string {
  return relatedId(document.value) ?? ''
}

async function lockedBy(req: PayloadRequest, { user, updatedAt }: Lock): Promise<ReviewRefusal> {
  const id = relatedId(user.value) ?? ''
  const nameOf = await findNames(req, [id])
  const left = Math.ceil(
    (new Date(updatedAt).getTime() + LOCK_SECONDS * 1000 - Date.now()) / 60_000,
  )
  return new ReviewRefusal(
    'LOCKED',
    `いまは${nameOf(id)}さんが編集しているため、保存していません。相手が閉じるか、手を止めて約 ${Math.max(left, 1)} 分たつと保存できます。急ぐときは、相手と話してから、編集を引き継いでください。`,
  )
}

/** The locks of a collection that have not run out; of two on one document the newer. */
export async function findLocks(
  req: PayloadRequest,
  collection: ReviewedCollection,
): Promise<Lock[]> {
  const { lockDocuments } = req.payload.collections[collection].config
  if (lockDocuments === false) return []
  const seconds = typeof lockDocuments === 'object' ? lockDocuments.duration : LOCK_SECONDS
  const { docs } = await req.payload.db.find({
    collection: 'payload-locked-documents',
    // no `req`: Payload writes locks outside of transactions, and one that is open may not see them
    where: {
      and: [
        { 'document.relationTo': { equals: collection } },
        { updatedAt: { greater_than: new Date(Date.now() - seconds * 1000).toISOString() } },
      ],
    },
    sort: 'updatedAt',
    limit: 0,
    pagination: false,
  })
  const newest = asStored<Lock[]>(docs).map((lock) => [documentOf(lock), lock] as const)
  return [...new Map(newest).values()]
}

/** Id of a document among these that the write would reach, or null. */
async function findMeant(
  req: PayloadRequest,
  ids: readonly string[],
  { collection, where, overrideAccess }: LockedTarget,
): Promise<string | null> {
  if (ids.length === 0) return null
  const allowed =
    overrideAccess || (await req.payload.collections[collection].config.access.update({ req }))
  if (allowed === false) return null
  const rights = allowed === true ? [] : [allowed]
  const { docs } = await req.payload.db.find<{ id: unknown }>({
    collection,
    req,
    where: { and: [{ id: { in: [...ids] } }, where, ...rights] },
    limit: 1,
    pagination: false,
  })
  return docs[0] ? String(docs[0].id) : null
}
