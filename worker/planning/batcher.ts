import { uuidV5 } from '../channel/uuid'
import type { PlannedDelivery } from '../../src/plan/reader'
import { batchId } from '../ledger/batchId'
import type { Batch, Run } from '../ledger/documents'

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

/** What deliveries of one batch have in common. */
export interface BatchGroup extends Pick<PlannedDelivery, 'channel' | 'account'> {
  /** Hash of the payload. */
  payload: string
  /** Add-ons of the text that did not fit into LINE's messages. */
  leftOut: number
  /** The hour its readers chose; null goes out as soon as its channel is open. */
  notBefore: Date | null
}

/**
 * Puts deliveries of one channel account with equal payloads into batches, numbered in the order
 * they are opened. *Pure* but for the open batches it holds.
 */
export function createBatcher({ run, namespace }: BatcherOptions) {
  /** The open batch of each group; null while it has none. */
  const groups = new Map<string, Batch | null>()
  /** The different texts, whatever hour they go out at. */
  const texts = new Set<string>()
  let closed: Batch[] = []
  let opened = 0

  const start = (group: BatchGroup): Batch => {
    const { channel, account, payload, leftOut, notBefore } = group
    opened += 1
    const _id = batchId(run, opened)
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
      ...(leftOut > 0 && { leftOut }),
      retryKey: uuidV5(_id, namespace),
      state: 'planned',
      epoch: 0,
      tries: 0,
      notBefore,
    }
  }

  /** Adds deliveries to the open batch of their group, and to new ones when it is full. */
  const add = (group: BatchGroup, ids: readonly string[]): void => {
    const text = `${group.account}|${group.payload}|${group.leftOut}`
    texts.add(text)
    const key = `${text}|${group.notBefore?.getTime() ?? ''}`
    const most = maxRecipients(group.channel)
    let batch = groups.get(key) ?? null
    for (const id of ids) {
      batch ??= start(group)
      batch.recipients.push(id)
      if (batch.recipients.length < most) continue
      closed.push(batch)
      batch = null
    }
    groups.set(key, batch)
  }

  /** The batches that have become full since the last call. */
  const takeClosed = (): Batch[] => {
    const taken = closed
    closed = []
    return taken
  }

  /** All that is left; the batcher is empty afterwards. */
  const takeAll = (): Batch[] => {
    const open = [...groups.values()].filter((batch) => batch !== null)
    for (const key of groups.keys()) groups.set(key, null)
    return [...takeClosed(), ...open]
  }
  return { add, takeClosed, takeAll, groupCount: () => texts.size }
}

/** Groups deliveries into frozen batches. */
export type Batcher = ReturnType<typeof createBatcher>

function maxRecipients(channel: Batch['channel']): number {
  return channel === 'line' ? MAX_LINE_RECIPIENTS : MAX_MAIL_RECIPIENTS
}
