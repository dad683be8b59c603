import type { Batch, Delivery, Run } from './ledger/documents'
import type { PlannedDelivery } from './plan/reader'
import { uuidV5 } from './channel/uuid'

/**
 * Most recipients of one LINE multicast.
 * https://developers.line.biz/en/reference/messaging-api/#send-multicast-message
 */
export const MAX_LINE_RECIPIENTS = 500

/** Mails of one batch: what is read and checked together before the last-second check is stale. */
export const MAX_MAIL_RECIPIENTS = 200

interface BatcherOptions {
  run: Pick<Run, '_id' | 'municipality' | 'date' | 'attempts'>
  /** Namespace UUID of this database. */
  namespace: string
}

/**
 * Puts deliveries of one channel account with equal payloads into batches, numbered in the order
 * they are opened. *Pure* but for the open batches it holds.
 */
export function createBatcher({ run, namespace }: BatcherOptions) {
  const open = new Map<string, Batch>()
  let closed: Batch[] = []
  const groups = new Set<string>()
  let opened = 0

  const start = (delivery: PlannedDelivery, payload: string): Batch => {
    opened += 1
    const _id = `${run._id}/${run.attempts}.${opened}`
    return {
      ...{ _id, run: run._id, municipality: run.municipality, date: run.date },
      ...{ attempt: run.attempts, channel: delivery.channel, account: delivery.account, payload },
      ...{ recipients: [], retryKey: uuidV5(_id, namespace), state: 'planned' },
      ...{ epoch: 0, tries: 0, notBefore: null },
    }
  }

  /** Adds a delivery to the open batch of its group and gives the document to be stored. */
  const add = (delivery: PlannedDelivery, payload: string): Delivery => {
    const group = `${delivery.channel}|${delivery.account}|${payload}`
    groups.add(group)
    const batch = open.get(group) ?? start(delivery, payload)
    batch.recipients.push(delivery.id)
    if (batch.recipients.length >= maxRecipients(delivery)) {
      open.delete(group)
      closed.push(batch)
    } else open.set(group, batch)
    const { id: _id, channel } = delivery
    return { _id, run: run._id, date: run.date, channel, batch: batch._id, attempt: run.attempts }
  }

  /** Takes deliveries out again that turned out to exist elsewhere. */
  const remove = (ids: readonly string[]) => {
    const gone = new Set(ids)
    for (const batch of [...open.values(), ...closed]) {
      batch.recipients = batch.recipients.filter((id) => !gone.has(id))
    }
  }

  /** The full batches since the last call. */
  const takeClosed = (): Batch[] => {
    const taken = closed.filter(({ recipients }) => recipients.length > 0)
    closed = []
    return taken
  }

  /** All that is left; the batcher is empty afterwards. */
  const takeAll = (): Batch[] => {
    closed.push(...open.values())
    open.clear()
    return takeClosed()
  }
  return { add, remove, takeClosed, takeAll, groupCount: () => groups.size }
}

/** Groups deliveries into frozen batches. */
export type Batcher = ReturnType<typeof createBatcher>

function maxRecipients({ channel }: PlannedDelivery): number {
  return channel === 'line' ? MAX_LINE_RECIPIENTS : MAX_MAIL_RECIPIENTS
}
