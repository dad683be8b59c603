'use client'

import { useRouter } from 'next/navigation'

import type { DeskAlert } from '../../alert/desk'
import { ErrorList } from '../api/errorList'
import { useApi } from '../api/useApi'
import { Hydrated } from '../fields/useHydrated'

/** What else may be done about an alert: take it back, stop it, correct it. */
export function AlertActs({ alert: { id, can } }: { alert: DeskAlert }) {
  const { call, isBusy, errors } = useApi()
  const router = useRouter()
  const act = async (path: string, body?: object) => {
    const request = body ? { body } : { method: 'POST' }
    const answer = await call(`/kizuna-alerts/${id}/${path}`, request)
    if (answer.isDone) router.refresh()
  }
  if (!can.takeBack && !can.stop && !can.correct) return null
  return (
    <Hydrated>
      <div className="kizuna-alert__acts">
        {can.takeBack && (
          <button
            type="button"
            className="kizuna-button"
            disabled={isBusy}
            onClick={() => void act('take-back', {})}
          >
            依頼を取り消す
          </button>
        )}
        {can.stop && (
          <button
            type="button"
            className="kizuna-button"
            disabled={isBusy}
            onClick={() => void act('stop')}
          >
            まだの分を止める
          </button>
        )}
        {can.correct && (
          <button
            type="button"
            className="kizuna-button"
            disabled={isBusy}
            onClick={() => void act('correct')}
          >
            誤りだったので、同じ人に訂正を送る
          </button>
        )}
      </div>
      <ErrorList errors={errors} />
    </Hydrated>
  )
}
