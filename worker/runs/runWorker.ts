import type { Audience } from '../planning/audience'
import type { Sender, SendOutcome, SyncedContent } from '../deliver/run'
import { dailyRunId } from './due'
import { driftOf } from '../planning/drift'
import type { Run, RunHold, RunNumbers } from '../ledger/documents'
import type { PlanningStore } from '../ledger/plans'
import { LostLeaseError, type Claim, type RunStore } from '../ledger/runs'
import { createProgram } from '../../src/plan/program'
import { addDays } from '../../src/stage/day'
import { DRY_SINK, type PlanInput, type PlanSink, type PlanTally } from '../planning/work'
import { AccountingError, type Planner } from '../planning/planner'

/** What working on a run came to. */
export type WorkOutcome =
  | SendOutcome
  | { status: 'taken' }
  | { status: 'held'; code: string }
  | { status: 'unknownMunicipality' }

interface RunWorkerOptions {
  syncedContent: SyncedContent
  runs: RunStore
  planning: PlanningStore
  planner: Planner
  audience: Audience
  send: Sender
  now: () => Date
  onAlert: (code: string, detail: Record<string, unknown>) => void
  /** Sign of life while a run is worked on; a third of the lease. */
  renewMs?: number
}

const RENEW_MS = 10_000

/** Takes runs from asked for to done: claim, plan, check, seal, send. */
export function createRunWorker(options: RunWorkerOptions) {
  const { syncedContent, runs, planning, planner, audience, send, now, onAlert } = options

  /** Works on one run, if it is free, until it is done, waits or is asked to stop. */
  const work = async (id: string, isStopping: () => boolean): Promise<WorkOutcome> => {
    const claim = await runs.claim(id)
    if (!claim) return { status: 'taken' }
    const pulse = keepAlive(claim)
    try {
      const outcome = await advance(claim, () => isStopping() || pulse.isLost())
      if (outcome.status === 'finished') await runs.finish(claim)
      else if (outcome.status !== 'held') {
        await runs.release(claim, outcome.status === 'waiting' ? outcome.until : null)
      }
      return outcome
    } catch (error) {
      if (error instanceof LostLeaseError) return { status: 'taken' }
      await runs.release(claim).catch(() => undefined)
      throw error
    } finally {
      pulse.stop()
    }
  }

  const advance = async (claim: Claim, isStopping: () => boolean): Promise<WorkOutcome> => {
    await syncedContent.refresh()
    if (claim.run.state === 'requested' || claim.run.state === 'planning') {
      const refused = await plan(claim, isStopping)
      if (refused) return refused
    }
    await planning.dropReplaced(claim.run)
    return send(claim, isStopping)
  }

  const plan = async (claim: Claim, isStopping: () => boolean): Promise<WorkOutcome | null> => {
    if (!inputFor(claim.run)) return { status: 'unknownMunicipality' }
    claim.run = await runs.beginPlanning(claim)
    await planning.discardUnsealed(claim.run)
    const input = inputFor(claim.run)
    if (!input) return { status: 'unknownMunicipality' }
    const onProgress = () => {
      if (isStopping()) throw new StoppedError()
    }
    const counting = countAudience(input)
    const tally = await planner(input, { sink: planning, onProgress }).catch((error: unknown) => {
      if (error instanceof StoppedError || error instanceof AccountingError) return error
      throw error
    })
    if (tally instanceof StoppedError) return { status: 'drained' }
    if (tally instanceof AccountingError) {
      const { code, message: detail } = tally
      return hold(claim, { code, detail, at: now() }, claim.run.plan)
    }
    const numbers = { ...(await planning.count(claim.run)), audience: tally.audience }
    const odd = await oddity(input.run, numbers, await counting)
    if (odd) return hold(claim, { ...odd, at: now() }, numbers)
    claim.run = await runs.seal(claim, numbers)
    if (tally.leftOut > 0) {
      onAlert('line-left-out', { run: claim.run._id, deliveries: numbers.leftOut })
    }
    return null
  }

  const hold = async (claim: Claim, why: RunHold, plan: RunNumbers | null) => {
    await runs.hold(claim, why, plan)
    onAlert(why.code, { run: claim.run._id })
    return { status: 'held' as const, code: why.code }
  }

  const inputFor = (run: Run): PlanInput | null => {
    const settings = syncedContent.settings(run.municipality)
    if (!settings) return null
    const line = settings.lineAccount ? syncedContent.line(settings.lineAccount) : null
    return { run, settings, line, content: syncedContent.content() }
  }

  /** The audience counted apart from the plan, while it is made; null where it does not matter. */
  const countAudience = ({ run, settings, content }: PlanInput): Promise<number | null> => {
    if (run.kind === 'welcome') return Promise.resolve(null)
    const { dates } = createProgram({ settings, content, date: run.date })
    const counting = audience.count({ municipality: run.municipality, dates })
    counting.catch(() => undefined) // awaited after the planning; not unhandled until then
    return counting
  }

  const oddity = async (planned: PlanInput['run'], plan: RunNumbers, counted: number | null) => {
    if (counted === null) return null
    const before = await runs.find(dailyRunId(planned.municipality, addDays(planned.date, -1)))
    const isComparable = !planned.isStale && !(await runs.find(planned._id))?.isForced
    const yesterday = isComparable ? (before?.plan?.deliveries ?? null) : null
    return driftOf({ plan, counted, yesterday })
  }

  /** A process that was stopped for a while need not ask: by its own clock the lease has run out. */
  const isOver = ({ leaseUntil }: Run) => leaseUntil !== null && leaseUntil <= now()

  const keepAlive = (claim: Claim) => {
    let isLost = false
    const beat = async () => {
      syncedContent.refresh().catch(() => undefined) // a withdrawal reaches a page that is on the wire
      try {
        const { opensAt, closesAt, isForced, leaseUntil } = await runs.renew(claim)
        claim.run = { ...claim.run, opensAt, closesAt, isForced, leaseUntil }
      } catch (error) {
        if (error instanceof LostLeaseError) isLost = true
      }
    }
    const timer = setInterval(() => void beat(), options.renewMs ?? RENEW_MS)
    return { isLost: () => isLost || isOver(claim.run), stop: () => clearInterval(timer) }
  }

  /** What a run would come to, without writing anything; `watch` sees what would be written. */
  const dryRun = async (run: Run, watch: Partial<PlanSink> = {}): Promise<PlanTally | null> => {
    const input = inputFor(run)
    return input ? planner(input, { sink: { ...DRY_SINK, ...watch } }) : null
  }
  return { work, dryRun }
}

class StoppedError extends Error {
  readonly code = 'STOPPED'
}
