import type { LedgerCollections } from './collections'
import type { Batch, Delivery } from './documents'

/** A delivery and the batch it is in. */
export interface BatchedDelivery {
  delivery: Delivery
  batch: Batch
}

/**
 * Expression for the ids of all deliveries of some pairs, whatever their slots: for what is looked
 * for within a few runs, since only a whole id is found by itself. *Pure.*
 */
export function ofPairs(pairs: readonly string[]): RegExp {
  const each = pairs.map((pair) => pair.replace(':', ':[^:]+:'))
  return new RegExp(`^(?:${each.join('|') || '(?!)'})$`)
}

/** The deliveries of some pairs in these runs. */
export async function findOfPairs(
  { batches, deliveries }: Pick<LedgerCollections, 'batches' | 'deliveries'>,
  pairs: readonly string[],
  runs: readonly string[],
): Promise<BatchedDelivery[]> {
  const own = ofPairs(pairs)
  const frozen = await batches.find({ run: { $in: [...runs] }, recipients: own }).toArray()
  const batchById = new Map(frozen.map((batch) => [batch._id, batch]))
  const ids = frozen.flatMap(({ recipients }) => recipients.filter((id) => own.test(id)))
  const found = await deliveries.find({ _id: { $in: ids } }).toArray()
  return found.flatMap((delivery) => {
    const batch = batchById.get(delivery.batch)
    return batch ? [{ delivery, batch }] : []
  })
}
