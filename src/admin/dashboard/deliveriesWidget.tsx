import type { Where } from 'payload'

import { relatedId } from '../../cms/relation'
import { addDays, localDayOf, type LocalDay } from '../../stage/day'
import { settingsOf } from '../pages/settingsOf'
import { HIDDEN, totalOf, type Numbers } from './totals'
import { adminPath, WidgetCard, type WidgetProps } from './widgetCard'
import { dayLabel } from '../../stage/japaneseDate'

/** What the newest reports say: for staff of a municipality, their own alone. */
export function DeliveriesWidget({ req }: WidgetProps) {
  return (
    <WidgetCard title="配信した数">
      <Deliveries req={req} />
    </WidgetCard>
  )
}

/** Numbers of a report that are summed up. */
const NUMBERS = [
  ['readers', '読者(約)', '人'],
  ['accepted', '受付済み', '通'],
  ['rejected', '受け付けられなかった', '通'],
] as const

/** Reports older than this say nothing about now. */
const SHOWN_DAYS = 7

async function Deliveries({ req }: WidgetProps) {
  const newest = await newestReports(req)
  if (newest === null) {
    return <p>まだ日報がありません。配信が 1 日分終わると、ここに数が出ます。</p>
  }
  const day = new URLSearchParams({ 'where[and][0][date][equals]': newest.date })
  const reports = adminPath(req, `/collections/kizuna-reports?${day.toString()}`)
  const totals = NUMBERS.map(([name, label, unit]) => ({
    label,
    total: totalOf(newest.numbers, name, unit),
  }))
  return (
    <>
      <p>
        {dayLabel(newest.date)}
        {newest.numbers.length > 1 && `、${newest.numbers.length} 自治体`}
        {newest.isPreliminary && '(速報: その日の配信が終わった時点の数)'}
      </p>
      <dl className="kizuna-widget__numbers">
        {totals.map(({ label, total }) => (
          <div key={label}>
            <dt>{label}</dt>
            <dd>
              <a href={reports}>{total}</a>
            </dd>
          </div>
        ))}
      </dl>
      {totals.some(({ total }) => total === HIDDEN) && (
        <p className="kizuna-panel__hint">
          「{HIDDEN}」は、個人が分からないように隠した小さな数です(0 のこともあります)。
        </p>
      )}
      <p>
        <a href={reports}>この日の日報を見る</a>
      </p>
    </>
  )
}

interface Newest {
  date: LocalDay
  numbers: Numbers[]
  /** Whether numbers among them may still change. */
  isPreliminary: boolean
}

/** The latest reports of each municipality of the newest day that is over, or else of the newest. */
async function newestReports(req: WidgetProps['req']): Promise<Newest | null> {
  const today = localDayOf(settingsOf(req.payload).now())
  const from = { date: { greater_than_equal: addDays(today, -SHOWN_DAYS) } }
  const over = { and: [from, { date: { less_than: today } }] }
  const date = (await newestDay(req, over)) ?? (await newestDay(req, from))
  if (date === null) return null
  const { docs } = await req.payload.find({
    collection: 'kizuna-reports',
    ...OWN,
    req,
    where: { date: { equals: date } },
    select: { municipality: true, numbers: true, isFinal: true },
    sort: 'createdAt',
  })
  const newest = [
    ...new Map(docs.map((report) => [relatedId(report.municipality), report])).values(),
  ]
  return {
    date,
    numbers: newest.map(({ numbers }) => numbers as Numbers),
    isPreliminary: newest.some(({ isFinal }) => !isFinal),
  }
}

const OWN = { depth: 0, pagination: false, overrideAccess: false } as const

async function newestDay(req: WidgetProps['req'], where: Where): Promise<LocalDay | null> {
  const { docs } = await req.payload.find({
    collection: 'kizuna-reports',
    ...OWN,
    req,
    where,
    select: { date: true },
    sort: ['-date', '-createdAt'],
    limit: 1,
  })
  return docs[0]?.date ?? null
}
