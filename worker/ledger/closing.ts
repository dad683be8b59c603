import type { Db } from 'mongodb'

import type { ExclusionReason } from '../../src/plan/reason'
import type { ChannelName } from '../../src/plan/settings'
import { DURABLE, ledgerCollections } from './collections'
import { UNTOUCHED } from './outcomes'
import type { Claim } from './runs'
import type { BatchState } from './states'

/** The writes that end what is still open of a run. */
export function createClosing({ db, now }: { db: Db; now: () => Date }) {
  const { batches, deliveries } = ledgerCollections(db)

  /**
   * Closes a channel's hours: what is not out by now never goes out, for a reason if there is one.
   */
  const expire = async (
    { run, epoch }: Claim,
    channel: ChannelName,
    reason?: ExclusionReason,
  ): Promise<number> => {
    const own = { run: run._id, channel, epoch: { $lte: epoch } }
    const set = (state: BatchState) => ({ $set: { state, epoch } })
    const why = reason ? { reason } : {}
    const expired = await batches.updateMany(
      { ...own, state: { $in: ['planned', 'deferred'] } },
      { $set: { state: 'expired', epoch, ...why } },
      DURABLE,
    )
    const open = await batches.find({ ...own, state: { $in: ['sending', 'unsure'] } }).toArray()
    const unsure = open.filter((batch) => batch.channel === 'line').map(({ _id }) => _id)
    await batches.updateMany({ _id: { $in: unsure } }, set('unknown'), DURABLE)
    const mails = open.filter((batch) => batch.channel === 'mail')
    const ids = mails.flatMap(({ recipients }) => recipients)
    await deliveries.updateMany(
      { _id: { $in: ids }, status: UNTOUCHED },
      { $set: { status: 'expired', at: now(), epoch, ...why } },
      DURABLE,
    )
    await batches.updateMany({ _id: { $in: mails.map(({ _id }) => _id) } }, set('settled'), DURABLE)
    await deliveries.updateMany(
      { run: run._id, status: 'deferred', channel },
      { $set: { status: 'expired', at: now(), epoch, ...why } },
      DURABLE,
    )
    return expired.modifiedCount + open.length
  }

  /** The provider refuses a text: nobody else of this run is sent it. */
  const rejectPayload = async ({ run, epoch }: Claim, hash: string, code: string) => {
    await batches.updateMany(
      { run: run._id, payload: hash, state: { $in: ['planned', 'deferred'] } },
      { $set: { state: 'rejected', code, epoch } },
      DURABLE,
    )
  }

  return { expire, rejectPayload }
}
