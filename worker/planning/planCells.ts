import { deliveryId } from '../../src/plan/candidate'
import {
  planReader,
  type Member,
  type PlannedDelivery,
  type ReaderPlan,
} from '../../src/plan/reader'
import { asksRelation } from '../../src/plan/notice'
import { channelOf, chooseRoute } from '../../src/plan/route'
import { preferencesOf } from '../../src/plan/wishes'
import { slicesOf } from '../../src/release/slices'
import { parseAnchor, parseCell } from '../readers/pair'
import type { PairCell } from './audience'
import { addDelivery, emptyChunk, type PlannedChunk } from './planChunk'
import type { Planning } from './planning'
import { composing } from './uncomposable'

/** Stands for everybody of a cell. */
const SAME = { id: '', pair: '' }

const NO_HISTORY: ReadonlyMap<string, string> = new Map()

/** A cell, and what all of its pairs get: one delivery each, or nothing. */
export interface DecidedCell {
  cell: PairCell
  delivery: PlannedDelivery | null
}

/**
 * Decides for each cell at once. Where more than one text is due, where it is not delivered, or
 * where it may have been merged into another one, it depends on what each of the pairs had before;
 * where a notice is for fathers, on who reads: they are left `aside`, to be planned one by one.
 */
export async function decideCells(
  planning: Planning,
  cells: AsyncIterable<PairCell>,
): Promise<{ decided: DecidedCell[]; aside: string[] }> {
  const { municipality } = planning.input.run
  const alike: DecidedCell[] = []
  const aside: string[] = []
  for (const cell of await inOrder(cells)) {
    const { candidates, deliveries } = composing(municipality, () => planCell(planning, cell))
    const isSame = candidates <= 1 && deliveries.length === candidates
    if (isSame && !isOfRelation(planning, cell)) {
      alike.push({ cell, delivery: deliveries[0] ?? null })
    } else aside.push(...cell.pairs)
  }
  const merged = await planning.store.mergedSlots(municipality)
  const isMerged = ({ delivery }: DecidedCell) => delivery !== null && merged.has(delivery.slot)
  for (const { cell } of alike.filter(isMerged)) aside.push(...cell.pairs)
  return { decided: alike.filter((one) => !isMerged(one)), aside }
}

function isOfRelation({ program }: Planning, { anchor }: PairCell): boolean {
  return asksRelation(program.dueFor(parseAnchor(anchor), false).once)
}

/** Cells in the same order each time: the same plan has the same batches, and these the same keys. */
export async function inOrder(cells: AsyncIterable<PairCell>): Promise<PairCell[]> {
  const all: PairCell[] = []
  for await (const cell of cells) all.push(cell)
  return all.sort((a, b) => (keyOf(a) < keyOf(b) ? -1 : 1)) // no two are alike
}

function keyOf({ anchor, cell }: PairCell): string {
  return `${anchor} ${cell}`
}

function planCell({ program, input }: Planning, { anchor, cell }: PairCell): ReaderPlan {
  const { edition, area, identities, wishes } = parseCell(cell)
  const { line, otherLine } = input
  const route = chooseRoute(identities, program, { line, otherLine, isSuppressed: () => false })
  const member: Member = {
    id: SAME.id,
    preferences: { ...preferencesOf({ edition, area, wishes }), ...channelOf(route) },
    status: 'active',
    wishes,
    route,
    children: [{ ...SAME, anchors: parseAnchor(anchor), isCorrected: false }],
  }
  const { yielding, run } = input
  return planReader({
    program,
    member,
    isStale: run.isStale,
    delivered: NO_HISTORY,
    yielding,
  })
}

/** Cells that are planned together, while those before them are written. */
const PLANNED_AT_ONCE = 200

/** Decided cells in their order, so many at a time: each may have a text of its own. *Pure.* */
export function partsOf(decided: readonly DecidedCell[]): DecidedCell[][] {
  return slicesOf(decided, PLANNED_AT_ONCE, () => 1)
}

/** Plans some cells. *Pure* but for the tally, the renderer's and the batcher's memory. */
export function planCells(decided: readonly DecidedCell[], planning: Planning): PlannedChunk {
  const chunk = emptyChunk()
  for (const cell of decided) addCell(chunk, planning, cell)
  return { ...chunk, batches: planning.batcher.takeClosed() }
}

/** Adds what a cell's plan comes to for each of its pairs. */
function addCell(
  chunk: PlannedChunk,
  planning: Planning,
  { cell: { pairs }, delivery }: DecidedCell,
): void {
  const { tally } = planning
  tally.audience += pairs.length
  if (!delivery) return
  tally.candidates += pairs.length
  const ids = pairs.map((pair) => deliveryId(pair, delivery.slot))
  addDelivery(chunk, planning, { delivery, ids })
}
