import type { Db, Filter } from 'mongodb'

import type { ExclusionReason } from '../../src/plan/reason'
import type { ChannelName } from '../../src/plan/settings'
import { untilKnown } from '../database/untilKnown'
import { DURABLE, ledgerCollections, type Ledger } from './collections'
import type { Batch, Delivery } from './documents'
import { batchesWith } from './ownStatuses'
import { batchMove, deliveryMove } from './moves'
import type { Claim } from './runs'
import { CRASH, OPEN_BATCH_STATES, RESTORED, type BatchState } from './states'

/** The writes that end what is still open of a run. */
export function createClosing(options: { db: Db; now: () => Date }) {
  const ledger = { ...options, ...ledgerCollections(options.db) }
  return {
    /**
     * Closes a channel's hours: what is not out by now never goes out, for a reason if there is
     * one. Tells how many batches ended.
     */
    expire: (claim: Claim, channel: ChannelName, reason?: ExclusionReason): Promise<number> =>
      expire(ledger, { claim, channel, why: reason ? { reason } : {} }),
    /**
     * Ends all that is open of a run that a lost ledger may have sent: it is unknown, and never sent
     * by this one. Tells how many batches ended.
     */
    writeOff: (claim: Claim): Promise<number> => writeOff(ledger, claim),
    /** What waits for its provider may be tried as soon as the run is taken up again. */
    endWaits: (claim: Claim): Promise<void> => endWaits(ledger, claim),
    /** The provider refuses a text: nobody else of this run is sent it. */
    rejectPayload: (claim: Claim, hash: string, code: string): Promise<void> =>
      rejectPayload(ledger, claim, { hash, code }),
  }
}

/** A channel of a claimed run whose hours are over. */
interface Closing {
  claim: Claim
  channel: ChannelName
  why: { reason?: ExclusionReason }
}

async function expire(ledger: Ledger, closing: Closing): Promise<number> {
  const { batches } = ledger
  const { epoch } = closing.claim
  const { modifiedCount } = await expireNotBegun(ledger, closing)
  const begun = await batches.find({ ...ownOf(closing), state: BEGUN }).toArray()
  const unsure = begun.filter(({ channel }) => channel === 'line')
  const giveUp = batchMove({ _id: { $in: unsure.map(idOf) } }, { state: 'unknown', epoch })
  await untilKnown(() => batches.updateMany(giveUp.filter, giveUp.update, DURABLE))
  const mails = begun.filter(({ channel }) => channel === 'mail')
  await expireMails(
    ledger,
    closing,
    mails.flatMap(({ recipients }) => recipients),
  )
  const settle = batchMove({ _id: { $in: mails.map(idOf) } }, { state: 'settled', epoch })
  await untilKnown(() => batches.updateMany(settle.filter, settle.update, DURABLE))
  await expireDeferred(ledger, closing)
  return modifiedCount + begun.length
}

const NOT_BEGUN: { $in: BatchState[] } = { $in: ['planned', 'deferred'] }
const BEGUN: { $in: BatchState[] } = { $in: ['sending', 'unsure'] }

/** What no later claim has touched. */
function ownOf({ claim: { run, epoch }, channel }: Closing) {
  return { run: run._id, channel, epoch: { $lte: epoch } }
}

function expireNotBegun({ batches }: Ledger, closing: Closing) {
  const { epoch } = closing.claim
  const { filter, update } = batchMove(
    { ...ownOf(closing), state: NOT_BEGUN },
    { state: 'expired', epoch, ...closing.why },
  )
  return untilKnown(() => batches.updateMany(filter, update, DURABLE))
}

/** Mails of begun batches that were not handed over, or certainly not taken. */
async function expireMails(ledger: Ledger, closing: Closing, ids: string[]) {
  const { deliveries, now } = ledger
  const { epoch } = closing.claim
  await giveUpOn(ledger, closing, { _id: { $in: ids } })
  const { filter, update } = deliveryMove(
    { _id: { $in: ids } },
    { status: 'expired', at: now(), epoch, ...closing.why },
  )
  await untilKnown(() => deliveries.updateMany(filter, update, DURABLE))
}

/** What was in flight in a crash and was to be sent once more: it is not known whether it has come. */
async function giveUpOn({ deliveries, now }: Ledger, { claim }: Closing, which: Filter<Delivery>) {
  const { filter, update } = deliveryMove(
    { ...which, status: 'deferred', code: CRASH },
    { status: 'unknown', at: now(), epoch: claim.epoch },
  )
  await untilKnown(() => deliveries.updateMany(filter, update, DURABLE))
}

async function expireDeferred(ledger: Ledger, closing: Closing) {
  const { deliveries, now } = ledger
  const { claim, channel, why } = closing
  const own = await batchesWith(ledger, { run: claim.run._id, channel, statuses: ['deferred'] })
  await giveUpOn(ledger, closing, { batch: { $in: own } })
  const { filter, update } = deliveryMove(
    { batch: { $in: own }, status: 'deferred' },
    { status: 'expired', at: now(), epoch: claim.epoch, ...why },
  )
  await untilKnown(() => deliveries.updateMany(filter, update, DURABLE))
}

async function writeOff(ledger: Ledger, { run, epoch }: Claim): Promise<number> {
  const { batches, deliveries, now } = ledger
  const ofRun = { run: run._id, attempt: { $in: run.sealed }, epoch: { $lte: epoch } }
  const open = { ...ofRun, state: { $in: [...OPEN_BATCH_STATES] } }
  const line = batchMove({ ...open, channel: 'line' }, { state: 'unknown', code: RESTORED, epoch })
  const { modifiedCount } = await untilKnown(() =>
    batches.updateMany(line.filter, line.update, DURABLE),
  )
  const mails = batches.find({ ...open, channel: 'mail' })
  let ended = modifiedCount
  for await (const { _id, recipients } of mails) {
    const own = { status: 'unknown' as const, code: RESTORED, at: now(), epoch }
    const mail = deliveryMove({ _id: { $in: recipients }, batch: _id }, own)
    await untilKnown(() => deliveries.updateMany(mail.filter, mail.update, DURABLE))
    const settled = batchMove({ _id, epoch: { $lte: epoch } }, { state: 'settled', epoch })
    await untilKnown(() => batches.updateOne(settled.filter, settled.update, DURABLE))
    ended += 1
  }
  return ended
}

async function endWaits({ batches, now }: Ledger, { run, epoch }: Claim): Promise<void> {
  const waiting = { run: run._id, state: 'deferred' as const, epoch: { $lte: epoch } }
  const set = { $set: { notBefore: now() } }
  await untilKnown(() => batches.updateMany(waiting, set, DURABLE))
}

async function rejectPayload(
  { batches }: Ledger,
  { run, epoch }: Claim,
  { hash, code }: { hash: string; code: string },
) {
  const { filter, update } = batchMove(
    { run: run._id, payload: hash, state: NOT_BEGUN },
    { state: 'rejected', code, epoch },
  )
  await untilKnown(() => batches.updateMany(filter, update, DURABLE))
}

function idOf({ _id }: Batch): string {
  return _id
}
