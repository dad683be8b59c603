import { findQuarterRate } from '../../numbers/quarterRate'
import { settingsOf } from '../pages/settingsOf'
import { adminPath, WidgetCard, type WidgetProps } from './widgetCard'

/** The own town's rate of registrations in the newest quarter that is over, or the first step to it. */
export function RateWidget({ req }: WidgetProps) {
  return (
    <WidgetCard title="登録率">
      <QuarterRate req={req} />
    </WidgetCard>
  )
}

async function QuarterRate({ req }: WidgetProps) {
  const { period, rate } = await findQuarterRate(req, settingsOf(req.payload).now())
  const page = adminPath(req, `/numbers?period=${period.key}`)
  const label = period.label
  return (
    <>
      {rate.words !== null && (
        <p>
          <strong>
            {rate.of} {rate.words}
          </strong>
        </p>
      )}
      {rate.words === null && (
        <p>
          {rate.missing.length > 0
            ? `${label}の母子健康手帳の交付数がまだ入っていません。入れると、登録率が出ます。`
            : `${label}の登録の数がまだ出ていません。配信が始まり、月が終わると出ます。`}
        </p>
      )}
      <p>
        {rate.words === null && rate.missing.length > 0 ? (
          <a href={`${page}#kizuna-denominator`}>交付数を入れる</a>
        ) : (
          <a href={page}>数字を見る</a>
        )}
      </p>
    </>
  )
}
