import { failureOf } from '../concurrency/failure'
import type { Run } from '../ledger/documents'
import type { RunStore } from '../ledger/runs'
import { isWorkable } from '../runs/due'
import { PLANNED_AT_ONCE, RUNS_AT_ONCE, type RunWorker } from '../runs/runWorker'
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
  /** Ids of those that are not planned yet. */
  planning: Set<string>
  /** What the latest poll found free, in its order; each is tried once. */
  found: Run[]
  isStopping: boolean
}

/**
 * The hands of one worker: each works on one run at a time. Only some of them plan, so that workers
 * share the plannings of a day, and long runs that only send hold up no other town.
 */
export function createHands(options: HandsOptions) {
  const hands: Hands = {
    ...options,
    working: new Map(),
    planning: new Set(),
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
  const { working, planning, found, now } = hands
  const hasFreeHand = () => working.size < RUNS_AT_ONCE && planning.size < PLANNED_AT_ONCE
  while (hasFreeHand() && !hands.isStopping) {
    const run = found.shift()
    if (!run) return
    if (!working.has(run._id) && isWorkable(run, now())) takeUp(hands, run._id)
  }
}

function takeUp(hands: Hands, id: string): void {
  const { working, planning, log, onAlert } = hands
  planning.add(id)
  const done = workOn(hands, id)
    .catch((error: Error & { code?: unknown }) => {
      log.error({ run: id, ...failureOf(error) }, 'run failed')
      onAlert('run-failed', { run: id, name: error.name, code: error.code })
    })
    .finally(() => {
      working.delete(id)
      planning.delete(id)
      fillHands(hands)
    })
  working.set(id, done)
}

async function workOn(hands: Hands, id: string): Promise<void> {
  const onPlanned = () => {
    hands.planning.delete(id)
    fillHands(hands)
  }
  const { status } = await hands.worker.work(id, () => hands.isStopping, onPlanned)
  if (status !== 'taken') hands.log.info({ run: id, status }, 'run worked on')
}
