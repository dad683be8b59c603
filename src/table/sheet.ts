import type { Column } from '../release/column'
import { shorten } from '../release/graphemes'
import { isErrorValue, unguardCell } from './formulaGuard'
import { visible } from './invisible'
import { isBlank, lineSteps, type Line } from './lines'
import { composed } from './sameText'
import { atOnce, type Steps } from './steps'
import { columnNamed, tableArea } from './tableArea'

/** What is wrong with one place of a file. */
export interface ImportProblem {
  /** Line of the file, from 1, where the row starts; 0 for the file as a whole. */
  line: number
  /** Name of the column, or null when it is the whole row. */
  column: string | null
  /** Found, expected and what to do, in Japanese. */
  message: string
  /** What stands in the cell; never an address. */
  value?: string
  /** The column's heading as the file has it. */
  heading?: string
}

/** One row under the header: its cells by column name; columns the header lacks are absent. */
export interface Row {
  line: number
  cells: ReadonlyMap<string, string>
  /** The days of cells that a workbook keeps as days, by column name. */
  days?: ReadonlyMap<string, string>
}

/** The rows of a file, or why it cannot be read. */
export interface Sheet {
  rows: Row[]
  problems: ImportProblem[]
  /** Lines outside of the table that may have been meant as rows. */
  notes?: ImportProblem[]
  /** Headings as the file has them, by column name. */
  headings?: ReadonlyMap<string, string>
}

/** A problem with the heading its column has in the file, as it can be shown. *Pure.* */
export function placedProblem(
  problem: ImportProblem,
  headings: ReadonlyMap<string, string> | undefined,
): ImportProblem {
  const { message, column, value } = problem
  const heading = headings?.get(column?.split('.')[0] ?? '')
  return {
    ...problem,
    message: visible(message),
    ...(value !== undefined && { value: visible(shortened(value)) }),
    ...(heading !== undefined && { heading: visible(heading) }),
  }
}

/** Longest value a message repeats; nobody reads on. */
const MAX_SHOWN_VALUE = 200

function shortened(value: string): string {
  const isLong = value.length > MAX_SHOWN_VALUE
  return isLong ? `${shorten(value, MAX_SHOWN_VALUE + 1)}(全 ${value.length} 文字)` : value
}

/** A CSV's text, or the lines of a sheet. */
export type SheetSource = string | readonly Line[]

/** Reads the rows of a CSV or a sheet whose header names some of the columns. *Pure.* */
export function readSheet(source: SheetSource, columns: readonly Column[]): Sheet {
  return atOnce(sheetSteps(source, columns))
}

/** {@link readSheet}, a cell or row at a step. *Pure.* */
export function* sheetSteps(source: SheetSource, columns: readonly Column[]): Steps<Sheet> {
  const isText = typeof source === 'string'
  const read = isText ? yield* lineSteps(source) : { lines: source, separator: ',' }
  if ('message' in read) return { rows: [], problems: [{ ...read, column: null }] }
  const { heading: first, body, left } = tableArea(read.lines, columns)
  const header = first && { ...first, cells: withoutEmptyEnd(first.cells) }
  if (!header) {
    const message = '見出しの行がありません。表の初めの行に列の名前を書いてください。'
    return { rows: [], problems: [{ line: 1, column: null, message }] }
  }
  const named = header.cells.map((cell) => columnNamed(cell, columns))
  if (named.every((name) => name === null)) {
    return { rows: [], problems: [noHeading(header, columns)] }
  }
  const names = header.cells.map((cell, index) => named[index] ?? cell.trim())
  const problems = headerProblems(header, { names, columns })
  const rows: Row[] = []
  for (const line of body) {
    problems.push(...widthProblems(line, names.length, read.separator))
    problems.push(...errorProblems(line, names))
    rows.push(yield* rowOf(line, names))
  }
  const headings = new Map(names.map((name, index) => [name, header.cells[index]?.trim() ?? '']))
  const notes = left.map(leftNote)
  return { rows, problems, headings, notes }
}

/** Columns a spreadsheet saved though nothing is in them. */
function withoutEmptyEnd(cells: readonly string[]): string[] {
  return cells.slice(0, cells.findLastIndex((cell) => !isBlank(cell)) + 1)
}

/** A list whose first line is a row already: nothing can be said of its columns one by one. */
function noHeading({ line, cells }: Line, columns: readonly Column[]): ImportProblem {
  const value = cells.filter((cell) => !isBlank(cell)).join(' ')
  const message = `見出しの行がありません。「${value}」に、知っている列の名前が 1 つもありません。表の上に、列の名前の行を加えてください。使える列は ${namesOf(columns)} です。`
  return { line, column: null, message, value }
}

function leftNote({ line, cells }: Line): ImportProblem {
  const value = cells.filter((cell) => !isBlank(cell)).join(' ')
  const message = `「${value}」は見出しの上か表の下の行なので、読みません。取り込む行なら、表の中に書いてください。`
  return { line, column: null, message, value }
}

function headerProblems(
  header: Line,
  { names, columns }: { names: string[]; columns: readonly Column[] },
): ImportProblem[] {
  const problem = (column: string, message: string) => ({
    line: header.line,
    column: column || null,
    message,
  })
  const known = columns.map(({ name }) => name)
  const unknown = names.filter((name) => !known.includes(name))
  const twice = names.filter((name, index) => names.indexOf(name) !== index)
  const lacking = columns.filter(({ name, isRequired }) => isRequired && !names.includes(name))
  return [
    ...unknown.map((name) =>
      problem(
        name,
        name === ''
          ? '見出しが空の列があります。列の名前を書くか、列を削除してください。'
          : `「${name}」という列はありません。使える列は ${namesOf(columns)} です。`,
      ),
    ),
    ...[...new Set(twice)].map((name) => problem(name, `「${name}」の列が 2 つあります。`)),
    ...lacking.map(({ name, aliases }) =>
      problem(name, `「${name}」(${aliases.join('、')})の列がありません。見出しに加えてください。`),
    ),
  ]
}

function namesOf(columns: readonly Column[]): string {
  return columns.map(({ name, aliases }) => `${name}(${aliases[0] ?? ''})`).join('、')
}

function widthProblems({ line, cells }: Line, width: number, separator: string): ImportProblem[] {
  const extra = !cells.slice(width).every(isBlank)
  if (cells.length >= width && !extra) return []
  const sign = separator === '\t' ? 'タブ' : `「${separator}」`
  const message = extra
    ? `欄が ${cells.length} 個あり、見出しの ${width} 個より多いです。文章の中の${sign}が区切りになっていないか確かめてください。`
    : `欄が ${cells.length} 個しかなく、見出しの ${width} 個より少ないです。空の欄にも${sign}を入れてください。`
  return [{ line, column: null, message }]
}

/** `#N/A` and the like came out of a formula: nobody meant it as a text. */
function errorProblems({ line, cells }: Line, names: readonly string[]): ImportProblem[] {
  return names.flatMap((column, index) => {
    const value = cells[index] ?? ''
    if (!isErrorValue(value)) return []
    const message = `「${value}」は、表計算ソフトが計算できなかったときの印です。元の表の式を直すか、値を書き直してください。`
    return [{ line, column, message, value }]
  })
}

function* rowOf({ line, cells, days }: Line, names: readonly string[]): Steps<Row> {
  const named = new Map<string, string>()
  for (const [index, name] of names.entries()) {
    named.set(name, composed(unguardCell(cells[index] ?? '')))
    yield
  }
  return {
    line,
    cells: named,
    ...(days && { days: new Map([...days].map(([index, day]) => [names[index] ?? '', day])) }),
  }
}
