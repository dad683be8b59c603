import {
  planReader,
  type Member,
  type PlannedDelivery,
  type PlannedExclusion,
  type ReaderPlan,
} from '../../src/plan/reader'
import type { Payload } from '../../src/plan/render'
import type { AudienceChunk } from './audience'
import type { Batch, Delivery } from '../ledger/documents'
import { possibleIds, toMember } from './members'
import { isWelcome, type Work } from './work'

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

/** Some hundred members and what was planned for them before. */
export interface MemberChunk {
  members: Member[]
  before: Map<string, ReaderBefore>
}

interface ReaderBefore {
  /** Day of each delivery that exists. */
  dates: Map<string, string>
  /** Those that belong to this very run. */
  own: Set<string>
  /** Those that never went out, because their text was withdrawn. */
  withdrawn: Set<string>
}

const NOBODY: ReadonlyMap<string, string> = new Map()

/** Adds to a chunk of the audience what was planned for its members before. */
export async function addHistory(
  { members: rows, suppressed }: AudienceChunk,
  work: Work,
): Promise<MemberChunk> {
  const { program, input, store } = work
  const { line, run } = input
  const members = rows.map((row) => toMember(row, { program, line, suppressed }))
  const ids = members.flatMap((member) => possibleIds(program, member, isWelcome(input)))
  const { standing, withdrawn } = await store.existing(ids, run)
  const before = new Map<string, ReaderBefore>()
  const of = (id: string): ReaderBefore => {
    const reader = id.slice(0, id.indexOf(':'))
    const known = before.get(reader) ?? {
      dates: new Map(),
      own: new Set(),
      withdrawn: new Set(),
    }
    before.set(reader, known)
    return known
  }
  for (const { _id, run: planned, date } of standing) {
    of(_id).dates.set(_id, date)
    if (planned === run._id) of(_id).own.add(_id)
  }
  for (const { _id } of withdrawn) of(_id).withdrawn.add(_id)
  return { members, before }
}

/** Plans a chunk of readers. *Pure* but for the tally, the renderer's and the batcher's memory. */
export function planChunk({ members, before }: MemberChunk, work: Work): PlannedChunk {
  const { program, input, tally } = work
  const planned: PlannedChunk = {
    payloads: [],
    deliveries: [],
    exclusions: [],
    batches: [],
    withdrawn: [],
  }
  for (const member of members) {
    const known = before.get(member.id)
    const plan = planReader({
      program,
      member,
      isStale: input.run.isStale,
      isWelcome: isWelcome(input),
      delivered: known?.dates ?? NOBODY,
    })
    tally.audience += member.children.length
    tally.candidates += plan.candidates
    for (const delivery of plan.deliveries) addDelivery(delivery, { work, planned })
    planned.exclusions.push(...newExclusions(plan, { work, own: known?.own }))
    if (known && known.withdrawn.size > 0) {
      const all = [...plan.deliveries, ...plan.exclusions].map(({ id }) => id)
      planned.withdrawn.push(...all.filter((id) => known.withdrawn.has(id)))
    }
  }
  planned.batches = work.batcher.takeClosed()
  return planned
}

function addDelivery(
  delivery: PlannedDelivery,
  { work, planned }: { work: Work; planned: PlannedChunk },
) {
  const outcome = work.render(delivery)
  if (!outcome.isRendered) {
    const { id, reader, child, slot } = delivery
    planned.exclusions.push({ id, reader, child, slot, reason: 'unrenderable' })
    return
  }
  if (outcome.isNew && outcome.payload) planned.payloads.push(outcome.payload)
  const added = work.batcher.add(delivery, outcome.hash)
  const { leftOut } = outcome
  planned.deliveries.push(leftOut > 0 ? { ...added, leftOut } : added)
}

/** Leaves out what this run has planned before: it is neither new nor excluded. */
function newExclusions(plan: ReaderPlan, { work, own }: { work: Work; own?: Set<string> }) {
  if (!own) return plan.exclusions
  return plan.exclusions.filter(({ id, reason }) => {
    const isKept = reason === 'alreadyDelivered' && own.has(id)
    if (isKept) work.tally.kept += 1
    return !isKept
  })
}
