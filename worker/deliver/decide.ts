import { createHash } from 'node:crypto'

import { uuidV5 } from '../channel/uuid'
import type { Batch } from '../ledger/documents'
import type { BatchOutcome, DeliveryOutcome } from '../ledger/outcomes'
import type { ExclusionReason } from '../../src/plan/reason'
import type { Recipient } from './recipients'
import { MAX_SAME_KEY_MS } from './retry'

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
  now: Date
}

/**
 * Whether a batch is sent, and to whom. What a LINE batch may have been taken with is repeated
 * exactly or not at all: if somebody must be left out, its deliveries stay unknown. Who has blocked
 * the account since gets nothing by it, so only they become unknown. Nothing else would do: the same
 * list sends to a family that has just lost the child when the first attempt was not taken, and the
 * vendor promises one acceptance of a key for the same request only, so a shorter list under it
 * could be a second copy for all the others. *Pure.*
 */
export function decideBatch({ batch, recipients, contentReason, now }: DecideInput): BatchDecision {
  const isAmbiguous = mayHaveBeenTaken(batch)
  if (isAmbiguous && isKeyOld(batch, now)) {
    return settle(batch, { state: 'unknown', code: 'key-expired' })
  }
  const lost = recipients.filter(({ reason }) => reason !== null)
  if (isAmbiguous) {
    const isSame = lost.every(({ isBlocked }) => isBlocked) && !isOtherList(batch, recipients)
    if (contentReason !== null || !isSame) {
      return settle(batch, { state: 'unknown', code: 'not-repeated' })
    }
    return {
      action: 'send',
      to: recipients,
      left: batch.left ?? [],
      dropped: lost.map(blockedSince),
    }
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

/** Whether it arrived before the block nobody knows; a repeat says nothing about it. */
function blockedSince({ id }: Recipient): DeliveryOutcome {
  return { id, status: 'unknown', code: 'blocked-since' }
}

/** Whether an earlier attempt of a LINE batch may have been taken without our knowing. *Pure.* */
export function mayHaveBeenTaken({ channel, state }: Batch): boolean {
  return channel === 'line' && (state === 'unsure' || state === 'sending')
}

/** Whether LINE may have forgotten the key of a batch's first attempt. *Pure.* */
export function isKeyOld({ firstTriedAt }: Pick<Batch, 'firstTriedAt'>, now: Date): boolean {
  return firstTriedAt !== undefined && now.getTime() - firstTriedAt.getTime() >= MAX_SAME_KEY_MS
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
 * answer its list is known; what a crash left has only the number of the last change, which counts
 * for the readers who have several addresses. Nothing else about a reader is part of the request.
 */
function isOtherList(
  { toHash, firstTriedWith = 0 }: Batch,
  recipients: readonly Recipient[],
): boolean {
  if (toHash !== undefined) return toHash !== fingerprintOf(recipients)
  return recipients.some(({ choseWith }) => choseWith !== null && choseWith > firstTriedWith)
}

function settle(batch: Batch, set: BatchOutcome['set']) {
  return { action: 'settle' as const, outcome: { id: batch._id, set }, dropped: [] }
}
