import { forEachAtOnce } from '../concurrency/limiter'
import type { Batch, Delivery, Exclusion } from '../ledger/documents'
import { batchSlices } from '../ledger/slices'
import type { NewExclusion, PlannedChunk } from './planChunk'
import type { Planning } from './planning'

/** Writes a chunk; its full batches come last. */
export async function writeChunk(planning: Planning, chunk: PlannedChunk): Promise<void> {
  const { sink, input } = planning
  const { payloads, exclusions, batches, withdrawn } = chunk
  await sink.freeWithdrawn(input.run, withdrawn)
  await Promise.all([
    sink.addPayloads(payloads, input.run.date),
    writeExclusions(planning, exclusions),
    writeBatches(planning, batches),
  ])
}

/** Deliveries that are written together, with the batches they are in. */
const WRITE_CHUNK = 4000

/** Such writes that are under way at once: while one waits for the disk, the next is made ready. */
export const WRITES_AT_ONCE = 3

/** Writes batches, each before its deliveries, and counts them. */
export function writeBatches(planning: Planning, batches: Batch[]): Promise<void> {
  const slices = batchSlices(batches, WRITE_CHUNK)
  return forEachAtOnce(slices, WRITES_AT_ONCE, (slice) => writeSlice(planning, slice))
}

/** What turns out to be elsewhere in the ledger leaves its batch again, and is accounted for. */
async function writeSlice(planning: Planning, batches: Batch[]): Promise<void> {
  const { sink, input, tally } = planning
  const { run } = input
  await sink.addBatches(batches)
  const taken = await addDeliveries(planning, batches.flatMap(deliveriesOf))
  if (taken.size > 0) await leaveOut(planning, batches, taken)
  if (run.sealed.length > 0) {
    // what this run left out in an earlier planning and delivers now
    const delivered = batches.flatMap(({ recipients }) => recipients)
    await sink.replaceExclusions(run, delivered)
  }
  for (const { channel, recipients, leftOut = 0 } of batches) {
    tally.deliveries += recipients.length
    if (leftOut > 0) tally.leftOut += recipients.length
    if (recipients.length === 0) continue
    tally.batches += 1
    tally.calls += channel === 'line' ? 1 : recipients.length
  }
}

/**
 * Adds deliveries; one that is there already because its text was withdrawn before it went out is
 * given back first. Answers the ids that stay where they are.
 */
async function addDeliveries(
  { sink, store, input: { run } }: Planning,
  deliveries: Delivery[],
): Promise<ReadonlySet<string>> {
  const taken = await sink.addDeliveries(run, deliveries)
  if (taken.length === 0) return new Set()
  const { withdrawn } = await store.findExisting(taken, run)
  const back = new Set(withdrawn.map(({ _id }) => _id))
  if (back.size === 0) return new Set(taken)
  await sink.freeWithdrawn(run, [...back])
  const again = deliveries.filter(({ _id }) => back.has(_id))
  const others = taken.filter((id) => !back.has(id))
  return new Set([...others, ...(await sink.addDeliveries(run, again))])
}

function deliveriesOf({ _id: batch, recipients }: Batch): Delivery[] {
  return recipients.map((_id) => ({ _id, batch }))
}

async function leaveOut(
  planning: Planning,
  batches: Batch[],
  taken: ReadonlySet<string>,
): Promise<void> {
  const gone = new Map<string, string[]>()
  for (const batch of batches) {
    const out = batch.recipients.filter((id) => taken.has(id))
    if (out.length === 0) continue
    gone.set(batch._id, out)
    batch.recipients = batch.recipients.filter((id) => !taken.has(id))
  }
  await planning.sink.takeOut(gone)
  await writeExclusions(
    planning,
    [...taken].map((id) => ({ id, reason: 'alreadyDelivered' as const })),
  )
}

async function writeExclusions(planning: Planning, exclusions: NewExclusion[]): Promise<void> {
  const { sink, tally, input } = planning
  for (const { reason } of exclusions) {
    tally.exclusions[reason] = (tally.exclusions[reason] ?? 0) + 1
  }
  await sink.addExclusions(exclusions.map((one) => toDocument(one, input.run)))
}

function toDocument(
  { id, reason, into }: NewExclusion,
  { _id: run, date, attempts: attempt }: Planning['input']['run'],
): Exclusion {
  const covered = into === undefined ? {} : { into, covers: id }
  return { _id: `${run}|${id}`, run, date, delivery: id, attempt, reason, ...covered }
}
