import { parseDeliveryId } from '../../src/plan/candidate'
import type { PlannedExclusion } from '../../src/plan/reader'
import type { Batch, Delivery, Exclusion } from '../ledger/documents'
import type { PlannedChunk } from './planChunk'
import type { Planning } from './planning'

/** Writes a chunk; its full batches come last, without what turned out to exist elsewhere. */
export async function writeChunk(planning: Planning, chunk: PlannedChunk): Promise<void> {
  const { batcher, sink, input } = planning
  const { payloads, deliveries, batches, withdrawn } = chunk
  await sink.freeWithdrawn(input.run, withdrawn)
  const [taken] = await Promise.all([
    sink.addDeliveries(input.run, deliveries),
    sink.addPayloads(payloads),
  ])
  const exclusions = [...chunk.exclusions, ...taken.map(takenElsewhere)]
  batcher.remove(taken, batches)
  countWritten(planning, { deliveries, taken, exclusions })
  await Promise.all([
    sink.addExclusions(exclusions.map((one) => toDocument(one, planning))),
    replaceOldExclusions(planning, deliveries),
    writeBatches(planning, batches),
  ])
}

interface Written {
  deliveries: Delivery[]
  /** Ids of those that exist elsewhere already. */
  taken: string[]
  exclusions: PlannedExclusion[]
}

function countWritten({ tally }: Planning, { deliveries, taken, exclusions }: Written) {
  const elsewhere = new Set(taken)
  tally.deliveries += deliveries.length - taken.length
  tally.leftOut += deliveries.filter(({ _id, leftOut }) => leftOut && !elsewhere.has(_id)).length
  for (const { reason } of exclusions) {
    tally.exclusions[reason] = (tally.exclusions[reason] ?? 0) + 1
  }
}

/** What this run left out in an earlier planning and delivers now. */
async function replaceOldExclusions({ sink, input }: Planning, deliveries: Delivery[]) {
  if (input.run.sealed.length === 0) return
  const ids = deliveries.map(({ _id }) => _id)
  await sink.replaceExclusions(input.run, ids)
}

function takenElsewhere(id: string): PlannedExclusion {
  return { id, ...parseDeliveryId(id), reason: 'alreadyDelivered' }
}

/** Writes batches, and counts them. */
export async function writeBatches({ sink, tally }: Planning, planned: Batch[]) {
  const batches = planned.filter(({ recipients }) => recipients.length > 0)
  await sink.addBatches(batches)
  tally.batches += batches.length
  for (const { channel, recipients } of batches) {
    tally.calls += channel === 'line' ? 1 : recipients.length
  }
}

function toDocument({ id, reason, into }: PlannedExclusion, { input }: Planning): Exclusion {
  const { _id: run, date, attempts: attempt } = input.run
  const covered = into === undefined ? {} : { into, covers: id }
  return { _id: `${run}|${id}`, run, date, delivery: id, attempt, reason, ...covered }
}
