'use client'

import { useRouter } from 'next/navigation'
import { useState, type FormEvent } from 'react'

import type { MovePlan } from '../../accounts/movePlan'
import type { TownAccount } from '../../accounts/topology'
import { ErrorList } from '../api/errorList'
import { useApi } from '../api/useApi'
import { AccountChoice } from './accountChoice'
import { PlanView } from './planView'

interface FormProps {
  municipality: string
  from: readonly TownAccount[]
  to: readonly TownAccount[]
  /** The usual last day. */
  until: string
}

/** Asks from where to where, shows the plan in words, and proposes it to a second person. */
export function MoveForm({ municipality, from, to, until: usual }: FormProps) {
  const { ask, call, isBusy, errors, setErrors } = useApi()
  const router = useRouter()
  const [wanted, setWanted] = useState({ from: from[0]?.id ?? '', to: '', until: usual })
  const [plan, setPlan] = useState<MovePlan | null>(null)
  const set = (changed: Partial<typeof wanted>) => {
    setWanted({ ...wanted, ...changed })
    setPlan(null)
  }
  const show = async (event: FormEvent) => {
    event.preventDefault()
    const query = new URLSearchParams({ municipality, ...wanted }).toString()
    const answer = await ask<MovePlan>(`/kizuna-account-moves/plan?${query}`)
    setErrors(answer.errors)
    setPlan(answer.isDone ? answer.body : null)
  }
  const propose = async () => {
    const body = { municipality, ...wanted }
    const answer = await call('/kizuna-account-moves/propose', { body })
    if (answer.isDone) router.refresh()
  }
  if (to.length === 0) {
    return (
      <p>
        移る先の LINE アカウントが、まだ登録されていません。システム管理者に「LINE
        アカウント」への登録を頼んでください。
      </p>
    )
  }
  return (
    <form
      className="kizuna-panel kizuna-fill kizuna-moves__form"
      aria-label="引っ越しを計画する"
      onSubmit={(event) => void show(event)}
    >
      <h2 className="kizuna-panel__title">引っ越しを計画する</h2>
      <p className="kizuna-panel__hint">
        「プロバイダー」は、LINE
        に届け出てある、アカウントの持ち主です。同じ持ち主のアカウントへなら、読者は何もしなくてすみます。
      </p>
      <AccountChoice
        label="いまのアカウント"
        accounts={from}
        value={wanted.from}
        onChange={(id) => set({ from: id, ...(id === wanted.to && { to: '' }) })}
      />
      <AccountChoice
        label="新しいアカウント"
        accounts={to.filter(({ id }) => id !== wanted.from)}
        value={wanted.to}
        onChange={(id) => set({ to: id })}
      />
      <label>
        両方から届く期間の終わり
        <input
          type="date"
          required
          value={wanted.until}
          onChange={(event) => set({ until: event.target.value })}
        />
      </label>
      <ErrorList errors={errors} />
      {plan === null ? (
        <button type="submit" className="kizuna-button kizuna-button--main">
          計画を見る
        </button>
      ) : (
        <>
          <PlanView plan={plan} />
          <p className="kizuna-panel__hint">
            提案すると、ほかの承認者か、制作監修チームの監修責任者・システム管理者が確かめます。それまでは何も起こりません。
          </p>
          <button
            type="button"
            className="kizuna-button kizuna-button--main"
            disabled={isBusy || plan.problems.length > 0}
            onClick={() => void propose()}
          >
            この計画を提案する
          </button>
        </>
      )}
    </form>
  )
}
