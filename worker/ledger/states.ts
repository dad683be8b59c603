import type { ExclusionReason } from '../../src/plan/reason'
import type { ChannelName } from '../../src/plan/settings'

/**
 * A run: `requested` → `planning` → `sending` → `done`; `held` when a check found something odd and
 * a person must look; `done` and `held` may be requested again (only what is new is then planned).
 */
export type RunState = (typeof RUN_STATES)[number]

/** Every state of a run. */
export const RUN_STATES = ['requested', 'planning', 'sending', 'done', 'held'] as const

/**
 * A batch. LINE: `planned` → `sending` → `accepted` | `rejected` | `unsure` (no answer: same key and
 * body again) | `deferred` (certainly not taken). Mail: `sending` until each delivery has its own
 * status, then `settled`. Final without a send: `expired`, `excluded`; `unknown` when it was unsure
 * and may not be repeated.
 */
export type BatchState = (typeof BATCH_STATES)[number]

/** Every state of a batch. */
export const BATCH_STATES = [
  'planned',
  'sending',
  'unsure',
  'deferred',
  'accepted',
  'rejected',
  'settled',
  'expired',
  'excluded',
  'unknown',
] as const

/** What is known of one delivery; the last five are final, but for a late answer to `unknown`. */
export type DeliveryStatus = (typeof DELIVERY_STATUSES)[number]

/** Every status of a delivery. */
export const DELIVERY_STATUSES = [
  'planned',
  'inFlight',
  'deferred',
  'accepted',
  'rejected',
  'unknown',
  'expired',
  'excluded',
] as const

const RUN_MOVES: Record<RunState, readonly RunState[]> = {
  requested: ['planning'],
  planning: ['planning', 'sending', 'held'],
  sending: ['done', 'requested', 'held'],
  done: ['requested'],
  held: ['requested'],
}

/** Moves of a batch by channel; a state that is not named is final. */
const BATCH_MOVES: Record<ChannelName, Partial<Record<BatchState, readonly BatchState[]>>> = {
  line: {
    // rejected without a send: LINE refused the same text in another batch of the run
    // unknown without a send: a ledger that was lost may have sent it
    planned: ['sending', 'expired', 'excluded', 'rejected', 'unknown'],
    // back to `planned` when a page was marked but this batch not begun
    sending: [
      'sending',
      'planned',
      'accepted',
      'rejected',
      'unsure',
      'deferred',
      'expired',
      'unknown',
    ],
    unsure: ['sending', 'unknown'],
    deferred: ['sending', 'expired', 'excluded', 'rejected', 'unknown'],
  },
  mail: {
    // settled without a send: each of its recipients was left out with a reason of their own
    planned: ['sending', 'settled', 'expired', 'excluded'],
    // excluded: begun before a crash and withdrawn since; who was in flight has a status already
    sending: ['sending', 'settled', 'deferred', 'excluded'],
    deferred: ['sending', 'settled', 'expired', 'excluded'],
  },
}

const DELIVERY_MOVES: Record<DeliveryStatus, readonly DeliveryStatus[]> = {
  planned: ['inFlight', 'accepted', 'rejected', 'unknown', 'expired', 'excluded', 'deferred'],
  inFlight: ['accepted', 'rejected', 'deferred', 'unknown', 'planned'],
  deferred: ['inFlight', 'accepted', 'rejected', 'unknown', 'expired', 'excluded'],
  accepted: [],
  rejected: [],
  // a late answer settles it
  unknown: ['accepted', 'rejected'],
  expired: [],
  excluded: [],
}

/** Whether a run may go from one state to another. *Pure.* */
export function canRunMove(from: RunState, to: RunState): boolean {
  return RUN_MOVES[from].includes(to)
}

/** Whether a batch of a channel may go from one state to another. *Pure.* */
export function canBatchMove(channel: ChannelName, from: BatchState, to: BatchState): boolean {
  return BATCH_MOVES[channel][from]?.includes(to) ?? false
}

/** Whether a delivery may go from one status to another. *Pure.* */
export function canDeliveryMove(from: DeliveryStatus, to: DeliveryStatus): boolean {
  return DELIVERY_MOVES[from].includes(to)
}

/** States from which a run may go to the given one: the filter of its write. *Pure.* */
export function runStatesBefore(to: RunState): RunState[] {
  return RUN_STATES.filter((from) => canRunMove(from, to))
}

/** States from which a batch may go to the given one: the filter of its write. *Pure.* */
export function batchStatesBefore(channel: ChannelName, to: BatchState): BatchState[] {
  return BATCH_STATES.filter((from) => canBatchMove(channel, from, to))
}

/** Statuses from which a delivery may go to the given one: the filter of its write. *Pure.* */
export function deliveryStatusesBefore(to: DeliveryStatus): DeliveryStatus[] {
  return DELIVERY_STATUSES.filter((from) => canDeliveryMove(from, to))
}

/** Whether nothing more will happen to a delivery. *Pure.* */
export function isTerminal(status: DeliveryStatus): boolean {
  return !['planned', 'inFlight', 'deferred'].includes(status)
}

/** Whether a delivery may have reached somebody: an unknown outcome may have been taken. *Pure.* */
export function mayHaveGone(status: DeliveryStatus): boolean {
  return status === 'accepted' || status === 'unknown' || status === 'inFlight'
}

/** Batch states in which something is still to be done. */
export const OPEN_BATCH_STATES: readonly BatchState[] = ['planned', 'sending', 'unsure', 'deferred']

interface Known {
  status?: DeliveryStatus
  reason?: ExclusionReason
}

/** A delivery's status: its own if it has one, else what its batch says. *Pure.* */
export function statusOf(
  own: Known,
  batch: { state: BatchState; reason?: ExclusionReason } | null,
) {
  if (own.status) return { status: own.status, reason: own.reason }
  return { status: batch ? STATUS_OF_BATCH[batch.state] : 'planned', reason: batch?.reason }
}

/**
 * Whether a delivery ended because its text was withdrawn or spoke of a twin who has left, or its
 * reader has another channel since, and certainly before any of it went out: only then may it be planned again, with the text that takes
 * its place. A mail that was in flight in a crash may have gone out, whatever became of it later.
 * *Pure.*
 */
export function isWithdrawnUnsent(
  own: Known & { code?: string },
  batch: Parameters<typeof statusOf>[1],
): boolean {
  const { status, reason } = statusOf(own, batch)
  return status === 'excluded' && isReplaceable(reason) && own.code !== CRASH
}

/** Whether another text takes the place of one that was left out for a reason. *Pure.* */
export function isReplaceable(reason: ExclusionReason | undefined): boolean {
  return reason === 'withdrawn' || reason === 'regrouped' || reason === 'moved'
}

/** Code of what a ledger that was lost may have sent. */
export const RESTORED = 'restored'

/** Code of a mail that was in flight when its worker died. */
export const CRASH = 'crash'

const STATUS_OF_BATCH: Record<BatchState, DeliveryStatus> = {
  planned: 'planned',
  sending: 'inFlight',
  unsure: 'inFlight',
  deferred: 'deferred',
  accepted: 'accepted',
  rejected: 'rejected',
  settled: 'planned', // each delivery of a settled batch has its own status
  expired: 'expired',
  excluded: 'excluded',
  unknown: 'unknown',
}
