import { parseDeliveryId } from '../../src/plan/candidate'
import type { PlannedExclusion } from '../../src/plan/reader'
import type { Batch, Delivery, Exclusion } from '../ledger/documents'
import type { PlannedChunk } from './chunk'
import type { Work } from './work'

/** Writes a chunk; its full batches come last, without what turned out to exist elsewhere. */
export async function writeChunk(work: Work, planned: PlannedChunk): Promise<void> {
  const { batcher, sink, input, tally } = work
  const { payloads, deliveries, exclusions, batches, withdrawn } = planned
  await sink.freeWithdrawn(input.run, withdrawn)
  const [taken] = await Promise.all([
    sink.addDeliveries(input.run, deliveries),
    sink.addPayloads(payloads),
  ])
  exclusions.push(...taken.map(takenElsewhere))
  batcher.remove(taken, batches)
  tally.deliveries += deliveries.length - taken.length
  const elsewhere = new Set(taken)
  tally.leftOut += deliveries.filter(({ _id, leftOut }) => leftOut && !elsewhere.has(_id)).length
  for (const { reason } of exclusions) {
    tally.exclusions[reason] = (tally.exclusions[reason] ?? 0) + 1
  }
  await Promise.all([
    sink.addExclusions(exclusions.map((one) => toDocument(one, work))),
    replaceOldExclusions(work, deliveries),
    writeBatches(work, batches),
  ])
}

/** What this run left out in an earlier planning and delivers now. */
async function replaceOldExclusions({ sink, input }: Work, deliveries: Delivery[]) {
  if (input.run.sealed.length === 0) return
  await sink.replaceExclusions(
    input.run,
    deliveries.map(({ _id }) => _id),
  )
}

function takenElsewhere(id: string): PlannedExclusion {
  return { id, ...parseDeliveryId(id), reason: 'alreadyDelivered' }
}

/** Writes batches, and counts them. */
export async function writeBatches({ sink, tally }: Work, planned: Batch[]) {
  const batches = planned.filter(({ recipients }) => recipients.length > 0)
  await sink.addBatches(batches)
  tally.batches += batches.length
  for (const { channel, recipients } of batches) {
    tally.calls += channel === 'line' ? 1 : recipients.length
  }
}

function toDocument({ id, reason, into }: PlannedExclusion, { input }: Work): Exclusion {
  const { _id: run, date, attempts: attempt } = input.run
  const standing = into === undefined ? {} : { into, covers: id }
  return { _id: `${run}|${id}`, run, date, delivery: id, attempt, reason, ...standing }
}
