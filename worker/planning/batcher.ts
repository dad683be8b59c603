import type { Batch, Delivery, Run } from '../ledger/documents'
import type { PlannedDelivery } from '../../src/plan/reader'
import { uuidV5 } from '../channel/uuid'

/**
 * Most recipients of one LINE multicast.
 * https://developers.line.biz/en/reference/messaging-api/#send-multicast-message
 */
export const MAX_LINE_RECIPIENTS = 500

/** Mails of one batch: what is read and checked together before the last-second check is stale. */
export const MAX_MAIL_RECIPIENTS = 200

interface BatcherOptions {
  run: Pick<Run, '_id' | 'municipality' | 'date' | 'attempts' | 'plannedWith'>
  /** Namespace UUID of this database. */
  namespace: string
}

/**
 * Puts deliveries of one channel account with equal payloads into batches, numbered in the order
 * they are opened. *Pure* but for the open batches it holds.
 */
export function createBatcher({ run, namespace }: BatcherOptions) {
  /** By account and payload, the open batch of each group; null while it has none. */
  const accounts = new Map<string, Map<string, Batch | null>>()
  let closed: Batch[] = []
  let opened = 0

  const start = ({ channel, account }: PlannedDelivery, payload: string): Batch => {
    opened += 1
    const _id = `${run._id}/${run.attempts}.${opened}`
    return {
      _id,
      run: run._id,
      municipality: run.municipality,
      date: run.date,
      attempt: run.attempts,
      ...(run.plannedWith !== undefined && { plannedWith: run.plannedWith }),
      channel,
      account,
      payload,
      recipients: [],
      retryKey: uuidV5(_id, namespace),
      state: 'planned',
      epoch: 0,
      tries: 0,
      notBefore: null,
    }
  }

  /** Adds a delivery to the open batch of its group and gives the document to be stored. */
  const add = (delivery: PlannedDelivery, payload: string): Delivery => {
    const { id: _id, channel, account } = delivery
    const groups = groupsOf(account)
    const batch = groups.get(payload) ?? start(delivery, payload)
    batch.recipients.push(_id)
    const isFull = batch.recipients.length >= maxRecipients(channel)
    if (isFull) closed.push(batch)
    groups.set(payload, isFull ? null : batch)
    const { _id: own, date, attempts: attempt } = run
    return { _id, run: own, date, channel, batch: batch._id, attempt }
  }

  const groupsOf = (account: string) => {
    const groups = accounts.get(account) ?? new Map<string, Batch | null>()
    accounts.set(account, groups)
    return groups
  }
  const allGroups = () => [...accounts.values()].flatMap((groups) => [...groups.values()])
  const openBatches = () => allGroups().filter((batch) => batch !== null)

  /** Takes deliveries out again that turned out to exist elsewhere, of open and taken batches. */
  const remove = (ids: readonly string[], taken: readonly Batch[]) => {
    if (ids.length === 0) return
    const gone = new Set(ids)
    for (const batch of [...openBatches(), ...closed, ...taken]) {
      batch.recipients = batch.recipients.filter((id) => !gone.has(id))
    }
  }

  /** The batches that have become full since the last call. */
  const takeClosed = (): Batch[] => {
    const taken = closed
    closed = []
    return taken
  }

  /** All that is left; the batcher is empty afterwards. */
  const takeAll = (): Batch[] => {
    const taken = [...closed, ...openBatches()]
    closed = []
    for (const groups of accounts.values()) {
      for (const payload of groups.keys()) groups.set(payload, null)
    }
    return taken
  }
  return { add, remove, takeClosed, takeAll, groupCount: () => allGroups().length }
}

/** Groups deliveries into frozen batches. */
export type Batcher = ReturnType<typeof createBatcher>

function maxRecipients(channel: Batch['channel']): number {
  return channel === 'line' ? MAX_LINE_RECIPIENTS : MAX_MAIL_RECIPIENTS
}
