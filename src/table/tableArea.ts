import type { Column } from '../release/column'
import { readCode } from './invisible'
import { isBlank, type Line } from './lines'

/** Where the table is among the lines of a file. */
export interface TableArea {
  /** The line with the headings; undefined in a file without lines. */
  heading: Line | undefined
  body: Line[]
  /** Lines that are no rows, though a person may have meant one: they are told. */
  left: Line[]
}

/** Titles, dates of printing and remarks stand above the heading; nobody writes more of them. */
const MAX_LINES_ABOVE = 30
/** A line above the heading with more cells than this may have been meant as a row. */
const MAX_TITLE_CELLS = 2
/** A sum or remark below the table has at most this many cells. */
const MAX_FOOTER_CELLS = 3

/** What a line below the table begins with. */
const FOOTER = /^(?:(?:総|小)?合?計|総?件数|以上|以下余白|※|\*|注|備考|出力日|作成日|印刷日|更新日)/

/** What stands under a heading: (6桁), 【必須】, 任意. */
const UNDER_HEADING = /^(?:[(\uFF08[\uFF3B【〔<].*[)\uFF09\]\uFF3D】〕>]|必須|任意|必要|※.*)$/

/**
 * Finds the table by its headings, wherever they stand: the first line that has all that are needed,
 * else the first that has any, else the first of all. Titles above, units under the heading,
 * headings printed again and sums below are no rows. *Pure.*
 */
export function tableArea(lines: readonly Line[], columns: readonly Column[]): TableArea {
  const names = namesOf(columns)
  const top = lines.slice(0, MAX_LINES_ABOVE)
  const needed = columns.filter(({ isRequired }) => isRequired).map(({ name }) => name)
  const withAll = top.findIndex((line) => {
    const found = foundIn(line, names)
    return found.size > 0 && needed.every((name) => found.has(name))
  })
  const withAny = top.findIndex((line) => foundIn(line, names).size > 0)
  const place = Math.max(withAll >= 0 ? withAll : withAny, 0)
  const heading = lines[place]
  const below = lines.slice(place + 1).filter((line) => heading && !isSame(line, heading))
  const body = below.filter((line, index) => !(index === 0 && isUnderHeading(line)))
  const end = body.findLastIndex((line) => !isFooter(line)) + 1
  const isMeant = (line: Line) => filled(line).length > MAX_TITLE_CELLS
  return {
    heading,
    body: body.slice(0, end),
    left: [...lines.slice(0, place).filter(isMeant), ...body.slice(end)],
  }
}

/**
 * Name of the column a heading means; width, case and spaces do not matter, nor what people put
 * around it: 題名(必須), ※配信日, 「本文」. *Pure.*
 */
export function columnNamed(cell: string, columns: readonly Column[]): string | null {
  return nameIn(cell, namesOf(columns)) ?? null
}

function nameIn(cell: string, names: ReadonlyMap<string, string>): string | undefined {
  const folded = fold(cell)
  return names.get(folded) ?? names.get(withoutRemarks(folded))
}

/** Longer than any heading with its remark. */
const MAX_HEADING = 200

function withoutRemarks(heading: string): string {
  if (heading.length > MAX_HEADING) return heading
  return heading
    .replace(/[([【〔〈<{][^()[\]【】〔〕〈〉<>{}]*[)\]】〕〉>}]/g, '')
    .replace(/[*※☆★◎○●◆■「」『』"]/g, '')
    .replace(/^\d{1,2}[.:]|[:;]$|(?:必須|任意)$/g, '')
}

/** The first column to have a name keeps it. */
function namesOf(columns: readonly Column[]): ReadonlyMap<string, string> {
  const all = columns.flatMap(({ name, aliases }) =>
    [name, ...aliases].map((known) => [fold(known), name] as const),
  )
  return new Map(all.toReversed())
}

function fold(name: string): string {
  return readCode(name).replace(/\s+/g, '').toLowerCase()
}

function foundIn({ cells }: Line, names: ReadonlyMap<string, string>): Set<string> {
  return new Set(cells.flatMap((cell) => nameIn(cell, names) ?? []))
}

function filled({ cells }: Line): string[] {
  return cells.filter((cell) => !isBlank(cell))
}

function isSame(line: Line, heading: Line): boolean {
  // Most lines differ at once, and are not read to their end.
  if (firstFilled(line) !== firstFilled(heading)) return false
  const [one, other] = [filled(line), filled(heading)]
  return one.length === other.length && one.every((cell, place) => cell === other[place])
}

function firstFilled({ cells }: Line): string | undefined {
  return cells.find((cell) => !isBlank(cell))
}

function isUnderHeading(line: Line): boolean {
  return filled(line).every((cell) => UNDER_HEADING.test(cell.trim()))
}

function isFooter(line: Line): boolean {
  const cells = filled(line)
  return (
    cells.length <= MAX_FOOTER_CELLS && FOOTER.test(readCode(cells[0] ?? '').replace(/\s/g, ''))
  )
}
