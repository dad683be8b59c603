import type { MunicipalityChoice } from './municipalities'
import { OWN_RELATIONS, type ArrivalsQuestion } from './question'

interface FormProps {
  question: ArrivalsQuestion
  municipality: MunicipalityChoice
  municipalities: readonly MunicipalityChoice[]
  labels: Readonly<Record<string, string>>
  path: string
}

const CHANNEL_LABELS = { line: 'LINE', mail: 'メール' } as const

/** The question as a plain form: it works without a script, and its answer can be sent as a link. */
export function QuestionForm({ question, municipality, municipalities, labels, path }: FormProps) {
  const isLife = question.view === 'life'
  return (
    <form className="kizuna-fill kizuna-ask" action={path} method="get">
      <input type="hidden" name="view" value={question.view} />
      <label>
        自治体
        <select name="municipality" defaultValue={municipality.id}>
          {municipalities.map(({ id, name }) => (
            <option key={id} value={id}>
              {name}
            </option>
          ))}
        </select>
      </label>
      {isLife ? (
        <LifeFields question={question} municipality={municipality} labels={labels} />
      ) : (
        <DayInput name="date" label="日付" value={question.date} />
      )}
      {municipality.areas.length > 0 && (
        <label>
          地区
          <select name="area" defaultValue={question.area}>
            <option value="">選んでいない読者</option>
            {municipality.areas.map((area) => (
              <option key={area}>{area}</option>
            ))}
          </select>
        </label>
      )}
      <label>
        読む方の続柄
        <select name="relation" defaultValue={question.relation}>
          <option value="">決めない(続柄を選んだお知らせも出ます)</option>
          {OWN_RELATIONS.map(({ value, label }) => (
            <option key={value} value={value}>
              {label.replace('だけ', '')}
            </option>
          ))}
        </select>
      </label>
      <Check name="twins" label="ふたご" isChecked={question.isTwins} />
      {isLife && <Check name="corrected" label="修正月齢を使う" isChecked={question.isCorrected} />}
      <button type="submit">見る</button>
    </form>
  )
}

function LifeFields({
  question,
  municipality,
  labels,
}: Pick<FormProps, 'question' | 'municipality' | 'labels'>) {
  return (
    <>
      <DayInput name="due" label="出産予定日" value={question.due} />
      <DayInput name="birth" label="誕生日" value={question.birth} />
      <label>
        版
        <select name="edition" defaultValue={question.edition || municipality.editions[0]}>
          {municipality.editions.map((code) => (
            <option key={code} value={code}>
              {labels[code] ?? code}
            </option>
          ))}
        </select>
      </label>
      <label>
        送る方法
        <select name="channel" defaultValue={question.channel}>
          <option value="">LINE とメール</option>
          {municipality.channels.map((code) => (
            <option key={code} value={code}>
              {CHANNEL_LABELS[code]}
            </option>
          ))}
        </select>
      </label>
    </>
  )
}

interface DayInputProps {
  name: string
  label: string
  value: string
}

function DayInput({ name, label, value }: DayInputProps) {
  return (
    <label>
      {label}
      <input type="date" name={name} defaultValue={value} min="1990-01-01" max="2099-12-31" />
    </label>
  )
}

function Check({ name, label, isChecked }: { name: string; label: string; isChecked: boolean }) {
  return (
    <label className="kizuna-ask__check">
      <input type="checkbox" name={name} value="1" defaultChecked={isChecked} /> {label}
    </label>
  )
}
