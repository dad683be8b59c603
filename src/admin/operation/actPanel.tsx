'use client'

import { useRouter } from 'next/navigation'
import { useEffect, useState } from 'react'

import type { Act } from '../../operation/act'
import { ErrorList } from '../api/errorList'
import { useApi } from '../api/useApi'
import { Hydrated } from '../fields/useHydrated'
import './operation.css'

/** What a person may ask, and what it does. */
export interface Choice {
  act: Act
  label: string
  /** One sentence without its end. */
  what: string
}

interface ActPanelProps {
  choices: readonly Choice[]
  /** What somebody has asked already, in words; null: nothing. */
  asked: string | null
  /** Whether the person may ask. */
  mayAct: boolean
}

/** By then it is done, or the page itself says that it is still asked. */
const DONE_MS = 40_000

/** Acts on deliveries: asked with a reason, done by the worker within half a minute. */
export function ActPanel({ choices, asked, mayAct }: ActPanelProps) {
  const { call, isBusy, errors } = useApi()
  const router = useRouter()
  const [chosen, setChosen] = useState<string | null>(null)
  const [reason, setReason] = useState('')
  const [sent, setSent] = useState<string | null>(null)
  const choice = choices.find(({ label }) => label === chosen)
  const send = async () => {
    const answer = await call('/operation/acts', { body: { act: choice?.act, reason } })
    if (!answer.isDone) return
    setSent(choice?.label ?? null)
    setChosen(null)
    setReason('')
    router.refresh()
  }
  useEffect(() => {
    if (sent === null) return
    const timer = setTimeout(() => setSent(null), DONE_MS)
    return () => clearTimeout(timer)
  }, [sent])
  // What was just asked is said at once: the page that tells of it takes a while to come.
  const asking = asked ?? sent
  if (asking !== null)
    return <p role="status">「{asking}」と頼まれています。配信プログラムが 30 秒ほどで行います。</p>
  if (!mayAct) return null
  return (
    <Hydrated>
      <div className="kizuna-held">
        <div className="kizuna-actions">
          {choices.map(({ label }) => (
            <button
              key={label}
              type="button"
              className="kizuna-button"
              aria-pressed={chosen === label}
              onClick={() => setChosen(chosen === label ? null : label)}
            >
              {label}…
            </button>
          ))}
        </div>
        {choice && (
          <div className="kizuna-ask">
            <p>
              「{choice.label}」: {choice.what}。
            </p>
            <label>
              わけ(操作の記録に残ります)
              <input
                value={reason}
                maxLength={300}
                onChange={(event) => setReason(event.target.value)}
              />
            </label>
            <button
              type="button"
              className="kizuna-button"
              disabled={isBusy || reason.trim() === ''}
              onClick={() => void send()}
            >
              {choice.label}
            </button>
          </div>
        )}
        <ErrorList errors={errors} />
      </div>
    </Hydrated>
  )
}
