import { alertSlot } from '../../src/plan/notice'
import { createRenderer } from '../../src/plan/render'
import type { QuietPlaces } from '../../src/release/quietRow'
import { forEachAtOnce } from '../concurrency/limiter'
import { prefetchMap } from '../database/prefetchMap'
import type { Among, Audience, AudienceChunk, AudienceQuery } from './audience'
import { createBatcher } from './batcher'
import { addHistory } from './members'
import { decideCells, partsOf, planCells } from './planCells'
import { planChunk } from './planChunk'
import {
  correctedBy,
  emptyTally,
  isWelcome,
  programOf,
  type Planning,
  type PlanInput,
  type PlanSink,
  type PlanTally,
} from './planning'
import { composing } from './uncomposable'
import { WRITES_AT_ONCE, writeBatches, writeChunk } from './writeChunk'

/** The numbers do not add up, so nothing goes out. */
export class AccountingError extends Error {
  readonly code = 'ACCOUNTING'
}

interface PlannerOptions {
  audience: Audience
  store: Planning['store']
  /** Namespace UUID for retry keys; a restored ledger has another one from then on. */
  namespace: () => Promise<string>
  /** The pairs of a municipality that got what stands at a slot. */
  reached: (municipality: string, slot: string) => Promise<string[]>
  /** Where the last row of a municipality's LINE texts leads. */
  placesOf: (input: Pick<PlanInput, 'settings' | 'line'>) => QuietPlaces
}

interface PlanOptions {
  sink: PlanSink
  /** Called after each chunk; may throw to stop (the lease is lost). */
  onProgress?: () => Promise<void> | void
}

/**
 * Plans a run: readers → candidates → deliveries and exclusions → batches. The first planning of a
 * day decides cell by cell; whoever it cannot decide for, and everybody in a later one, is planned
 * reader by reader with what was planned for them before.
 *
 * @throws AccountingError when `candidates = kept + deliveries + exclusions` does not hold;
 * UncomposableError when the municipality's texts or settings cannot be put together.
 */
export function createPlanner(options: PlannerOptions) {
  return async (input: PlanInput, { sink, onProgress }: PlanOptions): Promise<PlanTally> => {
    const planning = begin(options, { input, sink, namespace: await options.namespace() })
    const work: Work = { planning, audience: options.audience, onProgress }
    const same = await sameReaders(options, planning)
    const isFirst = !isWelcome(input) && input.run.sealed.length === 0
    if (same) await planReaders(work, same)
    else if (isFirst) await planByCells(work)
    else await planReaders(work, 'all')
    const { tally, batcher } = planning
    await writeBatches(planning, batcher.takeAll())
    tally.groups = batcher.groupCount()
    assertAccounted(tally)
    return tally
  }
}

/** The pairs that got what an alert corrects; null for all else. */
async function sameReaders(
  { reached }: Pick<PlannerOptions, 'reached'>,
  { input }: Planning,
): Promise<readonly string[] | null> {
  const corrected = correctedBy(input)
  return corrected === null ? null : reached(input.run.municipality, alertSlot(corrected))
}

/** Plans a run, into the ledger or dry. */
export type Planner = ReturnType<typeof createPlanner>

interface Work extends Pick<PlanOptions, 'onProgress'> {
  planning: Planning
  audience: Audience
}

function begin(
  { store, placesOf }: PlannerOptions,
  { input, sink, namespace }: { input: PlanInput; sink: PlanSink; namespace: string },
): Planning {
  const { run, settings } = input
  const places = placesOf(input)
  return {
    input,
    program: composing(run.municipality, () => programOf(input)),
    sink,
    store,
    tally: emptyTally(),
    render: composing(run.municipality, () => createRenderer({ settings, places })),
    batcher: createBatcher({ run, namespace }),
  }
}

/** All who get the same are decided for at once; the others, and whoever is special, one by one. */
async function planByCells(work: Work): Promise<void> {
  const { planning, audience, onProgress } = work
  const { municipality } = planning.input.run
  const { decided, aside } = await decideCells(planning, audience.cells(queryOf(planning)))
  await forEachAtOnce(partsOf(decided), WRITES_AT_ONCE, async (cells) => {
    // planned in their order: a part is planned as soon as it is taken, before anything is waited for
    await writeChunk(
      planning,
      composing(municipality, () => planCells(cells, planning)),
    )
    await onProgress?.()
  })
  if (aside.length > 0) await planReaders(work, aside)
  await planReaders(work, 'special')
}

/** One chunk is written while the next is planned; both are of different readers. */
async function planReaders({ planning, audience, onProgress }: Work, among: Among): Promise<void> {
  const { municipality } = planning.input.run
  const withHistory = (chunk: AudienceChunk) => addHistory(chunk, planning)
  let written = Promise.resolve()
  try {
    const chunks = audience.chunks(queryOf(planning), among)
    for await (const chunk of prefetchMap(chunks, withHistory)) {
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
