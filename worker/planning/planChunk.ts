import {
  planReader,
  type PlannedDelivery,
  type PlannedExclusion,
  type ReaderPlan,
} from '../../src/plan/reader'
import type { Payload } from '../../src/plan/render'
import { instantOf } from '../../src/stage/day'
import type { Batch } from '../ledger/documents'
import type { MemberChunk, MemberHistory } from './members'
import { isGreeted, type Planning } from './planning'

/** A candidate that is not delivered, as it is written. */
export type NewExclusion = Pick<PlannedExclusion, 'id' | 'reason' | 'into'>

/** Everything of some readers that is to be written. */
export interface PlannedChunk {
  payloads: Payload[]
  exclusions: NewExclusion[]
  /** Batches that are full now: of these readers and of those before them. */
  batches: Batch[]
  /** Of its candidates those that a withdrawal kept from going out before. */
  withdrawn: string[]
}

const NOTHING: ReadonlyMap<string, string> = new Map()

/** A chunk of which nothing is planned yet. *Pure.* */
export function emptyChunk(): PlannedChunk {
  return { payloads: [], exclusions: [], batches: [], withdrawn: [] }
}

/** Plans a chunk of readers. *Pure* but for the tally, the renderer's and the batcher's memory. */
export function planChunk({ members, history }: MemberChunk, planning: Planning): PlannedChunk {
  const { program, input, tally, batcher } = planning
  const chunk = emptyChunk()
  for (const member of members) {
    const known = history.get(member.id)
    const plan = planReader({
      program,
      member,
      isStale: input.run.isStale,
      isWelcome: isGreeted(input),
      delivered: known?.dates ?? NOTHING,
      yielding: input.yielding,
    })
    tally.audience += member.children.length
    tally.candidates += plan.candidates
    for (const delivery of plan.deliveries) {
      addDelivery(chunk, planning, { delivery, ids: [delivery.id] })
    }
    chunk.exclusions.push(...newExclusions(plan, planning, known))
    chunk.withdrawn.push(...withdrawnOf(plan, known))
  }
  chunk.batches = batcher.takeClosed()
  return chunk
}

/**
 * Renders a delivery and puts it into its batch, for all who get the same; one that cannot be
 * rendered is excluded.
 */
export function addDelivery(
  chunk: PlannedChunk,
  planning: Planning,
  { delivery, ids }: { delivery: PlannedDelivery; ids: readonly string[] },
): void {
  const outcome = planning.render(delivery)
  if (!outcome.isRendered) {
    for (const id of ids) chunk.exclusions.push({ id, reason: 'unrenderable' })
    return
  }
  if (outcome.isNew && outcome.payload) chunk.payloads.push(outcome.payload)
  const { channel, account, kind } = delivery
  if (channel === 'line') {
    const needs = planning.tally.ofLine.get(account) ?? {}
    const count = (needs[kind] ?? 0) + ids.length
    planning.tally.ofLine.set(account, { ...needs, [kind]: count })
  }
  const { hash: payload, leftOut } = outcome
  const notBefore = notBeforeOf(delivery, planning.input)
  planning.batcher.add({ channel, account, payload, leftOut, notBefore }, ids)
}

/** When a text may go out at the earliest: what follows a registration comes at once. */
function notBeforeOf({ hour }: PlannedDelivery, { run }: Planning['input']): Date | null {
  return hour !== undefined && run.kind === 'daily' ? instantOf(run.date, hour) : null
}

/** Leaves out what this run has planned before: it is neither new nor excluded. */
function newExclusions({ exclusions }: ReaderPlan, { tally }: Planning, known?: MemberHistory) {
  if (!known) return exclusions
  return exclusions.filter(({ id, reason }) => {
    const isKept = reason === 'alreadyDelivered' && known.own.has(id)
    if (isKept) tally.kept += 1
    return !isKept
  })
}

function withdrawnOf({ deliveries, exclusions }: ReaderPlan, known?: MemberHistory): string[] {
  if (!known || known.withdrawn.size === 0) return []
  const ids = [...deliveries, ...exclusions].map(({ id }) => id)
  return ids.filter((id) => known.withdrawn.has(id))
}
