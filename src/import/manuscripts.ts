import { AGE_BASES, KINDS, MONTH_RULES } from '../fields/choices'
import { parseSlot, slotLabel } from '../stage/slot'
import { createCellReader } from './cells'
import type { CellReader } from './cells'
import { MANUSCRIPT_COLUMNS } from './columns'
import { readSheet } from './csv'
import type { ImportProblem, Row, SheetSource } from './csv'
import { readDay } from './days'
import { decodeEntry, splitCell } from './lists'
import { keyOfManuscript, onlyGiven, repeatedItems } from './plan'
import type { ImportContext, ImportItem, ImportPlan } from './plan'

/** Reads a file of manuscripts: one row each. *Pure.* */
export function planManuscripts(source: SheetSource, context: ImportContext): ImportPlan {
  const { rows, problems } = readSheet(source, MANUSCRIPT_COLUMNS)
  if (problems.length > 0) return { items: [], problems }
  const items = rows.flatMap((row) => readManuscript(row, context, problems) ?? [])
  return { items, problems: [...problems, ...repeatedItems(items)] }
}

function readManuscript(
  row: Row,
  context: ImportContext,
  problems: ImportProblem[],
): ImportItem | null {
  const before = problems.length
  const cells = createCellReader(row, problems)
  const series = readSeries(cells, context)
  const slot = cells.slot('slot')
  const editions = context.choices('edition')
  const first = editions[0]?.value ?? ''
  const edition = cells.has('edition') ? cells.choice('edition', editions, first) : first
  const data = onlyGiven({
    series,
    slot,
    edition,
    kind: cells.choice('kind', KINDS, 'stage'),
    title: required(cells, 'title'),
    subject: required(cells, 'subject'),
    body: required(cells, 'body'),
    topics: cells.choices('topics', context.choices('topics')),
    ageBasis: cells.choice('ageBasis', AGE_BASES, 'calendar'),
    monthRule: cells.choice('monthRule', MONTH_RULES, 'friendly'),
    sources: cells.has('sources') ? readSources(cells) : undefined,
  })
  if (series === undefined || slot === undefined || edition === undefined) return null
  if (problems.length > before) return null
  const label = `${slotLabel(parseSlot(slot))} ${String(data.title)}`
  const key = keyOfManuscript({ series, slot, edition })
  return { line: row.line, label, id: cells.code('id') || null, key, data, variables: {} }
}

function readSeries(cells: CellReader, { series }: ImportContext): string | undefined {
  const code = (cells.code('series') ?? '').toLowerCase()
  const known = series.get(code)
  if (known !== undefined) return known
  const codes = [...series.keys()].join('、') || '(まだ 1 つもありません)'
  return cells.refuse('series', `シリーズ「${code}」はありません。使えるのは ${codes} です。`)
}

function required(cells: CellReader, column: string): string | undefined {
  const text = cells.text(column)
  return text?.trim() === '' ? cells.refuse(column, '空です。入力してください。') : text
}

function readSources(cells: CellReader) {
  return splitCell(cells.text('sources') ?? '', ';\uFF1B\n')
    .filter((part) => part.trim() !== '')
    .map((part) => {
      const [title = '', url = '', accessedOn = ''] = splitCell(part, '|\uFF5C').map(decodeEntry)
      return { title, url, accessedOn: readDay(accessedOn) }
    })
}
