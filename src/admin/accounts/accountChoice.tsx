import type { TownAccount } from '../../accounts/topology'

interface ChoiceProps {
  label: string
  accounts: readonly TownAccount[]
  value: string
  onChange: (id: string) => void
}

/** One account of those a town has, or may move to; of LINE with whose it is. */
export function AccountChoice({ label, accounts, value, onChange }: ChoiceProps) {
  return (
    <label>
      {label}
      <select required value={value} onChange={(event) => onChange(event.target.value)}>
        <option value="">選んでください</option>
        {accounts.map(({ id, name, channel, provider }) => (
          <option key={id} value={id}>
            {channel === 'line' ? `${name}(プロバイダー: ${provider})` : name}
          </option>
        ))}
      </select>
    </label>
  )
}
