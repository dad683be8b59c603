import type { RunStore } from '../ledger/runs'
import { isWorkable } from '../runs/due'
import { RUNS_AT_ONCE, type RunWorker } from '../runs/runWorker'
import type { ServiceLog } from './service'

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
  isStopping: boolean
}

/** The hands of one worker: each works on one run at a time. */
export function createHands(options: HandsOptions) {
  const hands: Hands = {
    ...options,
    working: new Map(),
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
    if (!working.has(run._id) && isWorkable(run, now())) takeUp(hands, run._id)
  }
}

function takeUp(hands: Hands, id: string): void {
  const { working, log, onAlert } = hands
  const done = workOn(hands, id)
    .catch((error: Error & { code?: unknown }) => {
      log.error({ run: id, name: error.name, code: error.code }, 'run failed')
      onAlert('run-failed', { run: id, name: error.name, code: error.code })
    })
    .finally(() => working.delete(id))
  working.set(id, done)
}

async function workOn(hands: Hands, id: string): Promise<void> {
  const { status } = await hands.worker.work(id, () => hands.isStopping)
  if (status !== 'taken') hands.log.info({ run: id, status }, 'run worked on')
}
