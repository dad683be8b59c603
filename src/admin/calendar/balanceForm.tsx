import type { ArrivalMunicipality } from '../../arrivals/municipality'
import type { ChannelName } from '../../plan/settings'
import type { Month } from '../../stage/month'

/** For what kind of family texts are counted, as it stands in the address. */
export type BalanceQuestion = { edition: string; area: string; channel: ChannelName }

type Params = Readonly<Record<string, unknown>>

/** Reads it from the address; what the municipality does not offer is its first choice. *Pure.* */
export function readBalanceQuestion(
  params: Params,
  { editions, areas, channels }: ArrivalMunicipality['settings'],
): BalanceQuestion {
  return {
    edition: editions.find((one) => one === params.edition) ?? editions[0] ?? '',
    area: areas.find((one) => one === params.area) ?? '',
    channel: channels.find((one) => one === params.channel) ?? channels[0] ?? 'mail',
  }
}

interface FormProps {
  town: ArrivalMunicipality & { id: string }
  month: Month
  question: BalanceQuestion
  labels: Readonly<Record<string, string>>
  path: string
}

const CHANNEL_LABELS = { line: 'LINE', mail: 'メール' } as const

/** Asks it in a plain form; nothing where the municipality offers one of each. */
export function BalanceForm({ town, month, question, labels, path }: FormProps) {
  const { editions, areas, channels } = town.settings
  if (editions.length < 2 && areas.length === 0 && channels.length < 2) return null
  return (
    <form className="kizuna-fill kizuna-ask" action={path} method="get">
      <input type="hidden" name="municipality" value={town.id} />
      <input type="hidden" name="month" value={month} />
      <input type="hidden" name="counts" value="1" />
      <label>
        版
        <select name="edition" defaultValue={question.edition}>
          {editions.map((code) => (
            <option key={code} value={code}>
              {labels[code] ?? code}
            </option>
          ))}
        </select>
      </label>
      {areas.length > 0 && (
        <label>
          地区
          <select name="area" defaultValue={question.area}>
            <option value="">選んでいない読者</option>
            {areas.map((area) => (
              <option key={area}>{area}</option>
            ))}
          </select>
        </label>
      )}
      <label>
        送る方法
        <select name="channel" defaultValue={question.channel}>
          {channels.map((code) => (
            <option key={code} value={code}>
              {CHANNEL_LABELS[code]}
            </option>
          ))}
        </select>
      </label>
      <button type="submit">数える</button>
    </form>
  )
}
