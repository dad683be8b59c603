import { addDays } from '../../src/stage/day'
import type { Yielding } from '../../src/plan/yielding'
import type { SyncedContent } from '../content/syncedContent'
import type { Run, RunHold, RunNumbers } from '../ledger/documents'
import type { PlanningStore } from '../planning/planningStore'
import type { Claim, RunStore } from '../ledger/runs'
import type { Audience } from '../planning/audience'
import type { Changes } from '../readers/changeNumber'
import { driftOf } from '../planning/drift'
import { AccountingError, type Planner } from '../planning/planner'
import { correctedBy, programOf, type PlanInput, type PlanTally } from '../planning/planning'
import { UncomposableError } from '../planning/uncomposable'

/** Why a run was not planned to its end. */
export type PlanRefusal =
  { status: 'drained' } | { status: 'held'; code: string } | { status: 'unknownMunicipality' }

/** What planning a claimed run needs. */
export interface PlanRunDeps {
  syncedContent: Pick<SyncedContent, 'settings' | 'lineOf' | 'otherLineOf' | 'content'>
  runs: Pick<RunStore, 'beginPlanning' | 'seal' | 'hold' | 'find' | 'lastPlanned'>
  changes: Pick<Changes, 'last'>
  planning: PlanningStore
  planner: Planner
  audience: Pick<Audience, 'count'>
  now: () => Date
  onAlert: (code: string, detail: Record<string, unknown>) => void
  /** What a municipality's LINE texts of today yield; absent: nothing. */
  yieldingOf?: (code: string) => Promise<Yielding>
  /** Nothing of it will be sent: its numbers need not look like yesterday's. */
  isWrittenOff?: boolean
}

/**
 * Plans a claimed run, checks the plan and seals it; the claim's run is then the sealed one.
 *
 * @returns why it is not sealed, or null.
 * @throws LostLeaseError when another worker has the run now.
 */
export async function planRun(
  deps: PlanRunDeps,
  claim: Claim,
  isStopping: () => boolean,
): Promise<PlanRefusal | null> {
  if (!planInputOf(deps, claim.run)) return { status: 'unknownMunicipality' }
  const plannedWith = await deps.changes.last(claim.run.municipality)
  claim.run = await deps.runs.beginPlanning(claim, plannedWith)
  await deps.planning.discardUnsealed(claim.run)
  const known = planInputOf(deps, claim.run)
  const input = known && (await withYielding(deps, known))
  if (!input) return { status: 'unknownMunicipality' }
  const counting = countAudience(deps, input)
  counting.catch(() => undefined) // awaited after the planning; not unhandled until then
  const tally = await planInto(deps, input, isStopping)
  if (tally instanceof StoppedError) return { status: 'drained' }
  if (tally instanceof AccountingError || tally instanceof UncomposableError) {
    const { code, message: detail } = tally
    return hold(deps, claim, { why: { code, detail, at: deps.now() }, plan: claim.run.plan })
  }
  const plan = { ...(await deps.planning.count(claim.run)), audience: tally.audience }
  const odd = deps.isWrittenOff
    ? null
    : await oddityOf(deps, input.run, { plan, counted: await counting })
  if (odd) return hold(deps, claim, { why: { ...odd, at: deps.now() }, plan })
  claim.run = await deps.runs.seal(claim, plan)
  if (tally.leftOut > 0) {
    deps.onAlert('line-left-out', { run: claim.run._id, deliveries: plan.leftOut })
  }
  return null
}

/** What a run is planned from, or null when its municipality is not among the synced ones. */
export function planInputOf(
  { syncedContent }: Pick<PlanRunDeps, 'syncedContent'>,
  run: Run,
): PlanInput | null {
  const settings = syncedContent.settings(run.municipality)
  if (!settings) return null
  const line = syncedContent.lineOf(run.municipality)
  const otherLine = settings.move ? syncedContent.otherLineOf(run.municipality) : null
  return { run, settings, line, otherLine, content: syncedContent.content() }
}

/** What follows a registration comes with a greeting, and an alert yields to nothing. */
async function withYielding(
  { yieldingOf, isWrittenOff }: PlanRunDeps,
  input: PlanInput,
): Promise<PlanInput> {
  const { kind, isStale, municipality } = input.run
  if (kind !== 'daily' || isStale || isWrittenOff) return input
  return { ...input, yielding: await yieldingOf?.(municipality) }
}

/** The audience counted apart from the plan, while it is made; null where it does not matter. */
async function countAudience({ audience }: PlanRunDeps, input: PlanInput): Promise<number | null> {
  const { kind, municipality } = input.run
  if (kind === 'welcome' || correctedBy(input) !== null) return null
  return audience.count({ municipality, dates: programOf(input).dates })
}

/** Runs the planner; that it was stopped, or why it cannot be relied on, is an answer. */
function planInto(
  { planner, planning }: PlanRunDeps,
  input: PlanInput,
  isStopping: () => boolean,
): Promise<PlanTally | StoppedError | AccountingError | UncomposableError> {
  const onProgress = () => {
    if (isStopping()) throw new StoppedError()
  }
  return planner(input, { sink: planning, onProgress }).catch((error: unknown) => {
    const isAnswer =
      error instanceof StoppedError ||
      error instanceof AccountingError ||
      error instanceof UncomposableError
    if (isAnswer) return error
    throw error
  })
}

/** A day that ran longer ago than this says nothing about today. */
export const BASELINE_DAYS = 14

interface Counted {
  plan: RunNumbers
  counted: number | null
}

/**
 * What is odd about a plan beside the audience and the day before, or null. Announcements come in the
 * days after an import and then no more, and a notice on its one day: they are left out of both days;
 * what yields to others for the month's sake is as usual.
 */
async function oddityOf(deps: PlanRunDeps, planned: PlanInput['run'], numbers: Counted) {
  const { runs } = deps
  const { plan, counted } = numbers
  if (counted === null) return null
  if (planned.kind === 'urgent') return driftOf({ plan, counted, before: null })
  const before = await runs.lastPlanned(planned.municipality, planned.date)
  const isComparable =
    before !== null &&
    before.date >= addDays(planned.date, -BASELINE_DAYS) &&
    !planned.isStale &&
    !(await runs.find(planned._id))?.isForced
  return driftOf({
    plan: { ...plan, deliveries: await usualOf(deps, planned, plan) },
    counted,
    before: isComparable && before.plan ? await usualOf(deps, before, before.plan) : null,
  })
}

async function usualOf(
  { planning }: PlanRunDeps,
  run: Pick<Run, '_id' | 'municipality' | 'date'>,
  { deliveries, exclusions }: Pick<RunNumbers, 'deliveries' | 'exclusions'>,
): Promise<number> {
  const { yieldedMilestone = 0, yieldedAddOn = 0 } = exclusions
  return deliveries + yieldedMilestone + yieldedAddOn - (await planning.countOfOneDay(run))
}

async function hold(
  { runs, onAlert }: PlanRunDeps,
  claim: Claim,
  { why, plan }: { why: RunHold; plan: RunNumbers | null },
) {
  await runs.hold(claim, why, plan)
  onAlert(why.code, { run: claim.run._id, municipality: claim.run.municipality })
  return { status: 'held' as const, code: why.code }
}

class StoppedError extends Error {
  readonly code = 'STOPPED'
}
