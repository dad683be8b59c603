import { MONTH_RULES, TIMINGS } from '../fields/choices'
import {
  BLOCK_TYPES,
  blockOf,
  emptyValueOf,
  typeOfBlock,
  type BlockTypes,
} from '../release/blocks/blockTypes'
import type { AddOnBlock } from '../release/content'
import { createCellReader } from './cells'
import type { CellReader } from './cells'
import { addOnColumns, blockChoices, blockColumns, columnOf } from './columns'
import { readSheet } from './csv'
import type { ImportProblem, Row, SheetSource } from './csv'
import { keyOfAddOn, onlyGiven, repeatedItems } from './plan'
import type { ImportContext, ImportItem, ImportPlan } from './plan'

/** Reads a file of add-ons: one row a block, rows with one `id` are one add-on. *Pure.* */
export function planAddOns(source: SheetSource, context: ImportContext): ImportPlan {
  const { types = BLOCK_TYPES } = context
  const { rows, problems } = readSheet(source, addOnColumns(types))
  if (problems.length > 0) return { items: [], problems }
  const items = groupRows(rows, { problems, types }).flatMap(
    (group) => readAddOn(group, context, problems) ?? [],
  )
  return { items, problems: [...problems, ...repeatedItems(items)] }
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
    const id = (row.cells.get('id') ?? '').trim()
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

function readAddOn(
  rows: Group,
  context: ImportContext,
  problems: ImportProblem[],
): ImportItem | null {
  const before = problems.length
  const [first] = rows
  const cells = createCellReader(first, problems)
  const owner = readMunicipality(cells, context)
  const [from, to] = [cells.slot('from'), cells.slot('to')]
  const written = cells.text('title')
  const title = written?.trim() ? written : cells.refuse('title', '空です。入力してください。')
  const blocks = rows.flatMap(
    (row) => readBlock(createCellReader(row, problems), context.types ?? BLOCK_TYPES) ?? [],
  )
  const data = onlyGiven({
    municipality: owner?.id,
    title,
    from,
    to,
    blocks,
    isEndIncluded: cells.flag('isEndIncluded', true),
    timing: cells.choice('timing', TIMINGS, 'once'),
    validFrom: cells.day('validFrom'),
    validTo: cells.day('validTo'),
    areas: cells.list('areas'),
    editions: cells.choices('editions', context.choices('editions')),
    monthRule: cells.choice('monthRule', MONTH_RULES, 'friendly'),
    order: cells.integer('order', 100),
    topics: cells.choices('topics', context.choices('topics')),
  })
  if (owner === undefined || from === undefined || title === undefined) return null
  if (problems.length > before) return null
  const key = keyOfAddOn({ municipality: owner.id, title, from })
  const id = cells.code('documentId') || null
  return { line: first.line, label: title, id, key, data, variables: owner.variables }
}

function readMunicipality(cells: CellReader, { municipalities }: ImportContext) {
  // A spreadsheet takes the zero off 北海道 to 栃木県.
  const code = (cells.code('municipality') ?? '').padStart(6, '0')
  const known = municipalities.get(code)
  if (known) return known
  return cells.refuse(
    'municipality',
    `自治体コード「${code}」の自治体はないか、担当していません。検査数字まで 6 桁で書き、先頭の 0 が消えていないか確かめてください。`,
  )
}

function readBlock(cells: CellReader, types: BlockTypes): AddOnBlock | null {
  const blockType = cells.choice('block', blockChoices(types), '')
  const type = typeOfBlock({ blockType }, types)
  if (!type) return null
  return blockOf(type, (name, field) => {
    const written = cells.text(columnOf(name, field)) ?? ''
    if (field.kind === 'line' || field.kind === 'lines') return written
    return written.trim() || emptyValueOf(field)
  })
}
