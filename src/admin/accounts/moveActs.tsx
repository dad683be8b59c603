'use client'

import { useRouter } from 'next/navigation'
import { useState } from 'react'

import type { MoveKind } from '../../accounts/movePlan'
import { warningBefore, type MoveAct } from '../../accounts/moveStage'
import { ErrorList } from '../api/errorList'
import { useApi } from '../api/useApi'

/** What is on each button. */
const LABELS: Readonly<Record<Exclude<MoveAct, 'propose' | 'restored'>, string>> = {
  confirm: '確かめました',
  withdraw: '提案を取り下げる',
  start: '始める',
  pause: 'お知らせを止める',
  resume: '続ける',
  switch: '新しいアカウントに切り替える',
  takeBack: '元に戻す',
  finish: '終える(元に戻せません)',
}

interface MoveActsProps {
  id: string
  kind: MoveKind
  acts: readonly MoveAct[]
}

/** The buttons of a move; what changes something for readers is asked once more. */
export function MoveActs({ id, kind, acts }: MoveActsProps) {
  const { call, isBusy, errors } = useApi()
  const router = useRouter()
  const [asked, setAsked] = useState<MoveAct | null>(null)
  const take = async (act: MoveAct) => {
    const answer = await call(`/kizuna-account-moves/${id}/step`, { body: { act } })
    setAsked(null)
    if (answer.isDone) router.refresh()
  }
  const shown = acts.filter((act): act is keyof typeof LABELS => act in LABELS)
  const label = LABELS[asked as keyof typeof LABELS]
  const warning = asked && warningBefore(asked, kind)
  return (
    <>
      <ErrorList errors={errors} />
      {asked && warning ? (
        <div role="alertdialog" aria-label={label}>
          <p>{warning}</p>
          <div className="kizuna-actions">
            <button
              type="button"
              className="kizuna-button kizuna-button--main"
              disabled={isBusy}
              onClick={() => void take(asked)}
            >
              {label}
            </button>
            <button type="button" className="kizuna-button" onClick={() => setAsked(null)}>
              やめる
            </button>
          </div>
        </div>
      ) : (
        <div className="kizuna-actions">
          {shown.map((act, at) => (
            <button
              key={act}
              type="button"
              className={`kizuna-button${at === 0 ? ' kizuna-button--main' : ''}`}
              disabled={isBusy}
              onClick={() => (warningBefore(act, kind) ? setAsked(act) : void take(act))}
            >
              {LABELS[act]}
            </button>
          ))}
        </div>
      )}
    </>
  )
}
