'use client'

import { useRouter } from 'next/navigation'
import { useState } from 'react'

import { RUN_ACT_WORDS, RUN_ACTS, type RunAct, type RunActName } from '../../operation/runAct'
import { ErrorList } from '../api/errorList'
import { useApi } from '../api/useApi'
import { Hydrated } from '../fields/useHydrated'
import './operation.css'

interface HeldProps {
  /** The run, and since when it is held. */
  held: Omit<RunAct, 'act'>
  /** What somebody has asked already, or null. */
  asked: RunActName | null
  /** Whether the person may say what becomes of it. */
  mayAct: boolean
}

const WHAT: Readonly<Record<RunActName, string>> = {
  continue:
    '前の日と比べずに、時間内なら残りを送ります。ほかのわけが直っていなければ、また保留になります',
  drop: 'きょうの残りは送らず、期限切れとして記録します。元に戻せません',
}

/** What becomes of a held run: said with a reason, done by the worker within half a minute. */
export function HeldRun({ held, asked, mayAct }: HeldProps) {
  const { call, isBusy, errors } = useApi()
  const router = useRouter()
  const [act, setAct] = useState<RunActName | null>(null)
  const [reason, setReason] = useState('')
  const send = async () => {
    const answer = await call('/operation/acts', { body: { ...held, act, reason } })
    if (answer.isDone) router.refresh()
  }
  if (asked)
    return (
      <p role="status">
        「{RUN_ACT_WORDS[asked]}」と頼まれています。配信プログラムが 30 秒ほどで行います。
      </p>
    )
  if (!mayAct) return null
  return (
    <Hydrated>
      <div className="kizuna-held">
        <div className="kizuna-actions">
          {RUN_ACTS.map((one) => (
            <button
              key={one}
              type="button"
              className="kizuna-button"
              aria-pressed={act === one}
              onClick={() => setAct(act === one ? null : one)}
            >
              {RUN_ACT_WORDS[one]}…
            </button>
          ))}
        </div>
        {act && (
          <div className="kizuna-ask">
            <p>
              「{RUN_ACT_WORDS[act]}」: {WHAT[act]}。
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
              {RUN_ACT_WORDS[act]}
            </button>
          </div>
        )}
        <ErrorList errors={errors} />
      </div>
    </Hydrated>
  )
}
