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
  const before = new Date(now().getTime() - KEPT_TRASH_DAYS * DAY_MS).toISOString()
  let removed = 0
  for (const collection of CONTENT_COLLECTIONS) {
    for await (const ids of idsIn(payload, collection, { deletedAt: { less_than: before } })) {
      removed += await removeUnreleased(payload, collection, ids)
    }
  }
  return removed
}

async function removeUnreleased(
  payload: Payload,
  collection: ReviewedCollection,
  ids: readonly string[],
): Promise<number> {
  const req = await createLocalReq({}, payload)
  const released = await findNewestReleases(req, {
    where: { key: { in: ids.map((id) => releaseKey(collection, id)) } },
    fields: [],
    overrideAccess: true,
  })
  const kept = new Set(released.map(({ key }) => key))
  const ended = ids.filter((id) => !kept.has(releaseKey(collection, id)))
  for (const id of ended) {
    const one = await createLocalReq({}, payload)
    await withRemovalReason(one, `ごみ箱に ${KEPT_TRASH_DAYS} 日あった`, () =>
      payload.delete({ collection, id, trash: true, depth: 0, overrideAccess: true, req: one }),
    )
  }
  return ended.length
}
