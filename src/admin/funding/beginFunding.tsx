'use client'

import { useRouter } from 'next/navigation'
import { useState, type FormEvent } from 'react'

import { ErrorList } from '../api/errorList'
import { useApi } from '../api/useApi'
import { Hydrated } from '../fields/useHydrated'

interface BeginProps {
  municipality: string
  path: string
  thisYear: number
  templates: readonly { value: string; label: string; lines: readonly string[] }[]
}

/** Begins a report from a template; it opens with its results. */
export function BeginFunding({ municipality, path, thisYear, templates }: BeginProps) {
  const { call, isBusy, errors, setErrors } = useApi()
  const { push } = useRouter()
  const [template, setTemplate] = useState('')
  const [year, setYear] = useState(thisYear)
  const begin = async (event: FormEvent) => {
    event.preventDefault()
    if (template === '') return setErrors(['ひな形を選んでください。'])
    const body = { municipality, template, fiscalYear: year }
    const answer = await call<{ id: string }>('/kizuna-funding-reports/begin', { body })
    if (answer.isDone) push(`${path}?report=${answer.body.id}`)
  }
  return (
    <section className="kizuna-panel" aria-label="報告を作る">
      <h3 className="kizuna-panel__title">報告を作る</h3>
      <Hydrated>
        <form className="kizuna-funding__form" onSubmit={(event) => void begin(event)}>
          <fieldset className="kizuna-funding__templates">
            <legend>ひな形(見本。様式は年度や都道府県で違うので、項目は直せます)</legend>
            {templates.map(({ value, label, lines }) => (
              <label key={value}>
                <input
                  type="radio"
                  name="template"
                  checked={template === value}
                  onChange={() => setTemplate(value)}
                />
                <span>
                  {label}
                  <small>{lines.join('、')}</small>
                </span>
              </label>
            ))}
          </fieldset>
          <label>
            年度
            <select value={year} onChange={(event) => setYear(Number(event.target.value))}>
              {[thisYear + 1, thisYear, thisYear - 1, thisYear - 2].map((one) => (
                <option key={one} value={one}>
                  {one}年度
                </option>
              ))}
            </select>
          </label>
          <ErrorList errors={errors} />
          <button type="submit" className="kizuna-button kizuna-button--main" disabled={isBusy}>
            この年度の報告を作る
          </button>
        </form>
      </Hydrated>
    </section>
  )
}
