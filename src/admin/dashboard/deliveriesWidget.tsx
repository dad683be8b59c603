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
  ['readers', '読者', '人'],
  ['accepted', '受付済み', '通'],
  ['rejected', '届かなかった', '通'],
] as const

/** Reports older than this say nothing about now. */
const SHOWN_DAYS = 7

async function Deliveries({ req }: WidgetProps) {
  const newest = await newestReports(req)
  if (newest === null) {
    return <p>まだ日報がありません。配信が 1 日分終わると、ここに数が出ます。</p>
  }
  const totals = NUMBERS.map(([name, label, unit]) => ({
    label,
    total: totalOf(newest.numbers, name, unit),
  }))
  return (
    <>
      <p>
        {dayLabel(newest.date)}
        {newest.numbers.length > 1 && `、${newest.numbers.length} 自治体`}
      </p>
      <dl className="kizuna-widget__numbers">
        {totals.map(({ label, total }) => (
          <div key={label}>
            <dt>{label}</dt>
            <dd>{total}</dd>
          </div>
        ))}
      </dl>
      {totals.some(({ total }) => total === HIDDEN) && (
        <p className="kizuna-panel__hint">
          「{HIDDEN}」は、個人が分からないように隠した小さな数です(0 のこともあります)。
        </p>
      )}
      <p>
        <a href={adminPath(req, '/collections/reports')}>日報を見る</a>
      </p>
    </>
  )
}

/** The latest reports of each municipality of the newest day that is over, or else of the newest. */
async function newestReports(
  req: WidgetProps['req'],
): Promise<{ date: LocalDay; numbers: Numbers[] } | null> {
  const today = localDayOf(settingsOf(req.payload).now())
  const { docs } = await req.payload.find({
    collection: 'reports',
    depth: 0,
    pagination: false,
    overrideAccess: false,
    req,
    where: { date: { greater_than_equal: addDays(today, -SHOWN_DAYS) } },
    select: { municipality: true, date: true, numbers: true },
    sort: 'createdAt',
  })
  const dates = docs.map(({ date }) => date).sort()
  const date = dates.findLast((day) => day < today) ?? dates.at(-1)
  if (date === undefined) return null
  const newest = new Map(
    docs
      .filter((report) => report.date === date)
      .map(({ municipality, numbers }) => [relatedId(municipality), numbers as Numbers]),
  )
  return { date, numbers: [...newest.values()] }
}
