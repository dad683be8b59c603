'use client'

import { Choice } from '../fields/choice'
import type { MunicipalityShown } from './useDayContent'

/** For which family the preview composes. */
export interface Family {
  municipality: string
  /** `slot`: a family that is due the document today; else by its own date. */
  by: 'slot' | 'due' | 'birth'
  date: string
  edition: string
  area: string
  isTwins: boolean
  /** What the reader chose to see in notifications; empty for who never said. */
  notice: '' | 'shown' | 'discreet'
}

interface ControlsProps {
  family: Family
  onChange: (change: Partial<Family>) => void
  municipalities: readonly MunicipalityShown[]
  /** An add-on has its own municipality; only manuscripts may be seen with any. */
  isMunicipalityFixed: boolean
  /** Editions to choose from; a manuscript has its own. */
  editions: readonly string[]
  editionLabels: Readonly<Record<string, string>>
}

/** The choices over the preview. */
export function PreviewControls(props: ControlsProps) {
  const { family, onChange, municipalities, isMunicipalityFixed, editions, editionLabels } = props
  const areas = municipalities.find(({ id }) => id === family.municipality)?.areas ?? []
  return (
    <div className="kizuna-fill kizuna-preview__controls">
      {!isMunicipalityFixed && municipalities.length > 0 && (
        <Choice
          label="自治体"
          value={family.municipality}
          onChange={(municipality) => onChange({ municipality, area: '' })}
          choices={municipalities.map(({ id, name }) => [id, name])}
        />
      )}
      {editions.length > 1 && (
        <Choice
          label="読者の版"
          value={family.edition}
          onChange={(edition) => onChange({ edition })}
          choices={editions.map((code) => [code, editionLabels[code] ?? code])}
        />
      )}
      {areas.length > 0 && (
        <Choice
          label="地区"
          value={family.area}
          onChange={(area) => onChange({ area })}
          choices={[
            ['', '選んでいない読者'],
            ...areas.map(({ name }): [string, string] => [name, name]),
          ]}
        />
      )}
      <FamilyChoice family={family} onChange={onChange} />
      <Choice
        label="通知に出る文"
        value={family.notice}
        onChange={(notice) => onChange({ notice: notice as Family['notice'] })}
        choices={[
          ['', '選んでいない読者(妊娠12週まで出さない)'],
          ['shown', '内容を出す読者'],
          ['discreet', '内容を出さない読者'],
        ]}
      />
      <label className="kizuna-preview__check">
        <input
          type="checkbox"
          checked={family.isTwins}
          onChange={(event) => onChange({ isTwins: event.target.checked })}
        />{' '}
        ふたごの読者
      </label>
    </div>
  )
}

/** A family that is due the document today, or one with a date of its own. */
function FamilyChoice({ family, onChange }: Pick<ControlsProps, 'family' | 'onChange'>) {
  return (
    <>
      <Choice
        label="家族"
        value={family.by}
        onChange={(by) => onChange({ by: by as Family['by'] })}
        choices={[
          ['slot', 'この配信日を迎えた家族'],
          ['due', '出産予定日を決めて見る'],
          ['birth', '誕生日を決めて見る'],
        ]}
      />
      {family.by !== 'slot' && (
        <label>
          {family.by === 'due' ? '出産予定日' : '誕生日'}
          <input
            type="date"
            value={family.date}
            onChange={(event) => onChange({ date: event.target.value })}
          />
        </label>
      )}
    </>
  )
}
