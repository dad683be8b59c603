interface ChoiceProps {
  towns: readonly { id: string; name: string }[]
  path: string
  /** What is opened, for the button: カレンダーを見る. */
  action: string
  /** What else the address says, by name. */
  beside?: Readonly<Record<string, string>>
}

/** Asks which municipality a page shall be about; a plain form, which works without a script. */
export function TownChoice({ towns, path, action, beside = {} }: ChoiceProps) {
  return (
    <form className="kizuna-fill kizuna-ask kizuna-town" action={path} method="get">
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
      {Object.entries(beside).map(([name, value]) => (
        <input key={name} type="hidden" name={name} value={value} />
      ))}
      <button type="submit">{action}</button>
    </form>
  )
}
