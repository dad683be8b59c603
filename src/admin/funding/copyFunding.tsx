'use client'

import { useRouter } from 'next/navigation'
import { useState } from 'react'

import { ErrorList } from '../api/errorList'
import { useApi } from '../api/useApi'
import { Hydrated } from '../fields/useHydrated'

interface CopyProps {
  id: string
  path: string
  towns: readonly { id: string; name: string }[]
  fiscalYear: number
}

/** Copies the lines of a report to another year, or for the chief to another municipality. */
export function CopyFunding({ id, path, towns, fiscalYear }: CopyProps) {
  const { call, isBusy, errors } = useApi()
  const { push } = useRouter()
  const [year, setYear] = useState(fiscalYear + 1)
  const [town, setTown] = useState(towns[0]?.id ?? '')
  const copy = async () => {
    const body = { municipality: town, fiscalYear: year }
    const answer = await call<{ id: string }>(`/kizuna-funding-reports/${id}/copy`, { body })
    if (answer.isDone) push(`${path}?report=${answer.body.id}`)
  }
  return (
    <details className="kizuna-panel kizuna-funding__copy">
      <summary>項目を写して、別の報告を作る</summary>
      <Hydrated>
        <div className="kizuna-funding__form">
          {towns.length > 1 && (
            <label>
              自治体
              <select value={town} onChange={(event) => setTown(event.target.value)}>
                {towns.map(({ id: one, name }) => (
                  <option key={one} value={one}>
                    {name}
                  </option>
                ))}
              </select>
            </label>
          )}
          <label>
            年度
            <select value={year} onChange={(event) => setYear(Number(event.target.value))}>
              {[fiscalYear + 1, fiscalYear, fiscalYear - 1].map((one) => (
                <option key={one} value={one}>
                  {one}年度
                </option>
              ))}
            </select>
          </label>
          <ErrorList errors={errors} />
          <button
            type="button"
            className="kizuna-button"
            disabled={isBusy}
            onClick={() => void copy()}
          >
            写して作る(計画と入れた実績は写しません)
          </button>
        </div>
      </Hydrated>
    </details>
  )
}
