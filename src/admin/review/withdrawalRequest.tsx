'use client'

import { useCallback, useEffect, useRef, useState } from 'react'

import { japaneseMoment } from '../../stage/japaneseDate'
import type { RequestStatus } from '../../review/operations/withdrawalEndpoints'
import { ErrorList } from '../api/errorList'
import { WithReason } from './withReason'
import { useApi } from '../api/useApi'
import { reasonAsAsked, RecallAsAsked } from './recallAsAsked'
import type { Act } from './useReview'

/** The asker sees the answer without reading the page again. */
const LOOKED_EVERY_MS = 15_000

interface RequestProps {
  /** `/kizuna-manuscripts/<id>` */
  path: string
  /** Changes when the document's review does. */
  revision: number
  isLive: boolean
  onAct: Act
  /** Called when somebody else has recalled the text meanwhile. */
  onWithdrawn: () => unknown
}

/**
 * Asking the chief to recall a text, for who may not do it; the chief sees it here with both answers.
 */
export function WithdrawalRequestPart(props: RequestProps) {
  const { path, revision, isLive, onAct, onWithdrawn } = props
  const { ask, call, isBusy, errors } = useApi()
  const [status, setStatus] = useState<RequestStatus | null>(null)
  const wasOpen = useRef(false)
  const load = useCallback(async () => {
    const answer = await ask<RequestStatus>(`${path}/withdrawal-request`)
    if (!answer.isDone) return
    const hasEnded = wasOpen.current && answer.body.request === null
    wasOpen.current = answer.body.request?.state === 'open'
    const sentence = (last: RequestStatus | null) => (hasEnded ? null : (last?.sentence ?? null))
    setStatus((last) => ({ ...answer.body, sentence: sentence(last) }))
    if (hasEnded) void onWithdrawn()
  }, [ask, path, onWithdrawn])
  useEffect(() => {
    void load()
    const timer = setInterval(() => void load(), LOOKED_EVERY_MS)
    return () => clearInterval(timer)
  }, [load, revision, isLive])
  if (!status) return null
  const { request, canAsk, canAnswer, sentence } = status
  const send = async (step: 'ask-withdrawal' | 'refuse-withdrawal', reason: string) => {
    const answer = await call<RequestStatus>(`${path}/${step}`, { body: { reason } })
    if (!answer.isDone) return false
    wasOpen.current = answer.body.request?.state === 'open'
    setStatus(answer.body)
    return true
  }
  return (
    <div className="kizuna-withdrawal">
      {request && <Standing request={request} />}
      {sentence && <p role="status">{sentence}</p>}
      {canAnswer && request && (
        <RecallAsAsked
          path={path}
          by={request.by}
          label="依頼のとおり取り下げる"
          isBusy={isBusy}
          onSend={() => onAct('withdraw', { reason: reasonAsAsked(request) })}
        />
      )}
      {canAnswer && (
        <WithReason
          label="取り下げない"
          words="取り下げない理由(頼んだ人に伝わります)"
          isBusy={isBusy}
          onSend={(reason) => send('refuse-withdrawal', reason)}
        />
      )}
      {canAsk && (
        <WithReason
          label="取り下げを頼む"
          words="見つけた誤りと、取り下げてほしい理由"
          isBusy={isBusy}
          onSend={(reason) => send('ask-withdrawal', reason)}
        />
      )}
      <ErrorList errors={errors} />
    </div>
  )
}

function Standing({ request }: { request: NonNullable<RequestStatus['request']> }) {
  const { state, by, at, reason, answer } = request
  return (
    <div className="kizuna-figures" role={state === 'open' ? 'alert' : 'status'}>
      <p>
        <strong>
          {state === 'open'
            ? '取り下げを頼まれています'
            : '取り下げの依頼には「取り下げない」と答えました'}
        </strong>
      </p>
      <p>
        {by} さん、{japaneseMoment(at)}: {reason}
      </p>
      {answer && <p>監修責任者の答え: {answer}</p>}
      {state === 'open' && <p>監修責任者の答えを待っています。まだ届け続けています。</p>}
    </div>
  )
}
