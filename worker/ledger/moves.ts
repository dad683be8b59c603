import type { Filter, UpdateFilter } from 'mongodb'

import type { Batch, Delivery, Run } from './documents'
import {
  batchStatesBefore,
  CRASH,
  deliveryStatusesBefore,
  runStatesBefore,
  type BatchState,
  type DeliveryStatus,
  type RunState,
} from './states'

/** A write that only meets documents whose present state may become the new one. */
export interface Move<Document> {
  filter: Filter<Document>
  update: UpdateFilter<Document>
}

/** A program wanted to write a move that the table of moves forbids; nothing of it was written. */
export class ForbiddenMoveError extends Error {
  readonly code = 'FORBIDDEN_MOVE'
}

/** Moves runs to another state: the one way a run's state is written. *Pure.* */
export function runMove(filter: Filter<Run>, set: Partial<Run> & { state: RunState }): Move<Run> {
  const allowed = { state: { $in: runStatesBefore(set.state) } }
  return { filter: { ...filter, $and: [allowed] }, update: { $set: set } }
}

/** Moves batches to another state: the one way a batch's state is written. *Pure.* */
export function batchMove(
  filter: Filter<Batch>,
  set: Partial<Batch> & { state: BatchState },
): Move<Batch> {
  const allowed = (['line', 'mail'] as const).map((channel) => ({
    channel,
    state: { $in: batchStatesBefore(channel, set.state) },
  }))
  return { filter: { ...filter, $or: allowed }, update: { $set: set } }
}

/** Moves deliveries to another status: the one way a delivery's status is written. *Pure.* */
export function deliveryMove(
  filter: Filter<Delivery>,
  set: Partial<Delivery> & { status: DeliveryStatus },
): Move<Delivery> {
  const allowed = { status: { $in: storedBefore(set.status) } }
  return { filter: { ...filter, $and: [allowed] }, update: { $set: set } }
}

/**
 * Makes mails due again of which nobody knows whether they went: a person's word alone does it, so that
 * it is not among the moves that a program makes. *Pure.*
 */
export function dueAgainByHand(filter: Filter<Delivery>, at: Date): Move<Delivery> {
  return {
    filter: { ...filter, $and: [{ status: 'unknown' }] },
    // as after a crash where it is the policy: what comes of it later remembers that it may have gone
    update: { $set: { status: 'deferred', code: CRASH, at } },
  }
}

/** Opens the batches of such mails again, for what is due of them. *Pure.* */
export function openAgainByHand(filter: Filter<Batch>, notBefore: Date): Move<Batch> {
  return {
    filter: { ...filter, $and: [{ channel: 'mail', state: { $in: ['settled', 'deferred'] } }] },
    update: { $set: { state: 'deferred', notBefore } },
  }
}

/** Stored statuses from which a delivery may get the given one; `planned` is stored as none. */
function storedBefore(to: DeliveryStatus): DeliveryStatus[] {
  const stored = deliveryStatusesBefore(to).map((one) => (one === 'planned' ? null : one))
  // the driver's types have no null for a field that may be absent, which is how MongoDB asks for it
  return stored as DeliveryStatus[]
}
