import { createLocalReq, type Payload } from 'payload'

import { CONTENT_COLLECTIONS } from '../release/contentKind'
import { findNewestReleases, releaseKey } from '../release/findReleases'
import { withRemovalReason } from '../review/gate/removal'
import { idsIn } from '../review/queries/idsIn'
import type { ReviewedCollection } from '../review/queries/load'
import { KEPT_TRASH_DAYS } from '../review/queries/trashStatus'

const DAY_MS = 24 * 3_600_000

/**
 * Deletes for good what has lain in the trash for too long and never went out; what did stays with
 * its versions. Tells how many texts went; can be repeated, and stopped at any time.
 */
export async function removeTrash(payload: Payload, now: () => Date): Promise<number> {
  let removed = 0
  for await (const { collection, ids } of endedTrash(payload, now)) {
    for (const id of ids) await removeText(payload, collection, id)
    removed += ids.length
  }
  return removed
}

/** How many texts {@link removeTrash} would delete now. */
export async function countTrash(payload: Payload, now: () => Date): Promise<number> {
  let due = 0
  for await (const { ids } of endedTrash(payload, now)) due += ids.length
  return due
}

async function* endedTrash(payload: Payload, now: () => Date) {
  const before = new Date(now().getTime() - KEPT_TRASH_DAYS * DAY_MS).toISOString()
  for (const collection of CONTENT_COLLECTIONS) {
    for await (const ids of idsIn(payload, collection, { deletedAt: { less_than: before } })) {
      yield { collection, ids: await unreleased(payload, collection, ids) }
    }
  }
}

async function unreleased(
  payload: Payload,
  collection: ReviewedCollection,
  ids: readonly string[],
): Promise<string[]> {
  const req = await createLocalReq({}, payload)
  const released = await findNewestReleases(req, {
    where: { key: { in: ids.map((id) => releaseKey(collection, id)) } },
    fields: [],
    overrideAccess: true,
  })
  const kept = new Set(released.map(({ key }) => key))
  return ids.filter((id) => !kept.has(releaseKey(collection, id)))
}

async function removeText(payload: Payload, collection: ReviewedCollection, id: string) {
  const req = await createLocalReq({}, payload)
  await withRemovalReason(req, `ごみ箱に ${KEPT_TRASH_DAYS} 日あった`, () =>
    payload.delete({ collection, id, trash: true, depth: 0, overrideAccess: true, req }),
  )
}
