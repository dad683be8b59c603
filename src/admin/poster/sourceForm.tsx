'use client'

import { useRouter } from 'next/navigation'
import { useState, type FormEvent } from 'react'

import { OCCASIONS } from '../../source/occasions'
import { ErrorList } from '../api/errorList'
import { useApi } from '../api/useApi'

/** 「きっかけを作る」 in two fields; what was made opens with its QR code and posters. */
export function SourceForm({ path }: { path: string }) {
  const { call, isBusy, errors, setErrors } = useApi()
  const router = useRouter()
  const [occasion, setOccasion] = useState('')
  const [place, setPlace] = useState('')
  const make = async (event: FormEvent) => {
    event.preventDefault()
    if (!occasion) return setErrors(['「どんなとき」を選んでください。'])
    const body = { occasion, place: place.trim() }
    const answer = await call<{ doc: { id: string } }>('/kizuna-sources', { body })
    if (answer.isDone) router.push(`${path}?source=${answer.body.doc.id}`)
  }
  return (
    <form
      className="kizuna-panel kizuna-fill kizuna-posters__form"
      aria-label="きっかけを作る"
      onSubmit={(event) => void make(event)}
    >
      <h2 className="kizuna-panel__title">きっかけを作る</h2>
      <label>
        どんなとき
        <select value={occasion} onChange={(event) => setOccasion(event.target.value)}>
          <option value="">選んでください</option>
          {OCCASIONS.map(({ value, label }) => (
            <option key={value} value={value}>
              {label}
            </option>
          ))}
        </select>
      </label>
      <label>
        場所(例: さくら医院。なければ空のまま)
        <input
          type="text"
          maxLength={40}
          value={place}
          onChange={(event) => setPlace(event.target.value)}
        />
      </label>
      <ErrorList errors={errors} />
      <button type="submit" className="kizuna-button kizuna-button--main" disabled={isBusy}>
        QR コードとポスターを作る
      </button>
    </form>
  )
}
