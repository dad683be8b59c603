import type { AnyBulkWriteOperation, Db, Filter } from 'mongodb'

import type { ExclusionReason } from '../../src/plan/reason'
import type { ChannelName } from '../../src/plan/settings'
import { DURABLE, ledgerCollections } from './collections'
import type { Batch, Delivery, StoredPayload } from './documents'
import { LostLeaseError, type Claim } from './runs'
import {
  deliveryStatusesBefore,
  OPEN_BATCH_STATES,
  type BatchState,
  type DeliveryStatus,
} from './states'

/** What is written about one delivery that its batch does not say. */
export interface DeliveryOutcome {
  id: string
  status: DeliveryStatus
  reason?: ExclusionReason
  code?: string
  notBefore?: Date
}

/** What is written about one batch. */
export interface BatchOutcome {
  id: string
  set: Partial<Pick<Batch, 'state' | 'reason' | 'notBefore' | 'left' | 'code'>>
}

/** Recipients of one page: what is checked together right before it is sent. */
const PAGE_RECIPIENTS = 1500

/** Batches of one page: their marks and outcomes are one write each. */
const PAGE_BATCHES = 250

/** The sender's reads and writes; each write of a claim filters on its epoch. */
export function createSendingStore({ db, now }: { db: Db; now: () => Date }) {
  const { batches, deliveries, exclusions, payloads, runs } = ledgerCollections(db)

  /** The next batches to send through the given channels: fresh, due again, or left by a crash. */
  const nextPage = async (claim: Claim, channels: ChannelName[]): Promise<Batch[]> => {
    const page: Batch[] = []
    let recipients = 0
    const found = batches.find(workable(claim, channels), { limit: PAGE_BATCHES, batchSize: 100 })
    for await (const batch of found) {
      page.push(batch)
      recipients += batch.recipients.length
      if (recipients >= PAGE_RECIPIENTS) break
    }
    return page
  }

  const workable = ({ run, epoch }: Claim, channels: ChannelName[]): Filter<Batch> => ({
    ...{ run: run._id, attempt: { $in: run.sealed }, channel: { $in: channels } },
    $or: [
      { state: 'planned' },
      { state: { $in: ['deferred', 'unsure'] }, notBefore: { $lte: now() } },
      { state: 'sending', epoch: { $lt: epoch } },
    ],
  })

  /** When a batch for these channels is next due, or null when none of them is open any more. */
  const nextDue = async ({ run }: Claim, channels: ChannelName[]): Promise<Date | null> => {
    const open = { run: run._id, attempt: { $in: run.sealed }, state: { $in: [...OPEN] } }
    const [first] = await batches
      .find({ ...open, channel: { $in: channels } })
      .sort({ notBefore: 1 })
      .limit(1)
      .toArray()
    return first ? (first.notBefore ?? now()) : null
  }

  /**
   * Marks a page as being sent, before its first byte: what is still as it was read.
   *
   * @returns ids of the marked batches; the others were closed or taken meanwhile.
   * @throws LostLeaseError when another worker has one of them.
   */
  const markSending = async (claim: Claim, page: MarkedBatch[]): Promise<Set<string>> => {
    if (page.length === 0) return new Set()
    const { matchedCount } = await batches.bulkWrite(marksOf(claim, page, now()), {
      ...{ ordered: false, ...DURABLE },
    })
    const all = page.map(({ batch }) => batch._id)
    return new Set(matchedCount === page.length ? all : await ownAmong(claim, all))
  }

  const ownAmong = async ({ epoch }: Claim, ids: string[]): Promise<string[]> => {
    const found = await batches.find({ _id: { $in: ids } }).toArray()
    if (found.some((batch) => batch.epoch > epoch)) {
      throw new LostLeaseError('A batch was taken by another worker')
    }
    const own = found.filter((batch) => batch.state === 'sending' && batch.epoch === epoch)
    return own.map(({ _id }) => _id)
  }

  /** Writes outcomes of batches; equal ones in one write. @throws LostLeaseError */
  const settle = async (claim: Claim, outcomes: BatchOutcome[]): Promise<void> => {
    const groups = new Map<string, { set: BatchOutcome['set']; ids: string[] }>()
    for (const { id, set } of outcomes) {
      const key = JSON.stringify(set)
      const group = groups.get(key) ?? { set, ids: [] }
      group.ids.push(id)
      groups.set(key, group)
    }
    const writes = [...groups.values()].map(({ set, ids }) => ({
      updateMany: {
        filter: { _id: { $in: ids }, epoch: { $lte: claim.epoch } },
        update: { $set: { ...set, epoch: claim.epoch } },
      },
    }))
    await writeOurs(writes, outcomes.length)
  }

  const writeOurs = async (writes: AnyBulkWriteOperation<Batch>[], expected: number) => {
    if (writes.length === 0) return
    const { matchedCount } = await batches.bulkWrite(writes, { ordered: false, ...DURABLE })
    if (matchedCount < expected) throw new LostLeaseError('A batch was taken by another worker')
  }

  /** Writes what differs from the batch's word, where the move is a legal one. */
  const settleDeliveries = async (claim: Claim, outcomes: DeliveryOutcome[]): Promise<void> => {
    if (outcomes.length === 0) return
    await deliveries.bulkWrite(outcomeWrites(claim, outcomes, now()), {
      ...{ ordered: false, ...DURABLE },
    })
  }

  /**
   * Writes the outcomes of mails and then marks the next ones as in flight, in one majority write.
   *
   * @returns the ids that are ours now; another worker has the others.
   */
  const settleAndMark = async (
    claim: Claim,
    outcomes: DeliveryOutcome[],
    ids: string[],
  ): Promise<string[]> => {
    const writes = outcomeWrites(claim, outcomes, now())
    if (ids.length > 0) {
      const filter = { _id: { $in: ids }, status: UNTOUCHED }
      const $set = { status: 'inFlight' as const, epoch: claim.epoch, at: now() }
      writes.push({ updateMany: { filter, update: { $set } } })
    }
    if (writes.length === 0) return []
    const { modifiedCount } = await deliveries.bulkWrite(writes, DURABLE)
    return modifiedCount === outcomes.length + ids.length ? ids : inFlightAmong(claim, ids)
  }

  const inFlightAmong = async ({ epoch }: Claim, ids: string[]): Promise<string[]> => {
    const ours = { _id: { $in: ids }, status: 'inFlight' as const, epoch }
    const found = await deliveries.find(ours, { projection: { _id: 1 } }).toArray()
    return found.map(({ _id }) => _id)
  }

  /** Own statuses of deliveries, to leave out those that are settled. */
  const statuses = async (ids: string[]): Promise<Map<string, Delivery>> => {
    const found = await deliveries.find({ _id: { $in: ids } }).toArray()
    return new Map(found.map((delivery) => [delivery._id, delivery]))
  }

  /** After a crash: mails that were in flight get the municipality's policy. */
  const recoverInFlight = async (claim: Claim, policy: 'at-most-once' | 'at-least-once') => {
    const left = { run: claim.run._id, status: 'inFlight' as const, epoch: { $lt: claim.epoch } }
    const status = policy === 'at-most-once' ? ('unknown' as const) : ('deferred' as const)
    const set = { status, code: 'crash', at: now() }
    const { modifiedCount } = await deliveries.updateMany(left, { $set: set }, DURABLE)
    return modifiedCount
  }

  /** Closes a channel's hours: what is not out by now never goes out. */
  const expire = async ({ run, epoch }: Claim, channel: ChannelName): Promise<number> => {
    const own = { run: run._id, channel, epoch: { $lte: epoch } }
    const set = (state: BatchState) => ({ $set: { state, epoch } })
    const expired = await batches.updateMany(
      { ...own, state: { $in: ['planned', 'deferred'] } },
      set('expired'),
      DURABLE,
    )
    const open = await batches.find({ ...own, state: { $in: ['sending', 'unsure'] } }).toArray()
    const unsure = open.filter((batch) => batch.channel === 'line').map(({ _id }) => _id)
    await batches.updateMany({ _id: { $in: unsure } }, set('unknown'), DURABLE)
    const mails = open.filter((batch) => batch.channel === 'mail')
    const ids = mails.flatMap(({ recipients }) => recipients)
    await deliveries.updateMany(
      { _id: { $in: ids }, status: UNTOUCHED },
      { $set: { status: 'expired', at: now(), epoch } },
      DURABLE,
    )
    await batches.updateMany({ _id: { $in: mails.map(({ _id }) => _id) } }, set('settled'), DURABLE)
    await deliveries.updateMany(
      { run: run._id, status: 'deferred', channel },
      { $set: { status: 'expired', at: now(), epoch } },
      DURABLE,
    )
    return expired.modifiedCount + open.length
  }

  /**
   * A child was lost whose twin was left out in its favour: the twin is a candidate again, and the
   * run is planned once more.
   */
  const freeTwins = async ({ run, epoch }: Claim, dropped: string[]): Promise<void> => {
    if (dropped.length === 0) return
    const twins = { run: run._id, reason: 'twin' as const, into: { $in: dropped } }
    const { deletedCount } = await exclusions.deleteMany(twins)
    if (deletedCount === 0) return
    await runs.updateOne({ _id: run._id, epoch }, { $set: { isAgain: true } }, DURABLE)
  }

  /** Whether a reader is in a LINE batch that may have been taken and is still to be repeated. */
  const isInUnsureBatch = async ({ run }: Claim, reader: string): Promise<boolean> => {
    const found = await batches.findOne({
      ...{ run: run._id, channel: 'line', state: { $in: ['sending', 'unsure'] } },
      recipients: { $elemMatch: { $gte: `${reader}:`, $lt: `${reader};` } },
    })
    return found !== null
  }

  /** The provider refuses a text: nobody else of this run is sent it. */
  const rejectPayload = async ({ run, epoch }: Claim, hash: string, code: string) => {
    await batches.updateMany(
      { run: run._id, payload: hash, state: { $in: ['planned', 'deferred'] } },
      { $set: { state: 'rejected', code, epoch } },
      DURABLE,
    )
  }

  const payload = (hash: string) => payloads.findOne({ _id: hash })

  /** Rendered texts by their hash. */
  const payloadsOf = async (hashes: string[]): Promise<Map<string, StoredPayload>> => {
    const found = await payloads.find({ _id: { $in: [...new Set(hashes)] } }).toArray()
    return new Map(found.map((one) => [one._id, one]))
  }
  return {
    ...{ nextPage, nextDue, markSending, settle, settleDeliveries, settleAndMark, statuses },
    ...{
      recoverInFlight,
      expire,
      freeTwins,
      rejectPayload,
      isInUnsureBatch,
      payload,
      payloads: payloadsOf,
    },
  }
}

/** The sender's store. */
export type SendingStore = ReturnType<typeof createSendingStore>

const OPEN = OPEN_BATCH_STATES

/** A batch as it was read, and the recipients that this attempt leaves out. */
interface MarkedBatch {
  batch: Pick<Batch, '_id' | 'state' | 'epoch' | 'firstTriedAt'>
  left: string[]
}

interface Read {
  as: Pick<Batch, 'state' | 'epoch'>
  firstTriedAt: Date
}

/** One write for all batches that were read in the same state, one each for those with leavers. */
function marksOf({ epoch }: Claim, page: MarkedBatch[], at: Date): AnyBulkWriteOperation<Batch>[] {
  const groups = new Map<string, Read & { ids: string[] }>()
  const set = (firstTriedAt: Date) => ({ state: 'sending' as const, epoch, firstTriedAt })
  const $inc = { tries: 1 }
  const writes: AnyBulkWriteOperation<Batch>[] = []
  for (const { batch, left } of page) {
    const { _id, firstTriedAt = at } = batch
    const as = { state: batch.state, epoch: batch.epoch }
    if (left.length > 0) {
      const $set = { ...set(firstTriedAt), left }
      writes.push({ updateOne: { filter: { _id, ...as }, update: { $set, $inc } } })
      continue
    }
    const key = `${as.state} ${as.epoch} ${firstTriedAt.getTime()}`
    const group = groups.get(key) ?? { as, firstTriedAt, ids: [] }
    group.ids.push(_id)
    groups.set(key, group)
  }
  for (const { as, firstTriedAt, ids } of groups.values()) {
    const filter = { _id: { $in: ids }, ...as }
    writes.push({ updateMany: { filter, update: { $set: set(firstTriedAt), $inc } } })
  }
  return writes
}

/** Equal outcomes in one write, each only where the move is a legal one. */
function outcomeWrites(
  { epoch }: Claim,
  outcomes: DeliveryOutcome[],
  at: Date,
): AnyBulkWriteOperation<Delivery>[] {
  const groups = new Map<string, { set: Omit<DeliveryOutcome, 'id'>; ids: string[] }>()
  for (const { id, ...set } of outcomes) {
    const key = JSON.stringify(set)
    const group = groups.get(key) ?? { set, ids: [] }
    group.ids.push(id)
    groups.set(key, group)
  }
  return [...groups.values()].map(({ set, ids }) => ({
    updateMany: {
      filter: { _id: { $in: ids }, status: storedBefore(set.status) },
      update: { $set: { ...set, at, epoch } },
    },
  }))
}

/** Mails that nobody has begun, or that were certainly not taken; `planned` is stored as none. */
const UNTOUCHED = { $in: [null, 'deferred'] } as unknown as Delivery['status']

/** Stored statuses from which a delivery may get the given one; `planned` is stored as none. */
function storedBefore(status: DeliveryStatus) {
  const before = deliveryStatusesBefore(status).map((one) => (one === 'planned' ? null : one))
  return { $in: before } as unknown as Delivery['status']
}
