import { createProgram } from '../../src/plan/program'
import { createRenderer } from '../../src/plan/render'
import { prefetchMap } from '../database/prefetchMap'
import type { Audience, AudienceChunk, AudienceQuery } from './audience'
import { createBatcher } from './batcher'
import { addHistory } from './members'
import { planChunk } from './planChunk'
import {
  emptyTally,
  isWelcome,
  type Planning,
  type PlanInput,
  type PlanSink,
  type PlanTally,
} from './planning'
import type { PlanningStore } from './planningStore'
import { composing } from './uncomposable'
import { writeBatches, writeChunk } from './writeChunk'

/** The numbers do not add up, so nothing goes out. */
export class AccountingError extends Error {
  readonly code = 'ACCOUNTING'
}

interface PlannerOptions {
  audience: Audience
  store: Pick<PlanningStore, 'findExisting' | 'findTaken'>
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
 * Plans a run as a stream: chunk of readers → candidates → deliveries and exclusions → batches.
 *
 * @throws AccountingError when `candidates = kept + deliveries + exclusions` does not hold;
 * UncomposableError when the municipality's texts or settings cannot be put together.
 */
export function createPlanner(options: PlannerOptions) {
  return async (input: PlanInput, { sink, onProgress }: PlanOptions): Promise<PlanTally> => {
    const planning = begin(options, input, sink)
    await planAudience(planning, options.audience, onProgress)
    const { tally, batcher } = planning
    await writeBatches(planning, batcher.takeAll())
    tally.groups = batcher.groupCount()
    assertAccounted(tally)
    return tally
  }
}

/** Plans a run, into the ledger or dry. */
export type Planner = ReturnType<typeof createPlanner>

function begin(
  { store, namespace, welcome }: PlannerOptions,
  input: PlanInput,
  sink: PlanSink,
): Planning {
  const { run, settings, content } = input
  return {
    input,
    program: composing(run.municipality, () =>
      createProgram({ settings, content, date: run.date }),
    ),
    sink,
    store,
    tally: emptyTally(),
    render: createRenderer({ settings, welcome }),
    batcher: createBatcher({ run, namespace }),
  }
}

/** One chunk is written while the next is planned; both are of different readers. */
async function planAudience(
  planning: Planning,
  audience: Audience,
  onProgress: PlanOptions['onProgress'],
): Promise<void> {
  const { municipality } = planning.input.run
  const withHistory = (chunk: AudienceChunk) => addHistory(chunk, planning)
  let written = Promise.resolve()
  try {
    for await (const chunk of prefetchMap(audience.chunks(queryOf(planning)), withHistory)) {
      const planned = composing(municipality, () => planChunk(chunk, planning))
      await written
      written = writeChunk(planning, planned)
      written.catch(() => undefined) // awaited in the next turn; not unhandled until then
      await onProgress?.()
    }
  } finally {
    await written // nothing is written any more once this has ended, however it ended
  }
}

function queryOf({ input, program }: Planning): AudienceQuery {
  const { municipality, reader } = input.run
  return { municipality, dates: program.dates, reader, isEveryChild: isWelcome(input) }
}

function assertAccounted({ candidates, deliveries, exclusions, kept }: PlanTally) {
  const excluded = Object.values(exclusions).reduce((sum, count) => sum + count, 0)
  if (candidates === kept + deliveries + excluded) return
  throw new AccountingError(
    `候補 ${candidates} 件が、配信 ${deliveries} 件・除外 ${excluded} 件・前に計画した ${kept} 件の合計と合いません。`,
  )
}
