import type { Numbers } from '../../numbers/load'
import { localDayOf } from '../../stage/day'
import { addMonths, fiscalYearOf, monthOf, monthsFrom } from '../../stage/month'
import { periodLabel } from '../../statistics/denominators'
import { firstToType } from '../../statistics/firstToType'
import { DenominatorImport } from './denominatorImport'
import { DenominatorForm, type PeriodChoices } from './denominatorForm'

interface PartProps {
  numbers: Numbers
  now: Date
  /** Path of the admin. */
  admin: string
  /** The kind that somebody came to type in. */
  asked: unknown
}

/** How far back numbers are typed in: what the page's periods reach. */
const MONTHS_BACK = 24
const YEARS_BACK = 3

/** Where a town types in what it counted, the first number that is missing being chosen. */
export function DenominatorPart({ numbers, now, admin, asked }: PartProps) {
  const current = monthOf(localDayOf(now))
  const months = monthsFrom(addMonths(current, -MONTHS_BACK), current).toReversed()
  const year = fiscalYearOf(current)
  const years = Array.from({ length: YEARS_BACK + 1 }, (_, back) => String(year - back))
  const named = (periods: readonly string[]) =>
    periods.map((one) => [one, periodLabel(one)] as const)
  const choices: PeriodChoices = {
    handbooks: named(months),
    births: named(years),
    arrivals: named(months),
  }
  return (
    <section
      className="kizuna-panel kizuna-numbers__controls"
      id="kizuna-denominator"
      aria-labelledby="kizuna-denominator-title"
    >
      <h2 className="kizuna-panel__title" id="kizuna-denominator-title">
        交付数・出生数・転入を入れる
      </h2>
      <p>
        登録率の分母になる数です。母子健康手帳の交付数と転入は月ごとに、出生数は年度(4月から翌年3月まで)ごとに入れます。
      </p>
      <DenominatorForm
        choices={choices}
        first={firstToType(numbers.report, asked, addMonths(current, -1))}
        today={localDayOf(now)}
      />
      <DenominatorImport />
      <p>
        <a href={`${admin}/collections/kizuna-denominators`}>入れた数を見る・直す・消す</a>
      </p>
    </section>
  )
}
