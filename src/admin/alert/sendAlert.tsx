'use client'

import { useRouter } from 'next/navigation'
import { useState, type FormEvent } from 'react'

import type { DeskAlert } from '../../alert/desk'
import { ErrorList } from '../api/errorList'
import { useApi } from '../api/useApi'
import { Hydrated } from '../fields/useHydrated'
import { numberLabel } from './alertWords'

/** The second person types how many readers it is for, and sends it or says why not. */
export function SendAlert({ alert: { id, readers, isTraining } }: { alert: DeskAlert }) {
  const { call, isBusy, errors } = useApi()
  const router = useRouter()
  const [typed, setTyped] = useState('')
  const [reason, setReason] = useState('')
  const act = async (path: string, body: object) => {
    const answer = await call(`/kizuna-alerts/${id}/${path}`, { body })
    if (answer.isDone) router.refresh()
  }
  const send = (event: FormEvent) => {
    event.preventDefault()
    void act('send', { typed })
  }
  return (
    <Hydrated>
      <form className="kizuna-alert__form" onSubmit={send}>
        <label>
          {numberLabel(readers)}
          <input
            type="text"
            inputMode="numeric"
            autoComplete="off"
            maxLength={20}
            value={typed}
            onChange={(event) => setTyped(event.target.value)}
          />
        </label>
        <button type="submit" className="kizuna-button kizuna-button--main" disabled={isBusy}>
          {isTraining ? '訓練として送る' : 'いますぐ家庭に送る'}
        </button>
      </form>
      <details className="kizuna-panel__details">
        <summary>送らない</summary>
        <div className="kizuna-alert__form">
          <label>
            理由(頼んだ人が読みます)
            <textarea
              rows={2}
              maxLength={500}
              value={reason}
              onChange={(event) => setReason(event.target.value)}
            />
          </label>
          <button
            type="button"
            className="kizuna-button"
            disabled={isBusy}
            onClick={() => void act('decline', { reason })}
          >
            送らないことにする
          </button>
        </div>
      </details>
      <ErrorList errors={errors} />
    </Hydrated>
  )
}
