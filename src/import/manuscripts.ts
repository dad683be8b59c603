import { parseSlot, slotLabel } from '../stage/slot'
import { createCellReader } from './cells'
import { MANUSCRIPT_COLUMNS } from './columns'
import { sheetSteps } from '../table/sheet'
import type { ImportProblem, Row, SheetSource } from '../table/sheet'
import { atOnce, type Steps } from '../table/steps'
import { keyOfManuscript, repeatedItems } from './plan'
import type { HalfRead, ImportContext, ImportItem, ImportPlan } from './plan'
import { readFields } from './readFields'

/** Reads a file of manuscripts: one row each. *Pure.* */
export function planManuscripts(source: SheetSource, context: ImportContext): ImportPlan {
  return atOnce(manuscriptSteps(source, context))
}

/** {@link planManuscripts}, a row at a step. *Pure.* */
export function* manuscriptSteps(source: SheetSource, context: ImportContext): Steps<ImportPlan> {
  const { rows, problems, ...sheet } = yield* sheetSteps(source, MANUSCRIPT_COLUMNS)
  if (problems.length > 0) return { items: [], halfRead: [], problems, ...sheet }
  const items: ImportItem[] = []
  const halfRead: HalfRead[] = []
  for (const row of rows) {
    const refused: ImportProblem[] = []
    const item = readManuscript(row, context, refused)
    if (refused.length === 0) items.push(item)
    else halfRead.push({ ...item, refused })
    problems.push(...refused)
    yield
  }
  return { items, halfRead, problems: [...problems, ...repeatedItems(items)], ...sheet }
}

function readManuscript(row: Row, context: ImportContext, problems: ImportProblem[]): ImportItem {
  const cells = createCellReader(row, problems)
  const data = readFields('manuscript', { cells, context })
  const slot = data.slot === undefined ? '' : slotLabel(parseSlot(String(data.slot)))
  const label = `${slot} ${String(data.title)}`
  const key = keyOfManuscript(data)
  const id = cells.code('id') || null
  const mark = cells.code('mark') || null
  return { line: row.line, label, id, key, mark, data, variables: {} }
}
