import type { ChannelName } from '../../src/plan/settings'
import { batchesOfRun } from './batchId'
import type { LedgerCollections } from './collections'
import type { DeliveryStatus } from './states'

/** Which deliveries of a run are looked for. */
interface OwnStatuses {
  run: string
  channel: ChannelName
  statuses: DeliveryStatus[]
}

/** Ids of a run's batches of a channel with deliveries that have one of these statuses of their own. */
export async function batchesWith(
  { batches, deliveries }: Pick<LedgerCollections, 'batches' | 'deliveries'>,
  { run, channel, statuses }: OwnStatuses,
): Promise<string[]> {
  const own = { batch: batchesOfRun(run), status: { $in: statuses } }
  const ids = await deliveries.distinct('batch', own)
  if (ids.length === 0) return []
  const ofChannel = { _id: { $in: ids }, channel }
  const found = await batches.find(ofChannel, { projection: { _id: 1 } }).toArray()
  return found.map(({ _id }) => _id)
}
