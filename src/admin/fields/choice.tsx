interface ChoiceProps {
  label: string
  value: string
  /** Codes and names, in order. */
  choices: readonly (readonly [string, string])[]
  onChange: (value: string) => void
}

/** A list to choose from, under its name. */
export function Choice({ label, value, choices, onChange }: ChoiceProps) {
  return (
    <label>
      {label}
      <select value={value} onChange={(event) => onChange(event.target.value)}>
        {choices.map(([code, name]) => (
          <option key={code} value={code}>
            {name}
          </option>
        ))}
      </select>
    </label>
  )
}
