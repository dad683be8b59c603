import type { RunStore } from '../ledger/runs'
import { isWorkable } from '../runs/due'
import { RUNS_AT_ONCE, type RunWorker } from '../runs/runWorker'
import type { ServiceLog } from './service'

/** How long a run that failed here (or cannot be worked on) is left alone. */
const REST_MS = 30_000

interface HandsOptions {
  runs: Pick<RunStore, 'claimable'>
  worker: Pick<RunWorker, 'work'>
  now: () => Date
  log: ServiceLog
  onAlert: (code: string, detail: Record<string, unknown>) => void
}

interface Hands extends HandsOptions {
  /** The runs that are worked on here, by their id. */
  working: Map<string, Promise<void>>
  /** Until when a run is left alone here, by its id. */
  restUntil: Map<string, number>
  isStopping: boolean
}

/** The hands of one worker: each works on one run at a time. */
export function createHands(options: HandsOptions) {
  const hands: Hands = {
    ...options,
    working: new Map(),
    restUntil: new Map(),
    isStopping: false,
  }
  return {
    /** Takes up runs that are free, as many as there are hands. */
    takeFreeRuns: (): Promise<void> => takeFreeRuns(hands),

    /** Lets no run be taken up any more, and those in hand come to an end soon. */
    stop: (): void => {
      hands.isStopping = true
    },

    /** Resolves when no run is worked on here. */
    idle: async (): Promise<void> => {
      await Promise.all(hands.working.values())
    },
  }
}

/** What there is no hand for is left to other workers: nothing waits in this process's memory. */
async function takeFreeRuns(hands: Hands): Promise<void> {
  const { runs, working, now } = hands
  if (working.size >= RUNS_AT_ONCE) return
  for (const run of await runs.claimable()) {
    if (working.size >= RUNS_AT_ONCE || hands.isStopping) return
    const isResting = (hands.restUntil.get(run._id) ?? 0) > now().getTime()
    if (!working.has(run._id) && !isResting && isWorkable(run, now())) takeUp(hands, run._id)
  }
}

function takeUp(hands: Hands, id: string): void {
  const { working, log, onAlert } = hands
  const done = workOn(hands, id)
    .catch((error: Error & { code?: unknown }) => {
      rest(hands, id)
      log.error({ run: id, name: error.name, code: error.code }, 'run failed')
      onAlert('run-failed', { run: id, name: error.name, code: error.code })
    })
    .finally(() => working.delete(id))
  working.set(id, done)
}

async function workOn(hands: Hands, id: string): Promise<void> {
  const { status } = await hands.worker.work(id, () => hands.isStopping)
  hands.restUntil.delete(id)
  if (status === 'unknownMunicipality') rest(hands, id)
  if (status !== 'taken') hands.log.info({ run: id, status }, 'run worked on')
}

function rest({ restUntil, now }: Hands, id: string): void {
  restUntil.set(id, now().getTime() + REST_MS)
}
