import { idOf } from '../../../collections/access'
import { japaneseDay } from '../../japanTime'
import { addDays, localDayOf } from '../../stage/day'
import { settingsOf } from '../settingsOf'
import { adminPath, WidgetCard, type WidgetProps } from './widgetCard'

/** What the newest reports say: for staff of a municipality, their own alone. */
export function DeliveriesWidget({ req }: WidgetProps) {
  return (
    <WidgetCard title="配信した数">
      <Deliveries req={req} />
    </WidgetCard>
  )
}

/** Numbers of a report that are summed up; in a sum, what is hidden is left out. */
const NUMBERS = [
  ['readers', '読者', '人'],
  ['accepted', '受付済み', '通'],
  ['rejected', '届かなかった', '通'],
] as const

/** Reports older than this say nothing about now. */
const SHOWN_DAYS = 7

async function Deliveries({ req }: WidgetProps) {
  const today = localDayOf(settingsOf(req.payload).now())
  const { docs } = await req.payload.find({
    ...{ collection: 'reports', depth: 0, pagination: false, overrideAccess: false, req },
    where: { date: { greater_than_equal: addDays(today, -SHOWN_DAYS) } },
    select: { municipality: true, date: true, numbers: true },
    sort: 'createdAt',
  })
  const dates = docs.map(({ date }) => date).sort()
  const date = dates.findLast((day) => day < today) ?? dates.at(-1)
  if (date === undefined) {
    return <p>まだ日報がありません。配信が 1 日分終わると、ここに数が出ます。</p>
  }
  const newest = new Map(
    docs
      .filter((report) => report.date === date)
      .map(({ municipality, numbers }) => [idOf(municipality), numbers as Numbers]),
  )
  return (
    <>
      <p>
        {japaneseDay(date)}、{newest.size} 自治体
      </p>
      <dl className="kizuna-widget__numbers">
        {NUMBERS.map(([name, label, unit]) => (
          <div key={name}>
            <dt>{label}</dt>
            <dd>{totalOf([...newest.values()], name, unit)}</dd>
          </div>
        ))}
      </dl>
      <p>
        <a href={adminPath(req, '/collections/reports')}>日報を見る</a>
      </p>
    </>
  )
}

type Numbers = Record<string, number | null>

function totalOf(reports: readonly Numbers[], name: string, unit: string): string {
  const told = reports.flatMap((numbers) => numbers[name] ?? [])
  if (told.length === 0) return `5 ${unit}未満`
  const total = told.reduce((sum, number) => sum + number, 0)
  return `${total.toLocaleString('ja-JP')} ${unit}${told.length < reports.length ? '以上' : ''}`
}
