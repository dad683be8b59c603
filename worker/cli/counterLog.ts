import type { CounterAct } from '../readers/collections'
import { findCounterSteps, type CounterStep } from '../readers/counterLog'
import { COUNTER_LOG_DAYS } from '../readers/counter'
import { addDays, localDayOf, type LocalDay } from '../../src/stage/day'
import { japaneseMoment } from '../../src/stage/japaneseDate'
import { optionalDay, readArguments, UsageError } from './arguments'
import type { CliIo } from './commands'
import { withDelivery } from './openCommand'
import { dayText, renderJson, renderTable, type Column } from './table'

/** Days before the last one that are shown when nobody says from when. */
const SHOWN_DAYS = 30

/** What each act is called. */
const ACTS: Record<CounterAct, string> = {
  enter: '窓口をひらいた',
  find: '読者をさがした(見つかった)',
  findNobody: '読者をさがした(いない)',
  register: '登録の手続きをした',
  change: '登録を変えた',
  stop: '配信を止めた',
  undo: '停止を元にもどした',
  takeout: 'すべてを持ち出した',
}

/** What was changed or stopped. */
const DETAILS: Readonly<Record<string, string>> = {
  relation: '続柄',
  edition: '文章の書き方',
  area: '地区',
  dueDate: '出産予定日',
  birthDate: '誕生日',
  child: 'その子の分',
  all: 'すべて',
  address: 'メールアドレスを直した',
  moveTrial: '引っ越しの試しに加えた',
}

const COLUMNS: Column<CounterStep>[] = [
  { heading: '日時', cell: ({ at }) => japaneseMoment(at) },
  { heading: '自治体', cell: ({ municipality }) => municipality },
  { heading: '職員', cell: ({ by }) => by },
  { heading: 'したこと', cell: ({ act }) => ACTS[act] },
  { heading: '内容', cell: ({ detail }) => (detail ? detailText(detail) : null) },
  { heading: '読者', cell: ({ reader }) => reader ?? null },
  { heading: '子', cell: ({ child }) => child ?? null },
]

/** `counter-log`: who of the staff did what at the counters, of which reader by id. */
export async function run(args: string[], io: CliIo): Promise<number> {
  const given = readArguments(args, {
    options: { municipality: 'value', from: 'value', to: 'value', monthly: 'flag' },
  })
  const { municipality } = given.values
  const { steps, period } = await withDelivery(io, async ({ db, now, syncedContent }) => {
    await syncedContent.refresh()
    if (municipality !== undefined && !syncedContent.settings(municipality)) {
      throw new UsageError(
        `自治体コード「${municipality}」は登録されていません。6 桁のコードを確かめてください。`,
      )
    }
    const to = optionalDay(given, 'to') ?? localDayOf(now())
    const from = optionalDay(given, 'from') ?? addDays(to, -SHOWN_DAYS)
    if (from > to) {
      throw new UsageError('--from が --to より後です。--from を前の日にしてください。')
    }
    const asked = { from, to, municipality }
    return { steps: await findCounterSteps(db, asked), period: asked }
  })
  const monthly = given.flags.has('monthly')
  const lines = given.isJson
    ? renderJson(monthly ? countsOf(steps) : steps)
    : textOf(steps, { ...period, monthly })
  for (const line of lines) await io.out(line)
  return 0
}

interface Shown {
  from: LocalDay
  to: LocalDay
  monthly: boolean
}

function textOf(steps: readonly CounterStep[], { from, to, monthly }: Shown): string[] {
  const period = `${dayText(from)} から ${dayText(to)} まで`
  if (steps.length === 0) {
    return [`${period}、窓口の記録はありません。記録は ${COUNTER_LOG_DAYS} 日で消えます。`]
  }
  const table = monthly ? renderTable(MONTHLY, countsOf(steps)) : renderTable(COLUMNS, steps)
  return [`${period}、${steps.length} 件`, ...table, ...(monthly ? [] : [WHO])]
}

const WHO =
  '「職員」は管理画面の利用者の番号です(管理画面の /collections/users/番号 で、だれかが分かります)。'

function detailText(detail: string): string {
  return detail
    .split(',')
    .map((name) => DETAILS[name] ?? name)
    .join('、')
}

/** How often each act was done in a month at one town's counter. */
export interface CounterCounts extends Record<CounterAct, number> {
  /** `2026-11` */
  month: string
  municipality: string
}

const MONTHLY: Column<CounterCounts>[] = [
  { heading: '月', cell: ({ month }) => month },
  { heading: '自治体', cell: ({ municipality }) => municipality },
  ...(Object.keys(ACTS) as CounterAct[]).map((act) => ({
    heading: ACTS[act],
    cell: (counts: CounterCounts) => counts[act],
  })),
]

const NONE: Record<CounterAct, number> = {
  enter: 0,
  find: 0,
  findNobody: 0,
  register: 0,
  change: 0,
  stop: 0,
  undo: 0,
  takeout: 0,
}

/** Steps counted by month and town, in that order. *Pure.* */
export function countsOf(
  steps: readonly Pick<CounterStep, 'at' | 'municipality' | 'act'>[],
): CounterCounts[] {
  const byKey = new Map<string, CounterCounts>()
  for (const { at, municipality, act } of steps) {
    const month = localDayOf(at).slice(0, 7)
    const key = `${month} ${municipality}`
    const counts = byKey.get(key) ?? { month, municipality, ...NONE }
    byKey.set(key, { ...counts, [act]: counts[act] + 1 })
  }
  return [...byKey].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, counts]) => counts)
}
