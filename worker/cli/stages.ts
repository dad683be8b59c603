import { addDays, daysBetween, type LocalDay } from '../../src/stage/day'
import { stageAt, type Stage } from '../../src/stage/stage'
import { optionalDay, readArguments, requireDay, UsageError, type Arguments } from './arguments'
import type { CliIo } from './commands'
import { dayText, renderJson, renderTable, type Column } from './table'

/** About a hundred years: a longer list is a typing error in a year. */
const MAX_DAYS = 36_600

/** One day of a pregnancy; `week` and `day` are null before 0w0d. */
export interface PregnancyRow {
  date: LocalDay
  week: number | null
  day: number | null
  daysToDue: number
  label: string
}

/** One day of a child; the numbers are null before birth. */
export interface ChildRow {
  date: LocalDay
  days: number | null
  /** Completed months by the friendly rule. */
  months: number | null
  /** Completed months by law. */
  legalMonths: number | null
  daysToEntry: number | null
  label: string
}

const PREGNANCY_COLUMNS: Column<PregnancyRow>[] = [
  { heading: '日付', cell: (row) => dayText(row.date) },
  { heading: '週', cell: (row) => row.week },
  { heading: '日', cell: (row) => row.day },
  { heading: '予定日までの日数', cell: (row) => row.daysToDue },
  { heading: 'ステージ', cell: (row) => row.label },
]

const CHILD_COLUMNS: Column<ChildRow>[] = [
  { heading: '日付', cell: (row) => dayText(row.date) },
  { heading: '生後日数', cell: (row) => row.days },
  { heading: '満月齢', cell: (row) => row.months },
  { heading: '満月齢(法律)', cell: (row) => row.legalMonths },
  { heading: '入学までの日数', cell: (row) => row.daysToEntry },
  { heading: 'ステージ', cell: (row) => row.label },
]

/** `stages`: one row a day for a due date or a birth date. */
export async function run(args: string[], io: CliIo): Promise<number> {
  const given = readArguments(args, {
    options: { due: 'value', birth: 'value', from: 'value', to: 'value' },
  })
  const anchor = readAnchor(given)
  const days = readDays(given)
  const lines =
    'dueDate' in anchor
      ? render(
          days.map((day) => pregnancyRow(anchor.dueDate, day)),
          PREGNANCY_COLUMNS,
          given.isJson,
        )
      : render(
          days.map((day) => childRow(anchor.birthDate, day)),
          CHILD_COLUMNS,
          given.isJson,
        )
  for (const line of lines) await io.out(line)
  return 0
}

/**
 * The one anchor of a command line, `--due` or `--birth`. *Pure.*
 *
 * @throws UsageError when both or neither are given.
 */
export function readAnchor(args: Arguments): { dueDate: LocalDay } | { birthDate: LocalDay } {
  const dueDate = optionalDay(args, 'due')
  const birthDate = optionalDay(args, 'birth')
  if (dueDate !== undefined && birthDate !== undefined) {
    throw new UsageError('--due と --birth は同時に使えません。どちらか 1 つにしてください。')
  }
  if (dueDate !== undefined) return { dueDate }
  if (birthDate !== undefined) return { birthDate }
  throw new UsageError('--due(出産予定日)か --birth(誕生日)を指定してください。')
}

function readDays(args: Arguments): LocalDay[] {
  const from = requireDay(args, 'from')
  const count = daysBetween(from, requireDay(args, 'to')) + 1
  if (count < 1) throw new UsageError('--to が --from より前です。順を確かめてください。')
  if (count > MAX_DAYS) {
    throw new UsageError('期間が長すぎます。--from から --to までを 100 年以内にしてください。')
  }
  return Array.from({ length: count }, (_, index) => addDays(from, index))
}

function pregnancyRow(dueDate: LocalDay, date: LocalDay): PregnancyRow {
  const stage = expectKind(stageAt({ dueDate }, date), 'pregnancy')
  const { week, day, daysToDue, label } = stage
  return { date, week, day, daysToDue, label }
}

function childRow(birthDate: LocalDay, date: LocalDay): ChildRow {
  const stage = stageAt({ birthDate }, date)
  if (stage.kind === 'unborn') {
    const none = { days: null, months: null, legalMonths: null, daysToEntry: null }
    return { date, ...none, label: stage.label }
  }
  const { days, months, legalMonths, daysToEntry, label } = expectKind(stage, 'child')
  return { date, days, months, legalMonths, daysToEntry, label }
}

function expectKind<K extends Stage['kind']>(stage: Stage, kind: K): Extract<Stage, { kind: K }> {
  if (stage.kind !== kind) throw new Error(`ステージが ${kind} ではなく ${stage.kind} です。`)
  return stage as Extract<Stage, { kind: K }>
}

function render<Row>(rows: Row[], columns: Column<Row>[], isJson: boolean): string[] {
  return isJson ? renderJson(rows) : renderTable(columns, rows)
}
