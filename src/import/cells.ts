import { parseSlot, slotCode, type Slot } from '../stage/slot'
import { readSlot } from '../fields/slotField'
import type { ImportProblem, Row } from '../table/sheet'
import { VALUE_ALIASES } from './columns'
import { parseWrittenDay } from '../table/days'
import { readCode } from '../table/invisible'
import { splitList } from './lists'

/** A choice of a select field. */
export interface CellChoice {
  value: string
  label: string
}

/**
 * Reads the cells of one row; a cell that cannot be read adds a problem and gives undefined, as a
 * column does that the file lacks.
 */
export interface CellReader {
  has: (column: string) => boolean
  /** A text as it stands in the cell, blanks around it too: a first line may be indented. */
  text: (column: string) => string | undefined
  /** A code, number or address: width, blanks around it and what shows nothing do not matter. */
  code: (column: string) => string | undefined
  day: (column: string) => string | null | undefined
  slot: (column: string) => string | undefined
  flag: (column: string, empty: boolean) => boolean | undefined
  integer: (column: string, empty: number) => number | undefined
  choice: (column: string, choices: readonly CellChoice[], empty: string) => string | undefined
  choices: (column: string, choices: readonly CellChoice[]) => string[] | undefined
  list: (column: string) => string[] | undefined
  refuse: (column: string | null, message: string) => undefined
}

/** Makes the reader of one row; problems are pushed to the list it is given. */
export function createCellReader(row: Row, problems: ImportProblem[]): CellReader {
  const refuse = (column: string | null, message: string): undefined => {
    const value = column === null ? undefined : row.cells.get(column)
    problems.push({ line: row.line, column, message, ...(value !== undefined && { value }) })
  }
  const cell = (column: string) => row.cells.get(column)
  const read = <T>(column: string, readCell: (written: string) => T): T | undefined => {
    const written = cell(column)
    return written === undefined ? undefined : readCell(written)
  }
  const parse = <T>(column: string, parser: () => T): T | undefined => {
    try {
      return parser()
    } catch (error) {
      return refuse(column, error instanceof Error ? error.message : String(error))
    }
  }
  const pick = (column: string, written: string, choices: readonly CellChoice[]) =>
    findChoice(column, written, choices) ?? refuse(column, choiceSentence(written, choices))
  return {
    refuse,
    has: (column) => row.cells.has(column),
    text: cell,
    code: (column) => read(column, readCode),
    list: (column) => read(column, splitList),
    day: (column) =>
      read(column, (written) => {
        if (readCode(written) === '') return null
        return parse(column, () => row.days?.get(column) ?? parseWrittenDay(written))
      }),
    slot: (column) =>
      read(column, (written) => parse(column, () => slotCode(slotMeant(readCode(written))))),
    flag: (column, empty) =>
      read(column, (written) => {
        const value = pick(column, readCode(written) || String(empty), FLAGS)
        return value === undefined ? undefined : value === 'true'
      }),
    integer: (column, empty) =>
      read(column, (written) => {
        const code = readCode(written)
        const digits = /^-?\d{1,3}(,\d{3})+$/.test(code) ? code.replaceAll(',', '') : code
        if (digits === '') return empty
        if (/^-?\d{1,9}$/.test(digits)) return Number(digits)
        return refuse(
          column,
          `「${written}」は整数ではありません。10 や 100 のように書いてください。`,
        )
      }),
    choice: (column, choices, empty) =>
      read(column, (written) => pick(column, readCode(written) || empty, choices)),
    choices: (column, choices) =>
      read(column, (written) => {
        const picked = splitList(written).map((part) => pick(column, part, choices))
        return picked.filter((value) => value !== undefined)
      }),
  }
}

/** Longer than a slot's code and its label beside each other. */
const MAX_SLOT = 60

/** A slot by its code, its label, or both beside each other: `24w3d(妊娠24週3日)`. */
function slotMeant(written: string): Slot {
  const twice = written.length > MAX_SLOT ? null : slotSaidTwice(written)
  return twice ?? parseSlot(written)
}

function slotSaidTwice(written: string): Slot | null {
  for (const { index } of written.matchAll(/[(\s:/_-]/g)) {
    const [code, label] = [written.slice(0, index), written.slice(index + 1).replace(/\)$/, '')]
    const [one, other] = [readSlot(code), readSlot(label)]
    if (one && other && slotCode(one) === slotCode(other)) return one
  }
  return null
}

const FLAGS: readonly CellChoice[] = [
  { value: 'true', label: 'はい' },
  { value: 'false', label: 'いいえ' },
]

/** The value somebody means who writes a value, its label or an alias. *Pure.* */
export function findChoice(
  column: string,
  written: string,
  choices: readonly CellChoice[],
): string | undefined {
  const folded = fold(written)
  const alias = Object.entries(VALUE_ALIASES[column] ?? {}).find(([name]) => fold(name) === folded)
  const wanted = fold(alias?.[1] ?? written)
  return choices.find((choice) => waysToWrite(choice).includes(wanted))?.value
}

/** The value, its label, or both beside each other: `standard(標準)`, `標準 standard`. */
function waysToWrite({ value, label }: CellChoice): string[] {
  const names = [...new Set([shortLabel(label), label])].map(fold)
  const code = fold(value)
  return [code, ...names, ...names.flatMap((name) => besideEachOther(code, name))]
}

/** A code and its label in one cell, whichever is first and whatever stands between. *Pure.* */
export function besideEachOther(code: string, label: string): string[] {
  const [one, other] = [code, label].map(fold)
  return [
    [one, other],
    [other, one],
  ].flatMap(([first, second]) => [
    `${first}(${second})`,
    ...[' ', ':', ' : ', ': ', '-', '_', '/', ''].map((sign) => `${first}${sign}${second}`),
  ])
}

/** Labels carry their explanation in brackets; a clerk writes what stands before it. *Pure.* */
export function shortLabel(label: string): string {
  return label.split(/[(\uFF08]/, 1)[0] ?? ''
}

function fold(text: string): string {
  return readCode(text).toLowerCase()
}

function choiceSentence(written: string, choices: readonly CellChoice[]): string {
  const names = choices.map(({ value, label }) => `${value}(${shortLabel(label)})`)
  return `「${written}」は選べません。選べるのは ${names.join('、')} です。`
}
