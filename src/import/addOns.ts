import {
  BLOCK_TYPES,
  blockOf,
  emptyValueOf,
  typeOfBlock,
  type BlockTypes,
} from '../release/blocks/blockTypes'
import type { AddOnBlock } from '../release/content'
import { isOurPictureName } from '../release/ourPicture'
import { readCode, withoutInvisible } from '../table/invisible'
import { createCellReader } from './cells'
import type { CellReader } from './cells'
import { addOnColumns, blockChoices, blockColumns, columnOf } from './columns'
import { sheetSteps } from '../table/sheet'
import type { ImportProblem, Row, SheetSource } from '../table/sheet'
import { atOnce, type Steps } from '../table/steps'
import { keyOfAddOn, repeatedItems } from './plan'
import type { HalfRead, ImportContext, ImportItem, ImportPlan } from './plan'
import { readFields } from './readFields'

/** Reads a file of add-ons: one row a block, rows with one `id` are one add-on. *Pure.* */
export function planAddOns(source: SheetSource, context: ImportContext): ImportPlan {
  return atOnce(addOnSteps(source, context))
}

/** {@link planAddOns}, an add-on at a step. *Pure.* */
export function* addOnSteps(source: SheetSource, context: ImportContext): Steps<ImportPlan> {
  const { types = BLOCK_TYPES } = context
  const { rows, problems, ...sheet } = yield* sheetSteps(source, addOnColumns(types))
  if (problems.length > 0) return { items: [], halfRead: [], problems, ...sheet }
  const items: ImportItem[] = []
  const halfRead: HalfRead[] = []
  for (const group of groupRows(rows, { problems, types })) {
    const refused: ImportProblem[] = []
    const item = readAddOn(group, context, refused)
    if (refused.length === 0) items.push(item)
    else halfRead.push({ ...item, refused })
    problems.push(...refused)
    yield
  }
  return { items, halfRead, problems: [...problems, ...repeatedItems(items)], ...sheet }
}

type Group = [Row, ...Row[]]

interface Reading {
  problems: ImportProblem[]
  types: BlockTypes
}

function groupRows(rows: readonly Row[], { problems, types }: Reading): Group[] {
  const ofBlocks = ['id', 'block', ...blockColumns(types).map(({ name }) => name)]
  const groups = new Map<string, Group>()
  for (const row of rows) {
    const id = readCode(row.cells.get('id') ?? '')
    const group = groups.get(id)
    if (id === '') {
      const message = '番号が空です。1 つの原稿の行に同じ番号を付けてください。'
      problems.push({ line: row.line, column: 'id', message })
    } else if (group) {
      group.push(row)
      problems.push(...contradictions(group[0], row, ofBlocks))
    } else {
      groups.set(id, [row])
    }
  }
  return [...groups.values()]
}

/** Later rows of an add-on leave its own columns empty or repeat them. */
function contradictions(first: Row, row: Row, ofBlocks: readonly string[]): ImportProblem[] {
  return [...row.cells].flatMap(([column, cell]) => {
    const isSame = cell.trim() === '' || cell === first.cells.get(column)
    if (isSame || ofBlocks.includes(column)) return []
    const message = `同じ番号の ${first.line} 行目と違います。空にするか、同じ内容にしてください。別の原稿なら番号を変えてください。`
    return [{ line: row.line, column, message }]
  })
}

function readAddOn(rows: Group, context: ImportContext, problems: ImportProblem[]): ImportItem {
  const [first] = rows
  const cells = createCellReader(first, problems)
  const data = readFields('addOn', { cells, context })
  const { types = BLOCK_TYPES, pictures = new Map<string, string>() } = context
  const read = rows.flatMap((row) => {
    const block = readBlock(createCellReader(row, problems), { types, pictures })
    return block ? [{ block, line: row.line }] : []
  })
  const blocks = read.map(({ block }) => block)
  const { municipality, title, from, to, ...details } = data
  return {
    line: first.line,
    blockLines: read.map(({ line }) => line),
    label: String(title),
    id: cells.code('documentId') || null,
    key: keyOfAddOn(data),
    mark: cells.code('mark') || null,
    // What changes is reported in this order: whose, what, when, and then the details.
    data: { municipality, title, from, to, blocks, ...details },
    variables: variablesOf(municipality, context),
  }
}

function variablesOf(municipality: unknown, { municipalities }: ImportContext) {
  const own = [...municipalities.values()].find(({ id }) => id === municipality)
  return own?.variables ?? {}
}

interface Known {
  types: BlockTypes
  /** Ids by file name. */
  pictures: ReadonlyMap<string, string>
}

function readBlock(cells: CellReader, { types, pictures }: Known): AddOnBlock | null {
  const blockType = cells.choice('block', blockChoices(types), '')
  const type = typeOfBlock({ blockType }, types)
  if (!type) return null
  if (WITHOUT_ZERO.test(readCode(cells.text('contact') ?? ''))) {
    return cells.refuse('contact', withoutZero(cells.text('contact') ?? '')) ?? null
  }
  return blockOf(type, (name, field) => {
    const written = cells.text(columnOf(name, field)) ?? ''
    if (field.kind === 'line' || field.kind === 'lines') return written || emptyValueOf(field)
    const code = withoutInvisible(written).trim()
    const isChosen = isOurPictureName(code)
    if (field.kind === 'chosen') {
      if (!isChosen) return undefined // an address from before stands in the same column
      return pictures.get(code) ?? cells.refuse(columnOf(name, field), unknownPicture(code))
    }
    return (field.kind === 'picture' && isChosen ? '' : code) || emptyValueOf(field)
  })
}

function unknownPicture(code: string): string {
  return `「${code}」という画像は、ライブラリにないか、見る権限がありません。画像の一覧で「ファイル名」を確かめて書き写すか、空にしてください。`
}

/** A telephone number that a spreadsheet kept as a number: its first 0 is gone. */
const WITHOUT_ZERO = /^[1-9]\d{8,9}$/

function withoutZero(written: string): string {
  return `「${written}」は、電話番号の先頭の 0 が消えているようです。セルの表示形式を「文字列」にして、0 から書き直してください。`
}
