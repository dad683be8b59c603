import {
  planReader,
  type PlannedDelivery,
  type PlannedExclusion,
  type ReaderPlan,
} from '../../src/plan/reader'
import type { Payload } from '../../src/plan/render'
import type { Batch, Delivery } from '../ledger/documents'
import type { MemberChunk, MemberHistory } from './members'
import { isWelcome, type Planning } from './planning'

/** Everything of one chunk of readers that is to be written. */
export interface PlannedChunk {
  payloads: Payload[]
  deliveries: Delivery[]
  exclusions: PlannedExclusion[]
  /** Batches that are full now: of this chunk and of those before it. */
  batches: Batch[]
  /** Of its candidates those that a withdrawal kept from going out before. */
  withdrawn: string[]
}

const NOTHING: ReadonlyMap<string, string> = new Map()

/** Plans a chunk of readers. *Pure* but for the tally, the renderer's and the batcher's memory. */
export function planChunk({ members, history }: MemberChunk, planning: Planning): PlannedChunk {
  const { program, input, tally, batcher } = planning
  const chunk: PlannedChunk = {
    payloads: [],
    deliveries: [],
    exclusions: [],
    batches: [],
    withdrawn: [],
  }
  for (const member of members) {
    const known = history.get(member.id)
    const plan = planReader({
      program,
      member,
      isStale: input.run.isStale,
      isWelcome: isWelcome(input),
      delivered: known?.dates ?? NOTHING,
    })
    tally.audience += member.children.length
    tally.candidates += plan.candidates
    for (const delivery of plan.deliveries) addDelivery(chunk, delivery, planning)
    chunk.exclusions.push(...newExclusions(plan, planning, known))
    chunk.withdrawn.push(...withdrawnOf(plan, known))
  }
  chunk.batches = batcher.takeClosed()
  return chunk
}

/** Renders a delivery and puts it into its batch; one that cannot be rendered is excluded. */
function addDelivery(chunk: PlannedChunk, delivery: PlannedDelivery, planning: Planning) {
  const outcome = planning.render(delivery)
  if (!outcome.isRendered) {
    const { id, reader, child, slot } = delivery
    chunk.exclusions.push({ id, reader, child, slot, reason: 'unrenderable' })
    return
  }
  if (outcome.isNew && outcome.payload) chunk.payloads.push(outcome.payload)
  const added = planning.batcher.add(delivery, outcome.hash)
  const { leftOut } = outcome
  chunk.deliveries.push(leftOut > 0 ? { ...added, leftOut } : added)
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
