import { weekdayLabel } from '../../src/stage/japaneseDate'

/** A column of a table for a terminal. */
export interface Column<Row> {
  heading: string
  /** The cell's text; null is shown as `-`. */
  cell: (row: Row) => string | number | null
}

/** East Asian wide and full-width characters and emoji, which take two places in a terminal. */
const WIDE =
  /[\u1100-\u115f\u2e80-\u303e\u3041-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe4f\uff00-\uff60\uffe0-\uffe6]|\p{Emoji_Presentation}/u

/** Lines of a table: headings, a rule, the rows; numbers and nothing are set to the right. *Pure.* */
export function renderTable<Row>(columns: Column<Row>[], rows: readonly Row[]): string[] {
  const headings = columns.map((column) => column.heading)
  const cells = rows.map((row) => columns.map((column) => column.cell(row)))
  const widths = headings.map((heading, index) =>
    cells.reduce((width, line) => Math.max(width, widthOf(textOf(line[index]))), widthOf(heading)),
  )
  const render = (line: (string | number | null)[]) =>
    line
      .map((value, index) => pad(value, widths[index] ?? 0))
      .join('  ')
      .trimEnd()
  return [
    render(headings),
    widths.map((width) => '-'.repeat(width)).join('  '),
    ...cells.map(render),
  ]
}

/** Lines of a JSON array with one row a line, so that it can be read and compared. *Pure.* */
export function renderJson(rows: readonly unknown[]): string[] {
  if (rows.length === 0) return ['[]']
  const lines = rows.map((row) => `  ${JSON.stringify(row)}`)
  return ['[', lines.join(',\n'), ']']
}

/** A day with its weekday: `2026-11-23(月)`. *Pure.* */
export function dayText(day: string): string {
  return `${day}(${weekdayLabel(day)})`
}

function pad(value: string | number | null, width: number): string {
  const text = textOf(value)
  const space = ' '.repeat(Math.max(width - widthOf(text), 0))
  return typeof value === 'string' ? text + space : space + text
}

function textOf(value: string | number | null | undefined): string {
  return value === null || value === undefined ? '-' : String(value)
}

function widthOf(text: string): number {
  return [...text].reduce((width, character) => width + (WIDE.test(character) ? 2 : 1), 0)
}
