import { createHash } from 'node:crypto'

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
  const isOther = isOtherList(batch, recipients)
  const lost = recipients.filter(({ reason }) => reason !== null)
  if (isAmbiguous && (contentReason !== null || lost.length > 0 || isOther)) {
    return settle(batch, { state: 'unknown', code: 'not-repeated' })
  }
  if (contentReason) return settle(batch, { state: 'excluded', reason: contentReason })
  const dropped = lost.map(({ id, reason }) => ({
    id,
    status: 'excluded' as const,
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

/**
 * Fingerprint of the addresses of a request, in its order; made of their keyed blind indexes, so
 * that nobody can try addresses on it. *Pure.*
 */
export function fingerprintOf(to: readonly Recipient[]): string {
  const indexes = to.map(({ identity }) => identity?.index ?? '')
  return createHash('sha256').update(indexes.join('\n')).digest('hex')
}

/**
 * Whether the same request cannot be made again because an address is another one now. After a lost
 * answer its list is known; what a crash left has only the time, which counts for the readers who
 * have several addresses. Nothing else about a reader is part of the request.
 */
function isOtherList({ toHash, firstTriedAt }: Batch, recipients: readonly Recipient[]): boolean {
  if (toHash !== undefined) return toHash !== fingerprintOf(recipients)
  return recipients.some(({ choseAt }) => isSince(choseAt, firstTriedAt))
}

function isSince(at: Date | null, triedAt: Date | undefined): boolean {
  return at !== null && triedAt !== undefined && at > triedAt
}

function settle(batch: Batch, set: BatchOutcome['set']) {
  return { action: 'settle' as const, outcome: { id: batch._id, set }, dropped: [] }
}
