import type { Audience, AudienceChunk } from './audience'
import { createBatcher, type Batcher } from './batch'
import type { LiveContent } from '../src/release/live'
import type { Batch, Delivery, Exclusion, Run, RunNumbers } from './ledger/documents'
import type { PlanningStore } from './ledger/planning'
import { mapAhead } from './mapAhead'
import { parseDeliveryId } from '../src/plan/candidate'
import { possibleIds, toMember } from './members'
import { createProgram, type Program } from '../src/plan/program'
import {
  planReader,
  type Member,
  type PlannedDelivery,
  type PlannedExclusion,
  type ReaderPlan,
} from '../src/plan/reader'
import type { ExclusionReason } from '../src/plan/reason'
import { createRenderer, type Payload } from '../src/plan/render'
import type { LineAccount, MunicipalitySettings } from '../src/plan/settings'

/** What a planning is made from; the same input gives the same plan. */
export interface PlanInput {
  run: Pick<
    Run,
    '_id' | 'municipality' | 'date' | 'kind' | 'reader' | 'isStale' | 'attempts' | 'sealed'
  >
  settings: MunicipalitySettings
  /** The municipality's LINE account, or null. */
  line: Pick<LineAccount, 'id' | 'provider'> | null
  content: LiveContent
}

/** The numbers do not add up, so nothing goes out. */
export class AccountingError extends Error {
  readonly code = 'ACCOUNTING'
}

interface PlannerOptions {
  audience: Audience
  store: Pick<PlanningStore, 'existing'>
  /** Namespace UUID for retry keys. */
  namespace: string
  /** Greeting for new readers. */
  welcome: string
}

/** Where a planning is written; a dry run writes nothing. */
export type PlanSink = Pick<
  PlanningStore,
  'addPayloads' | 'addDeliveries' | 'addBatches' | 'addExclusions' | 'dropExclusions'
>

/** What one planning added; `kept` were in this run before. */
export interface PlanTally extends RunNumbers {
  kept: number
}

interface PlanOptions {
  sink: PlanSink
  /** Called after each chunk; may throw to stop (the lease is lost). */
  onProgress?: () => Promise<void> | void
}

/**
 * Plans a run as a stream: chunk of readers → candidates → deliveries and exclusions → batches. One
 * chunk is written while the next is planned; both are of different readers.
 *
 * @throws AccountingError when `candidates = kept + deliveries + exclusions` does not hold.
 */
export function createPlanner({ audience, store, namespace, welcome }: PlannerOptions) {
  return async (input: PlanInput, { sink, onProgress }: PlanOptions): Promise<PlanTally> => {
    const { run, settings, content } = input
    const program = createProgram({ settings, content, date: run.date })
    const work: Work = {
      ...{ input, program, sink, store, tally: emptyTally() },
      render: createRenderer({ settings, welcome }),
      batcher: createBatcher({ run, namespace }),
    }
    const { municipality, reader } = run
    const query = { municipality, dates: program.dates, reader, isEveryChild: isWelcome(input) }
    let written = Promise.resolve()
    try {
      const withHistory = (chunk: AudienceChunk) => addHistory(chunk, work)
      for await (const chunk of mapAhead(audience.chunks(query), withHistory)) {
        const planned = planChunk(chunk, work)
        await written
        written = writeChunk(work, planned)
        written.catch(() => undefined) // awaited in the next turn; not unhandled until then
        await onProgress?.()
      }
    } finally {
      await written // nothing is written any more once this has ended, however it ended
    }
    await writeBatches(work, work.batcher.takeAll())
    work.tally.groups = work.batcher.groupCount()
    assertAccounted(work.tally)
    return work.tally
  }
}

/** Plans a run, into the ledger or dry. */
export type Planner = ReturnType<typeof createPlanner>

interface Work {
  input: PlanInput
  program: Program
  sink: PlanSink
  store: PlannerOptions['store']
  tally: PlanTally
  render: ReturnType<typeof createRenderer>
  batcher: Batcher
}

function isWelcome({ run }: PlanInput): boolean {
  return run.kind === 'welcome'
}

/** Everything of one chunk that is to be written. */
interface PlannedChunk {
  payloads: Payload[]
  deliveries: Delivery[]
  exclusions: PlannedExclusion[]
  /** Batches that are full now: of this chunk and of those before it. */
  batches: Batch[]
}

/** Some hundred members and what was delivered to them before. */
interface MemberChunk {
  members: Member[]
  delivered: Map<string, Before>
}

async function addHistory({ members: rows, suppressed }: AudienceChunk, work: Work) {
  const { program, input } = work
  const { line } = input
  const members = rows.map((row) => toMember(row, { program, line, suppressed }))
  return { members, delivered: await deliveredBefore(members, work) }
}

function planChunk({ members, delivered }: MemberChunk, work: Work): PlannedChunk {
  const { program, input, tally } = work
  const planned: PlannedChunk = { payloads: [], deliveries: [], exclusions: [], batches: [] }
  for (const member of members) {
    const before = delivered.get(member.id)
    const plan = planReader({
      program,
      member,
      isStale: input.run.isStale,
      isWelcome: isWelcome(input),
      delivered: before?.dates ?? NOBODY,
    })
    tally.audience += member.children.length
    tally.candidates += plan.candidates
    for (const delivery of plan.deliveries) addDelivery(delivery, { work, planned })
    planned.exclusions.push(...newExclusions(plan, { work, own: before?.own }))
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
    planned.exclusions.push(without(delivery, 'unrenderable'))
    return
  }
  if (outcome.isNew && outcome.payload) planned.payloads.push(outcome.payload)
  const added = work.batcher.add(delivery, outcome.hash)
  const { leftOut } = outcome
  planned.deliveries.push(leftOut > 0 ? { ...added, leftOut } : added)
}

const NOBODY: ReadonlyMap<string, string> = new Map()

interface Before {
  /** Day of each delivery that exists. */
  dates: Map<string, string>
  /** Those that belong to this very run. */
  own: Set<string>
}

async function deliveredBefore(members: Member[], work: Work): Promise<Map<string, Before>> {
  const { program, input, store } = work
  const ids = members.flatMap((member) => possibleIds(program, member, isWelcome(input)))
  const byReader = new Map<string, Before>()
  for (const { _id, run, date } of await store.existing(ids, input.run)) {
    const reader = _id.slice(0, _id.indexOf(':'))
    const before = byReader.get(reader) ?? { dates: new Map(), own: new Set() }
    before.dates.set(_id, date)
    if (run === input.run._id) before.own.add(_id)
    byReader.set(reader, before)
  }
  return byReader
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

/** Writes a chunk; its full batches come last, without what turned out to exist elsewhere. */
async function writeChunk(work: Work, planned: PlannedChunk): Promise<void> {
  const { batcher, sink, input, tally } = work
  const { payloads, deliveries, exclusions, batches } = planned
  const [taken] = await Promise.all([
    sink.addDeliveries(input.run, deliveries),
    sink.addPayloads(payloads),
  ])
  exclusions.push(...taken.map(takenElsewhere))
  batcher.remove(taken, batches)
  tally.deliveries += deliveries.length - taken.length
  const elsewhere = new Set(taken)
  tally.leftOut += deliveries.filter(({ _id, leftOut }) => leftOut && !elsewhere.has(_id)).length
  for (const { reason } of exclusions) {
    tally.exclusions[reason] = (tally.exclusions[reason] ?? 0) + 1
  }
  await Promise.all([
    sink.addExclusions(exclusions.map((one) => toDocument(one, work))),
    dropOldExclusions(work, deliveries),
    writeBatches(work, batches),
  ])
}

/** What this run left out in an earlier planning and delivers now. */
async function dropOldExclusions({ sink, input }: Work, deliveries: Delivery[]) {
  if (input.run.sealed.length === 0) return
  await sink.dropExclusions(
    input.run._id,
    deliveries.map(({ _id }) => _id),
  )
}

function takenElsewhere(id: string): PlannedExclusion {
  return { id, ...parseDeliveryId(id), reason: 'alreadyDelivered' }
}

async function writeBatches({ sink, tally }: Work, planned: Batch[]) {
  const batches = planned.filter(({ recipients }) => recipients.length > 0)
  await sink.addBatches(batches)
  tally.batches += batches.length
  for (const { channel, recipients } of batches) {
    tally.calls += channel === 'line' ? 1 : recipients.length
  }
}

function without(delivery: PlannedDelivery, reason: ExclusionReason): PlannedExclusion {
  const { id, reader, child, slot } = delivery
  return { id, reader, child, slot, reason }
}

function toDocument({ id, reason, into }: PlannedExclusion, { input }: Work): Exclusion {
  const { _id: run, date, attempts: attempt } = input.run
  const standing = into === undefined ? {} : { into, covers: id }
  return { _id: `${run}|${id}`, run, date, delivery: id, attempt, reason, ...standing }
}

function emptyTally(): PlanTally {
  return {
    ...{ candidates: 0, deliveries: 0, exclusions: {}, audience: 0, kept: 0 },
    ...{ groups: 0, batches: 0, calls: 0, leftOut: 0 },
  }
}

function assertAccounted({ candidates, deliveries, exclusions, kept }: PlanTally) {
  const excluded = Object.values(exclusions).reduce((sum, count) => sum + count, 0)
  if (candidates === kept + deliveries + excluded) return
  throw new AccountingError(
    `候補 ${candidates} 件が、配信 ${deliveries} 件・除外 ${excluded} 件・前に計画した ${kept} 件の合計と合いません。`,
  )
}

/** A sink that keeps nothing: for a dry run. */
export const DRY_SINK: PlanSink = {
  addPayloads: async () => undefined,
  addDeliveries: async () => [],
  addBatches: async () => undefined,
  addExclusions: async () => undefined,
  dropExclusions: async () => undefined,
}
