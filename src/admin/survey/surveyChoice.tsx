'use client'

import { FieldLabel, useField, useFormFields } from '@payloadcms/ui'
import type { TextFieldClientComponent } from 'payload'
import { useEffect, useState } from 'react'

import { askedWhen } from '../../release/surveyWords'
import { dayLabel } from '../../stage/japaneseDate'
import { useTown } from '../addOn/useTown'
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
      {value && <OverNote key={value} survey={value} />}
      {value && <EasyNote />}
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

/** Says at once that a survey is over, which the server knows; it is refused where it is saved. */
function OverNote({ survey }: { survey: string }) {
  const { ask } = useApi()
  const [isOver, setIsOver] = useState(false)
  useEffect(() => {
    void ask<{ isOver: boolean }>(`/kizuna-surveys/${survey}/status`).then((answer) => {
      setIsOver(answer.isDone && answer.body.isOver)
    })
  }, [ask, survey])
  return isOver ? (
    <p className="field-description" role="alert">
      このアンケートは終わりました。もう聞けないので、まだ終わっていないものを選んでください。
    </p>
  ) : null
}

/** Who reads やさしい日本語 gets the words as they stand here, where nothing keeps this text from them. */
function EasyNote() {
  const isMixed = useFormFields(([fields]) => {
    const editions = fields.editions?.value
    return !Array.isArray(editions) || editions.length === 0 || editions.length > 1
  })
  const hasEasy = useTown()?.editions?.includes('easy') === true
  return isMixed && hasEasy ? <p className="field-description">{EASY}</p> : null
}

const EASY =
  'お願いの言葉とボタンは、やさしい日本語を選んだ家族にも、このままの言葉で届きます(アンケートの質問は、やさしい日本語で出ます)。やさしい日本語でお願いするときは、「細かい設定」の版で「標準」だけを選び、「やさしい日本語」だけを選んだ自治体原稿をもう 1 つ書いてください。どちらを受け取っても、聞かれるのは 1 回だけです。'

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
