import { randomUUID } from 'node:crypto'

import type { Db } from 'mongodb'

import { withTimeout } from '../concurrency/withTimeout'
import { ledgerCollections } from '../ledger/collections'

/** How often a worker that lives signs. */
const SIGN_EVERY_MS = 15_000
/** One that has not signed for so long is gone. */
const GONE_AFTER_MS = 60_000
/** A sign that takes longer is not waited for. */
const SIGN_TIMEOUT_MS = 10_000
/** Signs of workers that were killed are no use any more after this. */
const FORGOTTEN_AFTER_MS = 24 * 3600_000

/**
 * One worker's own sign of life: whoever wants to change the database under it asks who lives, and
 * one that has ended cleanly is not waited for.
 */
export function createWorkerSign({ db, now }: { db: Db; now: () => Date }) {
  const { workers } = ledgerCollections(db)
  const _id = randomUUID()
  let signedAt = -Infinity
  return {
    /** Signs, where the last time is a while ago. */
    give: async (): Promise<void> => {
      const at = now()
      if (at.getTime() - signedAt < SIGN_EVERY_MS) return
      await workers.updateOne({ _id }, { $set: { at } }, { upsert: true })
      signedAt = at.getTime()
    },
    /** Nothing more comes from this worker. */
    takeAway: async (): Promise<void> => {
      const forgotten = { at: { $lt: new Date(now().getTime() - FORGOTTEN_AFTER_MS) } }
      await workers.deleteMany({ $or: [{ _id }, forgotten] })
    },
  }
}

/** The web side's sign of life, whichever of its processes gives it; a database that is away hears none. */
export async function signWeb({ db, now }: { db: Db; now: () => Date }): Promise<void> {
  const { heartbeats } = ledgerCollections(db)
  const signed = heartbeats.updateOne({ _id: 'web' }, { $set: { at: now() } }, { upsert: true })
  await withTimeout(signed, SIGN_TIMEOUT_MS, 'SIGN_TIMEOUT').catch(() => undefined)
}

/** How many workers live: those that have signed within the last minute. */
export function countLiving({ db, now }: { db: Db; now: () => Date }): Promise<number> {
  const since = new Date(now().getTime() - GONE_AFTER_MS)
  return ledgerCollections(db).workers.countDocuments({ at: { $gt: since } })
}
