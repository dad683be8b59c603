import type { Run } from '../ledger/documents'
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
  /** What the latest poll found free, in its order; each is tried once. */
  found: Run[]
  isStopping: boolean
}

/** The hands of one worker: each works on one run at a time. */
export function createHands(options: HandsOptions) {
  const hands: Hands = {
    ...options,
    working: new Map(),
    found: [],
    isStopping: false,
  }
  return {
    /** Finds free runs; a hand that is done goes on with the next of them at once. */
    takeFreeRuns: (): Promise<void> => takeFreeRuns(hands),

    /** Lets no run be taken up any more, and those in hand come to an end soon. */
    stop: (): void => {
      hands.isStopping = true
    },

    /** Resolves when no run is worked on here. */
    idle: async (): Promise<void> => {
      while (hands.working.size > 0) await Promise.all(hands.working.values())
    },
  }
}

/**
 * Nothing is claimed before there is a hand for it: the rest is left to other workers. It is read
 * anew at each poll, so that a welcome does not wait for a thousand towns that were found before it.
 */
async function takeFreeRuns(hands: Hands): Promise<void> {
  hands.found = await hands.runs.claimable()
  fillHands(hands)
}

function fillHands(hands: Hands): void {
  const { working, found, now } = hands
  while (working.size < RUNS_AT_ONCE && !hands.isStopping) {
    const run = found.shift()
    if (!run) return
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
    .finally(() => {
      working.delete(id)
      fillHands(hands)
    })
  working.set(id, done)
}

async function workOn(hands: Hands, id: string): Promise<void> {
  const { status } = await hands.worker.work(id, () => hands.isStopping)
  if (status !== 'taken') hands.log.info({ run: id, status }, 'run worked on')
}
