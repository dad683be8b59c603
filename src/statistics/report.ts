import { OCCASIONS } from '../source/occasions'
import { monthLabel } from '../stage/japaneseDate'
import { monthsFrom, type Month } from '../stage/month'
import { cellsOf, merged, type Cell, type Told } from './cells'
import { denominatorTitle, kindOf } from './denominators'
import {
  ACTIVE_DIMENSIONS,
  REGISTRATION_DIMENSIONS,
  SMALL,
  STAGE_BANDS,
  type Dimension,
} from './figures'
import { runsOf, type Period } from './period'
import { birthRate, handbookRate, type Rate, type TownDenominator } from './rates'
import { stayRows } from './stayTable'
import { sumInWords, WITHHELD, type Sum } from './sum'

/** What is made of published figures; the page and its files show the same of it. */
export interface NumbersReport {
  period: Period
  handbooks: Rate
  births: Rate
  /** Registrations of each month of the period. */
  bars: { month: Month; label: string; sum: Sum | null; words: string }[]
  tables: NumbersTable[]
  /** Whether anything was told of the period at all. */
  isEmpty: boolean
}

/** One table: what is counted, and the figure in words. */
export interface NumbersTable {
  /** For links and tests. */
  key: string
  title: string
  rows: { item: string; figure: string; note?: string }[]
  /** What is to be known of the whole table. */
  note?: string
}

/** Names of codes: null for what has none, which is shown as その他. */
export type NameOf = (dimension: Dimension | 'reason', code: string) => string | null

/** What a report is made of. */
export interface ReportInput {
  told: Told
  denominators: readonly TownDenominator[]
  period: Period
  nameOf: NameOf
  /** Whether it is of one municipality: areas and sources are a town's own. */
  isOneTown: boolean
}

interface Input extends ReportInput {
  /** Of all months of the period. */
  cells: readonly Cell[]
}

/** All that the page 「数字」 says, in words. *Pure.* */
export function reportOf(report: ReportInput): NumbersReport {
  const { period, told, denominators } = report
  const bars = monthsFrom(period.first, period.last).map((month) => {
    const own = told.months.filter((one) => one.month === month).flatMap(({ cells }) => cells)
    const sum = sumIn(own, 'registered')
    return { month, label: `${Number(month.slice(5))}月`, sum, words: sumInWords(sum, '人') }
  })
  const input = { ...report, cells: merged(told.months.flatMap(({ cells }) => cells)) }
  const held = { registrations: told.registrations, denominators, period }
  return {
    period,
    handbooks: handbookRate(held),
    births: birthRate(held),
    bars,
    tables: [
      registeredTable(bars),
      ...REGISTRATION_DIMENSIONS.map((dimension) => breakdownTable(input, dimension)),
      activeTotal(input),
      ...ACTIVE_DIMENSIONS.map((dimension) => activeTable(input, dimension)),
      endedTable(input),
      funnelTable(input),
      useTable(input),
      stayTable(input),
      deliveriesTable(input),
      denominatorTable(input),
    ].filter((table) => table !== null),
    isEmpty: told.months.length === 0,
  }
}

/** The sum of one thing; null where nothing was told of it. */
function sumIn(cells: readonly Cell[], ...of: readonly string[]): Sum | null {
  return cellsOf(cells, ...of).find((one) => one.of.length === of.length)?.sum ?? null
}

const BY: Record<Dimension, string> = {
  source: 'きっかけ',
  relation: '続柄',
  stage: '時期',
  channel: '届け方',
  area: '地区',
  edition: '版',
}

function registeredTable(bars: NumbersReport['bars']): NumbersTable {
  return {
    key: 'registered',
    title: '月ごとの登録',
    rows: bars.map(({ month, words }) => ({ item: monthLabel(month), figure: words })),
  }
}

/** Breakdowns that lie wholly in the period; what is told later would be told twice otherwise. */
function breakdownTable(
  { cells, period, nameOf, isOneTown }: Input,
  dimension: (typeof REGISTRATION_DIMENSIONS)[number],
): NumbersTable | null {
  if (dimension === 'area' && !isOneTown) return null
  const found = cellsOf(cells, 'breakdown').filter(({ of: [, from = ''] }) => from >= period.first)
  const spans = found.filter(({ of }) => of.length === SPAN)
  const covered = [
    ...new Set(spans.flatMap(({ of: [, from = '', to = ''] }) => monthsFrom(from, to))),
  ].toSorted()
  const left = monthsFrom(period.first, period.last).filter((month) => !covered.includes(month))
  const of =
    covered.length > 0
      ? `(${runsOf(covered)}${spans.length > 1 || !isOneTown ? 'の合計' : ''})`
      : ''
  const parts = shownOf(found.filter((one) => one.of[SPAN] === dimension))
  return {
    key: `registered-${dimension}`,
    title: `${dimension === 'stage' ? '登録した日の' : ''}${BY[dimension]}べつの登録${of}`,
    rows: rowsOf({ parts, dimension, nameOf, unit: '人' }),
    ...(dimension === REGISTRATION_DIMENSIONS[0] && notesOf({ left, isOneTown })),
  }
}

/** Of what readers may say of how they heard, what nobody said takes no row. */
function shownOf(parts: readonly Cell[]): Cell[] {
  const isTold = parts.some(({ sum }) => sum.most !== null)
  return parts.filter(({ of: [, , , dimension, code], sum: { least, most } }) => {
    const isNothing = most === 0 || (least === 0 && most === null && !isTold)
    return dimension !== 'source' || !isNothing || !SAID.has(code ?? '')
  })
}

/** Not the last one, which is of codes that nobody knows, too. */
const SAID: ReadonlySet<string> = new Set(
  OCCASIONS.map(({ value }) => value).filter((value) => value !== 'other'),
)

/** What is to be known of all breakdowns: months that are told later, and of some towns alone. */
function notesOf({ left, isOneTown }: { left: readonly Month[]; isOneTown: boolean }) {
  const notes = [...(left.length > 0 ? [LATER(runsOf(left))] : []), ...(isOneTown ? [] : [MIXED])]
  return notes.length > 0 && { note: notes.join('') }
}

const MIXED =
  'どの月までの内訳が出ているかは、自治体によって違います。まだ出ていない自治体の分は入っていないので、「月ごとの登録」の合計より少なくなります。'

/** Where a breakdown says from when to when it is; what comes after that tells people apart. */
const SPAN = 3

const LATER = (months: string) =>
  `${months}の分は、この期間の内訳(きっかけ・続柄・時期・届け方・地区)としてはまだ出ていません。内訳は、人が特定されないように、四半期(登録の少ない自治体では 1 年度)をまとめて、その期間が終わってから出します。`

interface RowsInput {
  parts: readonly Cell[]
  dimension: Dimension | 'reason'
  nameOf: NameOf
  unit: string
}

/** One row a name: codes without one are その他 together. */
function rowsOf({ parts, dimension, nameOf, unit }: RowsInput): NumbersTable['rows'] {
  const named = inOrder(parts, dimension).map(({ of, sum }) => {
    return { of: [nameOf(dimension, of.at(-1) ?? '') ?? 'その他'], sum }
  })
  return merged(named).map(({ of: [item = ''], sum }) => ({ item, figure: sumInWords(sum, unit) }))
}

/** Stages stand in the order of life. *Pure.* */
function inOrder(parts: readonly Cell[], dimension: RowsInput['dimension']): readonly Cell[] {
  if (dimension !== 'stage') return parts
  const place = ({ of }: Cell) => STAGE_BANDS.findIndex((band) => band === of.at(-1))
  return parts.toSorted((one, other) => place(one) - place(other))
}

function activeTotal({ told }: Input): NumbersTable {
  const { active, newest } = told
  return {
    key: 'active',
    title: newest ? `${monthLabel(newest)}の終わりに受け取っている人` : '受け取っている人',
    rows: [{ item: '全体', figure: sumInWords(sumIn(active, 'active'), '人') }],
    note: '10 人きざみの、およその数です。少しの増え減りから、やめた人が分からないようにするためです。',
  }
}

function activeTable(
  { told, nameOf, isOneTown }: Input,
  dimension: (typeof ACTIVE_DIMENSIONS)[number],
): NumbersTable | null {
  if (dimension === 'area' && !isOneTown) return null
  const parts = cellsOf(told.active, 'active', dimension)
  return {
    key: `active-${dimension}`,
    title: `${BY[dimension]}べつの受け取っている人`,
    rows: rowsOf({ parts, dimension, nameOf, unit: '人' }),
  }
}

function endedTable({ cells }: Input): NumbersTable {
  return {
    key: 'ended',
    title: '終了・停止した人',
    rows: cellsOf(cells, 'ended').map(({ of: [, from = '', to = ''], sum }) => ({
      item: `${from.slice(0, 4)}年${runsOf(monthsFrom(from, to))}`,
      figure: sumInWords(sum, '人'),
    })),
    note: '配信を止めた人の数です。わけは数えません。最後の文まで届いた人は、まだ入っていません。四半期が終わると出ます。',
  }
}

/** What the row of those who registered is called. */
export const REGISTERED = '登録した'

function funnelTable({ cells, told }: Input): NumbersTable {
  const figure = (of: string, unit: string) => sumInWords(sumIn(cells, of), unit)
  const welcomed = sumIn(cells, 'welcomed')
  return {
    key: 'funnel',
    title: '登録の画面を開いてから登録まで',
    rows: [
      { item: '開いた', figure: figure('opened', '回') },
      { item: '入力を始めた', figure: figure('started', '回') },
      { item: REGISTERED, figure: figure('registered', '人') },
      ...(welcomed
        ? [
            {
              item: `はじめの LINE かメールが受け付けられた${welcomedIn(told)}`,
              figure: sumInWords(welcomed, '人'),
            },
          ]
        : []),
    ],
    note: '「開いた」「始めた」は画面の回数です。同じ人が 2 回開くと 2 回と数えます。「受け付けられた」は、月ごとに 10 人きざみにした数の合計なので、「登録した」より多く見えることもあります(名簿で登録した人は入りません)。',
  }
}

/** The way from the form to the registration by source, of those that are told; null where none is. */
function useTable({ cells, period, nameOf, isOneTown }: Input): NumbersTable | null {
  const told = cellsOf(cells, 'use').filter(({ of: [, , from = ''] }) => from >= period.first)
  if (!isOneTown || told.length === 0) return null
  const spans = told.flatMap(({ of: [, , from = '', to = ''] }) => monthsFrom(from, to))
  const named = told.map(({ of: [, code = '', , , step = ''], sum }) => {
    return { of: [nameOf('source', code) ?? 'その他', step], sum }
  })
  const names = [...new Set(named.map(({ of: [name = ''] }) => name))]
  const sums = merged(named)
  const inWords = (name: string, step: string, unit: string) =>
    sumInWords(sumIn(sums, name, step), unit)
  return {
    key: 'use',
    title: `きっかけべつの、開いてから登録まで(${runsOf([...new Set(spans)].toSorted())})`,
    rows: names.map((name) => ({
      item: name,
      figure: `開いた ${inWords(name, 'opened', '回')} → 始めた ${inWords(name, 'started', '回')} → 登録した ${inWords(name, 'registered', '人')}`,
    })),
    note: 'QR コードを作ったきっかけのうち、登録した人の数をはっきり出せるものだけが並びます。回数は 10 回きざみの、およその数です。',
  }
}

/** The months of which it was told to how many something was accepted, where these are not all. */
function welcomedIn({ months }: Told): string {
  const isTold = ({ cells }: Told['months'][number]) => sumIn(cells, 'welcomed') !== null
  const of = (those: Told['months']) => [...new Set(those.map(({ month }) => month))].toSorted()
  const some = of(months.filter(isTold))
  return some.length < of(months).length ? `(${runsOf(some)}の分)` : ''
}

/** How many of those who registered get texts still; null as long as nothing was told of it. */
function stayTable({ cells }: Input): NumbersTable | null {
  const rows = stayRows(cells)
  if (rows.length === 0) return null
  return {
    key: 'stays',
    title: '登録のあとも受け取っている人',
    rows,
    note: '登録した日から 30 日、1 年たったときに、この自治体の文を止めていない人です。内訳と同じ期間ごとにまとめ、登録の少ない期間は出しません。やめた人が特定されないように、幅か、およその数で出します。',
  }
}

function deliveriesTable({ cells, nameOf }: Input): NumbersTable {
  const parts = cellsOf(cells, 'excluded')
  const reasons = rowsOf({ parts, dimension: 'reason', nameOf, unit: '通' })
  const told = reasons.filter(({ figure }) => figure !== WITHHELD)
  const others = reasons.length - told.length
  return {
    key: 'deliveries',
    title: '配信した数',
    rows: [
      { item: '予定した', figure: sumInWords(sumIn(cells, 'planned'), '通') },
      {
        item: '受付済み(LINE やメールの会社が受け取った)',
        figure: sumInWords(sumIn(cells, 'accepted'), '通'),
      },
      ...told.map(({ item, figure }) => ({ item: `出さなかった: ${item}`, figure })),
      ...(others > 0
        ? [
            {
              item: `出さなかった: ほかの理由(${others} 種類)`,
              figure: `それぞれ${SMALL}人未満の分`,
            },
          ]
        : []),
    ],
    note: '10 通きざみの、およその数です。受付済みは、読まれたことまでは分かりません。',
  }
}

/** The denominators of the period, and the births of the year that is over; of one town alone. */
function denominatorTable({ denominators, isOneTown }: Input): NumbersTable | null {
  if (!isOneTown || denominators.length === 0) return null
  const rows = denominators
    .toSorted((one, other) => (one.kind + one.period < other.kind + other.period ? -1 : 1))
    .map((one) => ({
      item: denominatorTitle(one),
      figure: `${one.count.toLocaleString('ja-JP')}${kindOf(one.kind)?.unit ?? ''}`,
      note: `${one.source ?? ''}(${one.countedOn ?? ''})`,
    }))
  return { key: 'denominators', title: '自治体が入れた数(分母)', rows }
}

/** Why some figures are hidden, in one sentence of those that are there; null when none is. *Pure.* */
export function footnoteOf({ tables, handbooks, births }: NumbersReport): string | null {
  const words = [...tables.flatMap(({ rows }) => rows.map(({ figure }) => figure))]
  const all = [...words, handbooks.words ?? '', births.words ?? '']
  const small = `「${SMALL}人未満」は 0〜${SMALL - 1} 人で、個人が分からないように、はっきりした数を出しません。`
  const parts = [
    all.some((one) => one.includes('未満')) && small,
    words.includes(WITHHELD) &&
      `「${WITHHELD}」は、ほかの数から引き算すると少ない数が分かってしまうため、出せない数です(0 ではありません)。`,
    all.some((one) => /\d〜\d|以上/.test(one)) &&
      '「27〜31人」「27人以上」のような数は、出せない数を含む合計なので、幅で示しています。',
  ].filter((part) => part !== false)
  return parts.length > 0 ? parts.join('') : null
}
