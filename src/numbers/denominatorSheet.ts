import type { Column } from '../release/column'
import { writtenDay } from '../table/days'
import { readCode } from '../table/invisible'
import { readSheet, type ImportProblem, type Row, type SheetSource } from '../table/sheet'
import {
  DENOMINATOR_KINDS,
  denominatorTitle,
  kindOf,
  type DenominatorKind,
} from '../statistics/denominators'
import { checkCount, checkCountedOn, checkPeriod, MAX_SOURCE } from './denominatorChecks'
import { checkOneLine } from '../fields/checks'
import type { GivenDenominator } from './saveDenominator'

const LABELS = DENOMINATOR_KINDS.map(({ label }) => label).join('、')

/** Columns of a file with what a town counted. */
export const DENOMINATOR_COLUMNS: readonly Column[] = [
  {
    name: 'kind',
    aliases: ['何の数か', '種類'],
    description: LABELS,
    example: '母子健康手帳の交付数',
  },
  {
    name: 'period',
    aliases: ['いつの分か', '期間', '年月', '月'],
    description: '2026年10月。出生数は 2026年度',
    example: '2026-10',
  },
  { name: 'count', aliases: ['数', '人数', '冊数', '件数'], description: '整数', example: '65' },
  { name: 'source', aliases: ['出典'], description: '', example: '健康課の窓口の集計' },
  {
    name: 'countedOn',
    aliases: ['いつの数字か', '日付', '数えた日'],
    description: '数えた日',
    example: '2026-11-01',
  },
].map((column) => ({ ...column, isRequired: true }))

/** A row that can be taken in. */
export interface DenominatorRow {
  line: number
  given: GivenDenominator
}

/** What a file holds, and what is wrong with it; with a problem none of it is taken in. */
export interface DenominatorFile {
  rows: DenominatorRow[]
  problems: ImportProblem[]
}

/** Reads a file as a town's clerk keeps it: wide digits, 令和, 65冊. *Pure.* */
export function readDenominators(source: SheetSource): DenominatorFile {
  const sheet = readSheet(source, DENOMINATOR_COLUMNS)
  if (sheet.problems.length > 0) return { rows: [], problems: sheet.problems }
  const read = sheet.rows.map(readRow)
  const rows = read.flatMap(({ row }) => (row ? [row] : []))
  return {
    rows,
    problems: [...read.flatMap(({ problems }) => problems), ...twiceIn(rows)].toSorted(
      (one, other) => one.line - other.line,
    ),
  }
}

function readRow(row: Row): { row: DenominatorRow | null; problems: ImportProblem[] } {
  const cell = (name: string) => row.cells.get(name) ?? ''
  const kind = readKind(cell('kind'))
  if (kind === null) {
    const message = `「何の数か」が「${cell('kind')}」です。${LABELS}のどれかを書いてください。`
    return { row: null, problems: [fieldProblem(row, 'kind', message)] }
  }
  const given: GivenDenominator = {
    kind,
    period: readPeriod(kind, row.days?.get('period') ?? cell('period')),
    count: readCount(cell('count')),
    source: cell('source').trim(),
    countedOn: row.days?.get('countedOn') ?? writtenDay(cell('countedOn')) ?? cell('countedOn'),
  }
  const checks = {
    period: checkPeriod(given.period, { siblingData: { kind } }),
    count: checkCount(given.count),
    source: checkOneLine(given.source, '出典', MAX_SOURCE),
    countedOn: checkCountedOn(given.countedOn),
  }
  const problems = Object.entries(checks).flatMap(([name, verdict]) =>
    verdict === true ? [] : [fieldProblem(row, name, verdict)],
  )
  return { row: problems.length > 0 ? null : { line: row.line, given }, problems }
}

function fieldProblem({ line, cells }: Row, column: string, message: string): ImportProblem {
  return { line, column, message, value: cells.get(column) ?? '' }
}

function readKind(cell: string): DenominatorKind | null {
  const text = readCode(cell)
  const exact = DENOMINATOR_KINDS.find(({ value, label }) => text === value || text === label)
  if (exact) return exact.value
  if (/手帳|交付/.test(text)) return 'handbooks'
  if (/^出生/.test(text)) return 'births'
  return /^転入/.test(text) ? 'arrivals' : null
}

/** 2026年10月, 2026/10, 令和8年10月 and a day of that month; 2026年度 and 令和8年度. */
function readPeriod(kind: DenominatorKind, cell: string): string {
  const written = readCode(cell)
  const isOfMonth = kindOf(kind)?.every === 'month'
  const days = isOfMonth
    ? [written, `${written.replace(/月?分?$/, '')}月1日`, `${written}-01`, `${written}/1`]
    : [`${written.replace(/年?度?分?$/, '')}年4月1日`]
  const day = days.map((one) => writtenDay(one)).find((one) => one !== null)
  return day?.slice(0, isOfMonth ? 7 : 4) ?? written
}

function readCount(cell: string): number {
  const text = readCode(cell)
    .replaceAll(',', '')
    .replace(/[冊人件]$/, '')
  return /^\d+$/.test(text) ? Number(text) : Number.NaN
}

function twiceIn(rows: readonly DenominatorRow[]): ImportProblem[] {
  const first = new Map<string, number>()
  return rows.flatMap(({ line, given }) => {
    const title = denominatorTitle(given)
    const known = first.get(title)
    if (known === undefined) {
      first.set(title, line)
      return []
    }
    const message = `「${title}」は ${known} 行目にもあります。どちらか 1 行だけにしてください。`
    return [{ line, column: null, message }]
  })
}
