import { kindOf, periodLabel, type DenominatorKind } from '../../statistics/denominators'
import type { Rate } from '../../statistics/rates'
import { runsOf } from '../../statistics/period'

interface RateProps {
  title: string
  rate: Rate
  kind: DenominatorKind
  /** How many municipalities are looked at; one is not counted. */
  towns: number
  /** The page where it is typed in; null for who does not. */
  typePath: string | null
}

/** A rate with both its numbers and its period, or the first step towards it. */
export function RateView({ title, rate, kind, towns, typePath }: RateProps) {
  return (
    <div className="kizuna-rate">
      <h3>{title}</h3>
      {rate.words !== null && (
        <p className="kizuna-rate__words">
          <strong>
            {rate.of} {rate.words}
          </strong>
          {towns > 1 && `(${rate.towns} 自治体の分)`}
        </p>
      )}
      {rate.isOfNone && <p>{kindOf(kind)?.label}が 0 なので、割合は出せません。</p>}
      <Missing rate={rate} kind={kind} towns={towns} typePath={typePath} />
    </div>
  )
}

function Missing({ rate, kind, towns, typePath }: Omit<RateProps, 'title'>) {
  const label = kindOf(kind)?.label ?? ''
  if (rate.missing.length === 0) {
    return rate.words === null && !rate.isOfNone ? (
      <p>この期間の登録の数がまだ出ていません。月が終わると出ます。</p>
    ) : null
  }
  const when = kind === 'births' ? rate.missing.map(periodLabel).join('、') : runsOf(rate.missing)
  if (towns > 1) {
    return (
      <p>
        {when}の{label}がまだ入っていない自治体があります。その分の登録は、割合に入れていません。
      </p>
    )
  }
  return (
    <p>
      {when}の{label}がまだ入っていません。
      {typePath ? (
        <a href={`${typePath}&enter=${kind}#kizuna-denominator`}>{label}を入れる</a>
      ) : (
        '自治体の人がこの画面で入れると、割合が出ます。'
      )}
    </p>
  )
}
