import { parseSlot, slotLabel } from '../stage/slot'
import { createCellReader } from './cells'
import { MANUSCRIPT_COLUMNS } from './columns'
import { sheetSteps } from '../table/sheet'
import type { ImportProblem, Row, SheetSource } from '../table/sheet'
import { atOnce, type Steps } from '../table/steps'
import { keyOfManuscript, repeatedItems } from './plan'
import type { ImportContext, ImportItem, ImportPlan } from './plan'
import { readFields } from './readFields'

/** Reads a file of manuscripts: one row each. *Pure.* */
export function planManuscripts(source: SheetSource, context: ImportContext): ImportPlan {
  return atOnce(manuscriptSteps(source, context))
}

/** {@link planManuscripts}, a row at a step. *Pure.* */
export function* manuscriptSteps(source: SheetSource, context: ImportContext): Steps<ImportPlan> {
  const { rows, problems, ...sheet } = yield* sheetSteps(source, MANUSCRIPT_COLUMNS)
  if (problems.length > 0) return { items: [], problems, ...sheet }
  const items: ImportItem[] = []
  for (const row of rows) {
    const item = readManuscript(row, context, problems)
    if (item) items.push(item)
    yield
  }
  return { items, problems: [...problems, ...repeatedItems(items)], ...sheet }
}

function readManuscript(
  row: Row,
  context: ImportContext,
  problems: ImportProblem[],
): ImportItem | null {
  const before = problems.length
  const cells = createCellReader(row, problems)
  const data = readFields('manuscript', { cells, context })
  if (problems.length > before) return null
  const label = `${slotLabel(parseSlot(String(data.slot)))} ${String(data.title)}`
  const key = keyOfManuscript(data)
  const id = cells.code('id') || null
  const mark = cells.code('mark') || null
  return { line: row.line, label, id, key, mark, data, variables: {} }
}
