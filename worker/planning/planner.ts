import { createProgram } from '../../src/plan/program'
import { createRenderer } from '../../src/plan/render'
import type { Audience, AudienceChunk } from './audience'
import { createBatcher } from './batch'
import type { PlanningStore } from '../ledger/plans'
import { prefetchMap } from '../database/prefetchMap'
import { addHistory, planChunk } from './chunk'
import { isWelcome, type PlanInput, type PlanSink, type PlanTally, type Work } from './work'
import { writeBatches, writeChunk } from './write'

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
      input,
      program,
      sink,
      store,
      tally: emptyTally(),
      render: createRenderer({ settings, welcome }),
      batcher: createBatcher({ run, namespace }),
    }
    const { municipality, reader } = run
    const query = { municipality, dates: program.dates, reader, isEveryChild: isWelcome(input) }
    let written = Promise.resolve()
    try {
      const withHistory = (chunk: AudienceChunk) => addHistory(chunk, work)
      for await (const chunk of prefetchMap(audience.chunks(query), withHistory)) {
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

function emptyTally(): PlanTally {
  return {
    candidates: 0,
    deliveries: 0,
    exclusions: {},
    audience: 0,
    kept: 0,
    groups: 0,
    batches: 0,
    calls: 0,
    leftOut: 0,
  }
}

function assertAccounted({ candidates, deliveries, exclusions, kept }: PlanTally) {
  const excluded = Object.values(exclusions).reduce((sum, count) => sum + count, 0)
  if (candidates === kept + deliveries + excluded) return
  throw new AccountingError(
    `候補 ${candidates} 件が、配信 ${deliveries} 件・除外 ${excluded} 件・前に計画した ${kept} 件の合計と合いません。`,
  )
}
