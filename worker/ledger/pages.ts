import type { Db, Filter } from 'mongodb'

import type { ChannelName } from '../../src/plan/settings'
import { ledgerCollections } from './collections'
import type { Batch, Delivery, StoredPayload } from './documents'
import type { Claim } from './runs'
import { batchesWith } from './ownStatuses'
import { ofPairs } from './ofPairs'
import { createPairNames } from './pairNames'
import { OPEN_BATCH_STATES } from './states'

/** Recipients of one page: what is checked together right before it is sent. */
const PAGE_RECIPIENTS = 1500

/** Batches of one page: their marks and outcomes are one write each. */
const PAGE_BATCHES = 250

/** What was taken, or may have been. */
const TAKEN = ['accepted', 'unknown'] as const

/** What the sender reads of a claimed run. */
export function createPageReads({ db, now }: { db: Db; now: () => Date }) {
  const ledger = ledgerCollections(db)
  const { batches, deliveries, payloads } = ledger

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
    run: run._id,
    attempt: { $in: run.sealed },
    channel: { $in: channels },
    $or: [
      { state: 'planned', notBefore: null },
      { state: { $in: ['planned', 'deferred', 'unsure'] }, notBefore: { $lte: now() } },
      { state: 'sending', epoch: { $lt: epoch } },
    ],
  })

  /** When a batch for these channels is next due, or null when none of them is open any more. */
  const nextDue = async ({ run }: Claim, channels: ChannelName[]): Promise<Date | null> => {
    const open = {
      run: run._id,
      attempt: { $in: run.sealed },
      state: { $in: [...OPEN_BATCH_STATES] },
    }
    const [first] = await batches
      .find({ ...open, channel: { $in: channels } })
      .sort({ notBefore: 1 })
      .limit(1)
      .toArray()
    return first ? (first.notBefore ?? now()) : null
  }

  /** Own statuses of deliveries, to leave out those that are settled. */
  const statuses = async (ids: string[]): Promise<Map<string, Delivery>> => {
    const found = await deliveries.find({ _id: { $in: ids } }).toArray()
    return new Map(found.map((delivery) => [delivery._id, delivery]))
  }

  /** Whether a reader is in a LINE batch that may have been taken and is still to be repeated. */
  const isInUnsureBatch = async ({ run }: Claim, reader: string): Promise<boolean> => {
    const pairs = await createPairNames(db).ofReaders([reader])
    const found = await batches.findOne({
      run: run._id,
      channel: 'line',
      state: { $in: ['sending', 'unsure'] },
      recipients: ofPairs(pairs.map(({ _id }) => _id)),
    })
    return found !== null
  }

  /** Whether somebody of the run was taken on a channel, or may have been. */
  const hasAccepted = async ({ run }: Claim, channel: ChannelName): Promise<boolean> => {
    const own = { run: run._id, channel }
    const taken = { ...own, state: { $in: [...TAKEN] } }
    if (await batches.findOne(taken, { projection: { _id: 1 } })) return true
    const statuses = [...TAKEN]
    return (await batchesWith(ledger, { ...own, statuses })).length > 0
  }

  const payload = (hash: string) => payloads.findOne({ _id: hash })

  /** Rendered texts by their hash. */
  const payloadsOf = async (hashes: string[]): Promise<Map<string, StoredPayload>> => {
    const found = await payloads.find({ _id: { $in: [...new Set(hashes)] } }).toArray()
    return new Map(found.map((one) => [one._id, one]))
  }
  return {
    nextPage,
    nextDue,
    statuses,
    isInUnsureBatch,
    hasAccepted,
    payload,
    payloads: payloadsOf,
  }
}
