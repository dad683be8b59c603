import { addMonths, type Month } from '../../stage/month'
import { monthLabel } from '../../stage/japaneseDate'

interface ChoiceProps {
  /** Id of the municipality. */
  town: string
  month: Month
  /** The month that it is. */
  current: Month
  path: string
  /** What else the address says, by name. */
  beside?: Readonly<Record<string, string>>
}

/** The months that can be chosen by name: a year back, and until the end of the next fiscal year. */
const MONTHS_BACK = 12
const MONTHS_AHEAD = 24

/** The way to the months before and after, and to one by its name; works without a script. */
export function MonthChoice({ town, month, current, path, beside: asked = {} }: ChoiceProps) {
  const kept = { municipality: town, ...asked }
  const addressOf = (other: Month) => `${path}?${new URLSearchParams({ ...kept, month: other })}`
  const near = Array.from({ length: MONTHS_BACK + MONTHS_AHEAD + 1 }, (_, at) =>
    addMonths(current, at - MONTHS_BACK),
  )
  const months = near.includes(month) ? near : [month, ...near].toSorted()
  const beside = [
    { label: '前の月', other: addMonths(month, -1) },
    { label: '次の月', other: addMonths(month, 1) },
  ]
  const isFar = month !== current && beside.every(({ other }) => other !== current)
  const links = [...beside, ...(isFar ? [{ label: '今月', other: current }] : [])]
  return (
    <>
      <nav className="kizuna-actions kizuna-calendar__months" aria-label="ほかの月">
        {links.map(({ label, other }) => (
          <a key={label} className="kizuna-button" href={addressOf(other)}>
            {label}({monthLabel(other)})
          </a>
        ))}
      </nav>
      <form className="kizuna-fill kizuna-ask" action={path} method="get">
        {Object.entries(kept).map(([name, value]) => (
          <input key={name} type="hidden" name={name} value={value} />
        ))}
        <label>
          月
          <select name="month" defaultValue={month}>
            {months.map((one) => (
              <option key={one} value={one}>
                {monthLabel(one)}
              </option>
            ))}
          </select>
        </label>
        <button type="submit">見る</button>
      </form>
    </>
  )
}
