'use client'

import { useRouter } from 'next/navigation'
import { useState } from 'react'

import type { MoveAct } from '../../accounts/moveStage'
import { ErrorList } from '../api/errorList'
import { useApi } from '../api/useApi'

/** What is on each button, and what is asked before. */
const BUTTONS: Readonly<Record<Exclude<MoveAct, 'propose' | 'restored'>, [string, string?]>> = {
  confirm: ['確かめました'],
  withdraw: ['提案を取り下げる'],
  start: [
    '始める',
    '読者にお知らせを送りはじめ、新しい登録は新しいアカウントで受け付けます。「終える」までは元に戻せます。',
  ],
  pause: ['お知らせを止める'],
  resume: ['続ける'],
  switch: ['新しいアカウントに切り替える', '次の文から、新しいアカウントから届きます。'],
  takeBack: ['元に戻す', '移った方も、前の届け先に戻ります。'],
  finish: [
    '終える(元に戻せません)',
    'まだ移っていない方の数を、下の表で確かめてください。終えると、前の LINE アカウントからは届かなくなります。',
  ],
}

/** The buttons of a move; what changes something for readers is asked once more. */
export function MoveActs({ id, acts }: { id: string; acts: readonly MoveAct[] }) {
  const { call, isBusy, errors } = useApi()
  const router = useRouter()
  const [asked, setAsked] = useState<MoveAct | null>(null)
  const take = async (act: MoveAct) => {
    const answer = await call(`/kizuna-account-moves/${id}/step`, { body: { act } })
    setAsked(null)
    if (answer.isDone) router.refresh()
  }
  const shown = acts.filter((act): act is keyof typeof BUTTONS => act in BUTTONS)
  const [label, warning] = asked && asked in BUTTONS ? BUTTONS[asked as keyof typeof BUTTONS] : []
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
              onClick={() => (BUTTONS[act][1] ? setAsked(act) : void take(act))}
            >
              {BUTTONS[act][0]}
            </button>
          ))}
        </div>
      )}
    </>
  )
}
