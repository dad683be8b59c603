'use client'

import { FieldLabel, useField, useFormFields } from '@payloadcms/ui'
import type { TextFieldClientComponent } from 'payload'
import { useEffect, useState } from 'react'

import { askedWhen } from '../../release/surveyWords'
import { dayLabel } from '../../stage/japaneseDate'
import { useApi } from '../api/useApi'
import './survey.css'

interface Approved {
  id: string
  title: string
  endsOn?: string
}

const ASKED = '/kizuna-surveys?where[state][equals]=approved&sort=-updatedAt&limit=100&depth=0'

/** Which survey a text asks: one that was approved; by stage, also when it is asked. */
export const SurveyChoice: TextFieldClientComponent = ({ path, field, readOnly }) => {
  const { value, setValue, showError, errorMessage } = useField<string>({ path })
  const { ask } = useApi()
  const [surveys, setSurveys] = useState<readonly Approved[] | null>(null)
  useEffect(() => {
    void ask<{ docs: Approved[] }>(ASKED).then((answer) => {
      if (answer.isDone) setSurveys(answer.body.docs)
    })
  }, [ask])
  const id = `field-${path.replaceAll('.', '__')}`
  return (
    <div className="field-type kizuna-survey-choice">
      <FieldLabel label={field.label} path={path} required={field.required ?? false} />
      <select
        id={id}
        aria-label="どのアンケートか"
        value={value ?? ''}
        disabled={readOnly}
        onChange={(event) => setValue(event.target.value)}
      >
        <option value="">選んでください</option>
        {(surveys ?? []).map(({ id: one, title, endsOn }) => (
          <option key={one} value={one}>
            {`${title}${endsOn ? `(${dayLabel(endsOn)}まで)` : ''}`}
          </option>
        ))}
      </select>
      {value && <AskedNote endsOn={surveys?.find(({ id: one }) => one === value)?.endsOn} />}
      {surveys?.length === 0 && (
        <p className="field-description">
          承認されたアンケートがまだありません。「アンケート」で作って、承認を受けてください。
        </p>
      )}
      {showError && errorMessage && (
        <p className="field-description" role="alert">
          {errorMessage}
        </p>
      )}
    </div>
  )
}

const NO_STAGE =
  '下の「ここから」と「ここまで」に、聞く時期を入れてください(例: どちらも 4か月)。その日を迎えた家庭に、1 回だけ聞きます。'

/** When families are asked, as the form says it now; nothing of a notice, whose day stands in it. */
function AskedNote({ endsOn = null }: { endsOn: string | null | undefined }) {
  const note = useFormFields(([fields]) => {
    const of = (name: string) => {
      const value = fields[name]?.value
      return typeof value === 'string' && value !== '' ? value.slice(0, 10) : null
    }
    if (of('timing') !== 'once') return null
    const [from, validFrom, validTo] = [fields.from?.value, of('validFrom'), of('validTo')]
    const days = { from: String(from ?? ''), validFrom, validTo: validTo ?? endsOn }
    const when = askedWhen(days)
    return when === null ? NO_STAGE : `${when}、1 家庭に 1 回だけ聞きます。`
  })
  if (note === null) return null
  return (
    <p className="field-description" role="status">
      {note}
    </p>
  )
}
