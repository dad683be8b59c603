import type { AnyBulkWriteOperation, ClientSession, Db } from 'mongodb'

import { parseDeliveryId } from '../../src/plan/candidate'
import type { ExclusionReason } from '../../src/plan/reason'
import { inTransaction } from '../database/transaction'
import { ledgerCollections, welcomeNotes, type Ledger } from './collections'
import type { Batch } from './documents'
import { batchMove, ForbiddenMoveError } from './moves'
import { outcomeWrites, type BatchOutcome, type DeliveryOutcome } from './outcomes'
import { createPairNames } from './pairNames'
import { LostLeaseError, type Claim } from './runs'
import { sendingMarks, type SendingMark } from './sendingMarks'

/** A batch that ends at the last second, or goes out without some of its recipients. */
export interface LastSecondDrop extends SendingMark {
  /** What is written about those who are left out now. */
  dropped: DeliveryOutcome[]
  /** What the batch ends with; absent when it goes out to the others. */
  end?: BatchOutcome['set']
}

/**
 * The writes of the last-second check. Who is left out, and that their batch goes without them, is
 * one transaction: nobody can be recorded as excluded and then be sent to by whoever takes over.
 */
export function createLastSecondDrops(options: { db: Db; now: () => Date }) {
  const ledger = { ...options, ...ledgerCollections(options.db) }
  return {
    /**
     * Ends batches and marks others as being sent without those who are left out; what is not as it
     * was read any more is left alone, with its people.
     *
     * @returns ids of the batches that are marked as being sent.
     * @throws LostLeaseError when another worker has one of them, or the run; ForbiddenMoveError
     * when a batch may not end that way.
     */
    leaveOut: (claim: Claim, drops: LastSecondDrop[]): Promise<Set<string>> =>
      leaveOut(ledger, claim, drops),
  }
}

async function leaveOut(
  ledger: Ledger,
  claim: Claim,
  drops: LastSecondDrop[],
): Promise<Set<string>> {
  if (drops.length === 0) return new Set()
  return inTransaction(ledger.db, async (session) => {
    const step = { ledger, claim, session }
    const own = await stillAsRead(step, drops)
    const dropped = own.flatMap((one) => one.dropped)
    await writeBatches(step, own)
    await writeDropped(step, dropped)
    await noteMoved(step, dropped)
    const isFreed = await areTwinsFreed(step, dropped)
    if (isFreed || dropped.some(({ reason }) => reason === 'regrouped')) await planAgain(step)
    return new Set(own.filter(({ end }) => !end).map(({ batch }) => batch._id))
  })
}

/** What every step of the transaction needs. */
interface Step {
  ledger: Ledger
  claim: Claim
  session: ClientSession
}

async function stillAsRead(
  { ledger: { batches }, claim: { epoch }, session }: Step,
  drops: LastSecondDrop[],
): Promise<LastSecondDrop[]> {
  const ids = drops.map(({ batch }) => batch._id)
  const projection = { state: 1, epoch: 1 } as const
  const found = await batches.find({ _id: { $in: ids } }, { projection, session }).toArray()
  if (found.some((batch) => batch.epoch > epoch)) {
    throw new LostLeaseError('A batch was taken by another worker')
  }
  const stored = new Map(found.map((batch) => [batch._id, `${batch.state} ${batch.epoch}`]))
  return drops.filter(({ batch }) => stored.get(batch._id) === `${batch.state} ${batch.epoch}`)
}

async function writeBatches({ ledger, claim, session }: Step, own: LastSecondDrop[]) {
  const writes: AnyBulkWriteOperation<Batch>[] = own.flatMap(({ batch: { _id }, end }) =>
    end ? [{ updateOne: batchMove({ _id }, { ...end, epoch: claim.epoch }) }] : [],
  )
  const going = own.filter(({ end }) => !end)
  writes.push(...sendingMarks(claim, going, ledger.now()))
  if (writes.length === 0) return
  const { matchedCount } = await ledger.batches.bulkWrite(writes, { session })
  // the transaction has just read them, so only a forbidden move can have missed one
  if (matchedCount < own.length) throw new ForbiddenMoveError('A batch cannot end like this')
}

/** Why a text that speaks of twins may be left out. */
const ofTwins: ReadonlySet<unknown> = new Set<ExclusionReason>(['stopped', 'regrouped'])

async function writeDropped({ ledger, claim, session }: Step, dropped: DeliveryOutcome[]) {
  if (dropped.length === 0) return
  await ledger.deliveries.bulkWrite(outcomeWrites(claim, dropped, ledger.now()), { session })
}

/**
 * Who has another channel since gets the text by a run of their own, at once: the hours of the new
 * channel may be over before the old one's begin.
 */
async function noteMoved({ ledger: { db, now }, session }: Step, dropped: DeliveryOutcome[]) {
  const moved = dropped.filter(({ reason }) => reason === 'moved')
  if (moved.length === 0) return
  const pairs = await createPairNames(db).byId(moved.map(({ id }) => parseDeliveryId(id).pair))
  const ids = new Set([...pairs.values()].map(({ reader }) => reader))
  const notes = [...(await asTheyAreNow(db, ids))].map((_id) => ({
    updateOne: {
      filter: { _id },
      update: { $setOnInsert: { requestedAt: now(), hasNoGreeting: true as const } },
      upsert: true,
    },
  }))
  await welcomeNotes(db).bulkWrite(notes, { session })
}

/** Who has become another registration of theirs is that one. */
async function asTheyAreNow(db: Db, ids: ReadonlySet<string>): Promise<ReadonlySet<string>> {
  const readers = db.collection<{ _id: string; joinedTo?: string }>('readers')
  const joined = await readers
    .find({ _id: { $in: [...ids] }, joinedTo: { $exists: true } }, { projection: { joinedTo: 1 } })
    .toArray()
  const nowOf = new Map(joined.map(({ _id, joinedTo = _id }) => [_id, joinedTo]))
  return new Set([...ids].map((id) => nowOf.get(id) ?? id))
}

/**
 * A child was lost whose twin was left out in its favour, or the twin was of whom the text speaks:
 * who is left is a candidate again.
 */
async function areTwinsFreed({ ledger, claim, session }: Step, dropped: DeliveryOutcome[]) {
  const lost = dropped.filter(({ reason }) => ofTwins.has(reason)).map(({ id }) => id)
  if (lost.length === 0) return false
  const twins = { run: claim.run._id, reason: 'twin' as const, into: { $in: lost } }
  const { deletedCount } = await ledger.exclusions.deleteMany(twins, { session })
  return deletedCount > 0
}

/** Who is left out with a text that is not right any more gets the one that is. */
async function planAgain({ ledger, claim: { run, epoch }, session }: Step) {
  const again = { $set: { isAgain: true } }
  const { matchedCount } = await ledger.runs.updateOne({ _id: run._id, epoch }, again, { session })
  if (matchedCount === 0) throw new LostLeaseError('The run was claimed by another worker')
}
