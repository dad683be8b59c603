import type { ClockWatch } from '../database/databaseClock'
import type { SyncedContent } from '../content/syncedContent'
import type { RunSender, SendOutcome } from '../deliver/run'
import type { Run } from '../ledger/documents'
import { mayHaveGone, type Incarnations, type Loss } from '../ledger/incarnation'
import type { ChannelName } from '../../src/plan/settings'
import { ALL_REFUSED, LostLeaseError, type Claim, type RunStore } from '../ledger/runs'
import type { SendingStore } from '../ledger/sending'
import { DRY_SINK, type PlanInput, type PlanSink, type PlanTally } from '../planning/planning'
import { openingOn } from './due'
import { planInputOf, planRun, type PlanRefusal, type PlanRunDeps } from './planRun'
import { startPulse } from './pulse'

/** Runs one process plans at once: that takes its processor and memory. */
export const PLANNED_AT_ONCE = 4

/** Runs one process works on at once: those that only send mostly wait for their providers. */
export const RUNS_AT_ONCE = 16

/** How long every worker leaves a run alone that failed: others come first meanwhile. */
const REST_MS = 30_000

/** What working on a run came to. */
export type WorkOutcome =
  | Exclude<SendOutcome, { status: 'refused' }>
  | { status: 'taken' }
  /** The ledger went back to an earlier state, and nobody has accepted that yet. */
  | { status: 'paused' }
  /** This machine's clock is wrong: the run is left to others. */
  | { status: 'clockApart' }
  | PlanRefusal

interface RunWorkerOptions extends PlanRunDeps {
  syncedContent: SyncedContent
  runs: RunStore
  sending: Pick<SendingStore, 'writeOff'>
  incarnations: Pick<Incarnations, 'isPausedHere' | 'losses'>
  sendRun: RunSender
  clock: ClockWatch
}

/** Takes runs from asked for to done: claim, plan, check, seal, send. */
export function createRunWorker(options: RunWorkerOptions) {
  return {
    /**
     * Works on one run, if it is free, until it is done, waits or is asked to stop; `onPlanned` is
     * called when all that is left of it is to be sent.
     */
    work: (
      id: string,
      isStopping: () => boolean,
      onPlanned: () => void = () => undefined,
    ): Promise<WorkOutcome> => work({ ...options, onPlanned }, id, isStopping),

    /**
     * What a run would come to, without writing anything; `onPlanned` sees the ids of what would be
     * delivered. `known` is what is planned with instead of what is synced now.
     */
    dryRun: async (
      run: Run,
      onPlanned: (ids: string[]) => Promise<void> = async () => undefined,
      known: Partial<Pick<PlanInput, 'content' | 'settings' | 'yielding'>> = {},
    ): Promise<PlanTally | null> => {
      const synced = planInputOf(options, run)
      if (!synced) return null
      const input = withKnown(options, synced, known)
      const addDeliveries: PlanSink['addDeliveries'] = async (_, added) => {
        const ids = added.map(({ _id }) => _id)
        const { existing } = await options.planning.findExisting(ids, run)
        const taken = new Set(existing.map(({ _id }) => _id))
        await onPlanned(ids.filter((id) => !taken.has(id)))
        return [...taken]
      }
      const sink = { ...DRY_SINK, addDeliveries }
      return options.planner(input, { sink })
    },
  }
}

/** Works on runs. */
export type RunWorker = ReturnType<typeof createRunWorker>

/** The settings decide the LINE account too. */
function withKnown(
  { syncedContent }: RunWorkerOptions,
  input: PlanInput,
  known: Partial<Pick<PlanInput, 'content' | 'settings' | 'yielding'>>,
): PlanInput {
  if (!known.settings) return { ...input, ...known }
  const { lineAccount } = known.settings
  const line = lineAccount ? syncedContent.line(lineAccount) : null
  return { ...input, ...known, line, otherLine: null }
}

interface Work extends RunWorkerOptions {
  onPlanned: () => void
}

async function work(deps: Work, id: string, isStopping: () => boolean): Promise<WorkOutcome> {
  const { incarnations } = deps
  const losses = await incarnations.losses()
  if (incarnations.isPausedHere()) return { status: 'paused' }
  if (!(await deps.clock.isRight())) return { status: 'clockApart' }
  const claim = await deps.runs.claim(id)
  if (!claim) return { status: 'taken' }
  const pulse = startPulse(deps, claim)
  const isAnyStopping = () => isStopping() || pulse.isLost() || incarnations.isPausedHere()
  try {
    const outcome = await planAndSend(deps, { claim, losses }, isAnyStopping)
    return await giveBack(deps, claim, outcome)
  } catch (error) {
    if (error instanceof LostLeaseError) return { status: 'taken' }
    const rested = new Date(deps.now().getTime() + REST_MS)
    await deps.runs.release(claim, rested).catch(() => undefined)
    throw error
  } finally {
    pulse.stop()
  }
}

async function planAndSend(
  deps: Work,
  { claim, losses }: { claim: Claim; losses: readonly Loss[] },
  isStopping: () => boolean,
): Promise<WorkOutcome> {
  await deps.syncedContent.refresh()
  const isWrittenOff = mayHaveGone(losses, { run: claim.run, opening: openingOf(deps, claim.run) })
  if (claim.run.state === 'requested' || claim.run.state === 'planning') {
    const refused = await planRun({ ...deps, isWrittenOff }, claim, isStopping)
    if (refused) return refused
  }
  await deps.planning.dropReplaced(claim.run)
  if (isWrittenOff) {
    await deps.sending.writeOff(claim)
    return { status: 'finished' }
  }
  deps.onPlanned()
  const outcome = await deps.sendRun(claim, isStopping)
  return outcome.status === 'refused' ? holdRefused(deps, claim, outcome) : outcome
}

/** When a run's municipality opens its first channel on its day. */
function openingOf({ syncedContent }: RunWorkerOptions, run: Run): Date {
  const settings = syncedContent.settings(run.municipality)
  return settings ? openingOn(settings, run.date) : run.opensAt.line
}

/** A run that nobody can be sent waits, and is tried again as long as its hours last. */
async function holdRefused(
  { runs, now, onAlert }: RunWorkerOptions,
  claim: Claim,
  { channel, code }: Extract<SendOutcome, { status: 'refused' }>,
): Promise<WorkOutcome> {
  const why = { code: ALL_REFUSED, detail: `${REFUSED_ADVICE[channel]}(${code})`, at: now() }
  await runs.hold(claim, why, claim.run.plan)
  onAlert(ALL_REFUSED, { run: claim.run._id, channel, code })
  return { status: 'held', code: ALL_REFUSED }
}

const REFUSED_ADVICE: Record<ChannelName, string> = {
  mail: 'メールがすべて同じ理由で断られ、だれにも届いていません。差出アドレスと、中継サーバー(SMTP)の許可とログインを確かめてください。直れば、時間内なら 10 分以内に続きを送ります',
  line: 'LINE がすべて同じ理由で断られ、だれにも届いていません。LINE アカウントのチャネル、契約、本文を確かめてください。直れば、時間内なら 10 分以内に続きを送ります',
}

/**
 * Ends a run that is done, or lets go of it; one that is held was let go of with its hold. What was
 * asked for again meanwhile does not wait.
 */
async function giveBack(
  { runs, now }: RunWorkerOptions,
  claim: Claim,
  outcome: WorkOutcome,
): Promise<WorkOutcome> {
  if (outcome.status === 'held') return outcome
  if (outcome.status === 'waiting') {
    return (await runs.wait(claim, outcome.until)) ? outcome : { ...outcome, until: now() }
  }
  if (outcome.status === 'finished') await runs.finish(claim)
  else await runs.release(claim, wakeAfter(outcome, now()))
  return outcome
}

function wakeAfter(outcome: WorkOutcome, now: Date): Date | null {
  return outcome.status === 'unknownMunicipality' ? new Date(now.getTime() + REST_MS) : null
}
