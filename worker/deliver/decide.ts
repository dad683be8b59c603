import { uuidV5 } from '../channel/uuid'
import type { Batch } from '../ledger/documents'
import type { BatchOutcome, DeliveryOutcome } from '../ledger/outcomes'
import type { ExclusionReason } from '../../src/plan/reason'
import type { Recipient } from './recipients'

/** What is done with a batch at the last second. */
export type BatchDecision =
  | { action: 'send'; to: Recipient[]; left: string[]; dropped: DeliveryOutcome[] }
  | { action: 'settle'; outcome: BatchOutcome; dropped: DeliveryOutcome[] }

interface DecideInput {
  batch: Batch
  /** Recipients of the batch that are not settled yet, checked. */
  recipients: Recipient[]
  /** Why the content must not go out any more, or null. */
  contentReason: ExclusionReason | null
}

/**
 * Whether a batch is sent, and to whom. What a LINE batch may have been taken with is repeated
 * exactly or not at all: if somebody must be left out, its deliveries stay unknown. *Pure.*
 */
export function decideBatch({ batch, recipients, contentReason }: DecideInput): BatchDecision {
  const isAmbiguous = mayHaveBeenTaken(batch)
  const isOther = recipients.some(({ changedAt }) => isSince(changedAt, batch.firstTriedAt))
  const lost = recipients.filter(({ reason }) => reason !== null)
  if (isAmbiguous && (contentReason !== null || lost.length > 0 || isOther)) {
    return settle(batch, { state: 'unknown', code: 'not-repeated' })
  }
  if (contentReason) return settle(batch, { state: 'excluded', reason: contentReason })
  const dropped = lost.map(({ id, reason }) => ({
    ...{ id, status: 'excluded' as const },
    ...(reason ? { reason } : {}),
  }))
  const left = [...(batch.left ?? []), ...lost.map(({ id }) => id)]
  const to = recipients.filter(({ reason }) => reason === null)
  if (to.length > 0) return { action: 'send', to, left, dropped }
  const state = batch.channel === 'mail' ? ('settled' as const) : ('excluded' as const)
  return { ...settle(batch, { state }), dropped }
}

/** Whether an earlier attempt of a LINE batch may have been taken without our knowing. *Pure.* */
export function mayHaveBeenTaken({ channel, state }: Batch): boolean {
  return channel === 'line' && (state === 'unsure' || state === 'sending')
}

/**
 * The retry key of an attempt: the batch's own for all of its recipients, one derived from those
 * left out otherwise, since another list of recipients is another request. *Pure.*
 */
export function retryKeyFor(batch: Pick<Batch, 'retryKey'>, left: readonly string[]): string {
  if (left.length === 0) return batch.retryKey
  return uuidV5([...left].sort().join('\n'), batch.retryKey)
}

function isSince(changedAt: Date | null, triedAt: Date | undefined): boolean {
  return changedAt !== null && triedAt !== undefined && changedAt > triedAt
}

function settle(batch: Batch, set: BatchOutcome['set']) {
  return { action: 'settle' as const, outcome: { id: batch._id, set }, dropped: [] }
}
