import { outcome } from './change'
import { readerCollections, type StoreContext } from './collections'
import type { ReaderStore } from './store'

type Stops = Pick<ReaderStore, 'stopChild' | 'leaveChild' | 'stopReader' | 'unsubscribeMail'>

/**
 * What ends deliveries. Each is one atomic write of one document, seen by the last-second check
 * through `changedAt`; each may be repeated.
 */
export function createStops({ db, now }: StoreContext): Stops {
  const { readers, children } = readerCollections(db)
  return {
    stopChild: async ({ readerId, childId }) => {
      const result = await children.updateOne(
        { _id: childId, readers: readerId },
        { $set: { status: 'stopped', changedAt: now() } },
      )
      return outcome(result.matchedCount)
    },

    leaveChild: async ({ readerId, childId }) => {
      const result = await children.updateOne(
        { _id: childId, readers: readerId },
        { $pull: { readers: readerId, corrected: readerId }, $set: { changedAt: now() } },
      )
      return outcome(result.matchedCount)
    },

    stopReader: async (readerId) => {
      const $set = { status: 'stopped' as const, changedAt: now() }
      return outcome((await readers.updateOne({ _id: readerId }, { $set })).matchedCount)
    },

    unsubscribeMail: async (readerId) => {
      const result = await readers.updateOne({ _id: readerId }, withoutMail(now()))
      return outcome(result.matchedCount)
    },
  }
}

function withoutMail(at: Date) {
  const suppressed = { $mergeObjects: ['$$this', { status: 'suppressed' }] }
  const isMail = { $eq: ['$$this.channel', 'mail'] }
  const identities = {
    $map: { input: '$identities', in: { $cond: [isMail, suppressed, '$$this'] } },
  }
  const status = { $cond: [{ $in: ['active', '$identities.status'] }, '$status', 'stopped'] }
  return [{ $set: { identities, changedAt: at } }, { $set: { status } }]
}
