import type { Db } from 'mongodb'

import { idsWithin } from '../database/idsWithin'
import { parseDeliveryId } from '../../src/plan/candidate'
import { chunksOf } from '../database/chunksOf'
import { ledgerCollections } from './collections'
import type { Batch } from './documents'
import { mayHaveGone, statusOf } from './states'

/**
 * The pairs of a municipality that got what stands at a slot, or may have: of an alert, whom its
 * correction goes to.
 */
export function createReached(db: Db) {
  const { deliveries, batches } = ledgerCollections(db)
  return async (municipality: string, slot: string): Promise<string[]> => {
    const found = deliveries.find({ _id: idsWithin(`${municipality}:${slot}`) })
    const known = new Map<string, Batch>()
    const reached: string[] = []
    for await (const chunk of chunksOf(found, READ_AT_ONCE)) {
      const missing = [...new Set(chunk.map(({ batch }) => batch))].filter((id) => !known.has(id))
      for await (const batch of batches.find({ _id: { $in: missing } })) {
        known.set(batch._id, batch)
      }
      for (const delivery of chunk) {
        const batch = known.get(delivery.batch)
        if (batch && mayHaveGone(statusOf(delivery, batch).status)) {
          reached.push(parseDeliveryId(delivery._id).pair)
        }
      }
    }
    return reached
  }
}

const READ_AT_ONCE = 1000
