'use client'

import { REACHES } from './scheduleNote'

interface TimeProps {
  /** Day and time in Japan; null: at once. */
  value: string | null
  onChange: (value: string | null) => void
}

/** Whether a text is published at once, or when. */
export function PublishTime({ value, onChange }: TimeProps) {
  return (
    <fieldset className="kizuna-when">
      <legend>いつ公開しますか</legend>
      <label>
        <input
          type="radio"
          name="kizuna-when"
          checked={value === null}
          onChange={() => onChange(null)}
        />
        すぐ公開する
      </label>
      <label>
        <input
          type="radio"
          name="kizuna-when"
          checked={value !== null}
          onChange={() => onChange('')}
        />
        日時を決めて公開する(公開予約)
      </label>
      {value !== null && (
        <label className="kizuna-question__words">
          公開する日時(日本時間)
          <input
            type="datetime-local"
            value={value}
            onChange={(event) => onChange(event.target.value)}
          />
          <span className="kizuna-panel__hint">{REACHES}</span>
        </label>
      )}
    </fieldset>
  )
}
