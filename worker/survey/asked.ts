import type { Db } from 'mongodb'

import { deliveryId, parsePairId } from '../../src/plan/candidate'
import { surveySlot } from '../../src/plan/notice'
import { chunksOf } from '../database/chunksOf'
import { idsWithin } from '../database/idsWithin'
import { ledgerCollections } from '../ledger/collections'
import { mayHaveGone, statusOf } from '../ledger/states'
import { createPairNames } from '../ledger/pairNames'

interface OfTown {
  survey: string
  municipality: string
}

/**
 * Whether a text that asks a survey was planned for a reader: what stands in an address is no proof.
 */
export async function wasAsked(
  db: Db,
  { survey, municipality, reader }: OfTown & { reader: string },
): Promise<boolean> {
  const pairs = await createPairNames(db).ofReaders([reader])
  const ids = pairs
    .filter(({ _id }) => parsePairId(_id).municipality === municipality)
    .map(({ _id }) => deliveryId(_id, surveySlot(survey)))
  const { deliveries } = ledgerCollections(db)
  return (await deliveries.countDocuments({ _id: { $in: ids } }, { limit: 1 })) > 0
}

/** Deliveries that are looked at together. */
const COUNTED_AT_ONCE = 1000

/** How many readers of a municipality were sent a survey, on whichever days: each is asked once. */
export async function countAsked(db: Db, { survey, municipality }: OfTown): Promise<number> {
  const { batches, deliveries } = ledgerCollections(db)
  const asked = deliveries.find({ _id: idsWithin(`${municipality}:${surveySlot(survey)}`) })
  let count = 0
  for await (const chunk of chunksOf(asked, COUNTED_AT_ONCE)) {
    const ids = [...new Set(chunk.map(({ batch }) => batch))]
    const found = await batches.find({ _id: { $in: ids } }).toArray()
    const batchById = new Map(found.map((batch) => [batch._id, batch]))
    count += chunk.filter((one) => {
      const batch = batchById.get(one.batch)
      return batch !== undefined && mayHaveGone(statusOf(one, batch).status)
    }).length
  }
  return count
}
