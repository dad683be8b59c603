'use client'

import { FieldLabel, useField } from '@payloadcms/ui'
import type { TextFieldClientComponent } from 'payload'
import { useEffect, useState } from 'react'

import { dayLabel } from '../../stage/japaneseDate'
import { useApi } from '../api/useApi'
import './survey.css'

interface Approved {
  id: string
  title: string
  endsOn?: string
}

const ASKED = '/kizuna-surveys?where[state][equals]=approved&sort=-updatedAt&limit=100&depth=0'

/** Which survey a notice asks: one that was approved. */
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
