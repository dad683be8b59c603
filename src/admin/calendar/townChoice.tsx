import type { Month } from '../../stage/month'

interface ChoiceProps {
  towns: readonly { id: string; name: string }[]
  month: Month
  path: string
}

/** Asks which municipality's month it shall be; a plain form, which works without a script. */
export function TownChoice({ towns, month, path }: ChoiceProps) {
  return (
    <form className="kizuna-calendar-month kizuna-fill kizuna-ask" action={path} method="get">
      <label>
        自治体
        <select name="municipality" required defaultValue="">
          <option value="" disabled>
            自治体を選んでください
          </option>
          {towns.map(({ id, name }) => (
            <option key={id} value={id}>
              {name}
            </option>
          ))}
        </select>
      </label>
      <input type="hidden" name="month" value={month} />
      <button type="submit">カレンダーを見る</button>
    </form>
  )
}
