'use client'

import { toast } from '@payloadcms/ui'
import { useRouter } from 'next/navigation'
import { useCallback, useEffect, useState } from 'react'

import type { OpenRequest } from '../../review/queries/withdrawalRequests'
import { japaneseMoment } from '../../stage/japaneseDate'
import { ErrorList } from '../api/errorList'
import { useApi } from '../api/useApi'
import { reasonAsAsked, RecallAsAsked } from '../review/recallAsAsked'
import { DONE } from '../review/useReview'

/** A request at night is seen without reading the page again. */
const LOOKED_EVERY_MS = 15_000

/** Requests to withdraw, above everything else on the chief's first page; each asks once more. */
export function WithdrawalRequests({ admin }: { admin: string }) {
  const { ask, call, isBusy, errors } = useApi()
  const { refresh } = useRouter()
  const [requests, setRequests] = useState<readonly OpenRequest[]>([])
  const load = useCallback(async () => {
    const answer = await ask<{ requests: OpenRequest[] }>('/withdrawal-requests')
    if (answer.isDone) setRequests(answer.body.requests)
  }, [ask])
  useEffect(() => {
    void load()
    const timer = setInterval(() => void load(), LOOKED_EVERY_MS)
    return () => clearInterval(timer)
  }, [load])
  if (requests.length === 0) return null
  const withdraw = async (request: OpenRequest) => {
    const body = { reason: reasonAsAsked(request) }
    const answer = await call(`/${request.collection}/${request.id}/withdraw`, { body })
    if (answer.isDone) {
      toast.success(DONE.withdraw)
      refresh() // the numbers below count it no more
    }
    await load()
  }
  return (
    <div role="alert">
      <h2 className="kizuna-panel__title">取り下げの依頼 {requests.length} 件</h2>
      <ul>
        {requests.map((request) => (
          <li key={`${request.collection}:${request.id}`}>
            <a href={`${admin}/collections/${request.collection}/${request.id}`}>
              {request.title || '(題名なし)'}
            </a>
            <p>
              {request.by} さん、{japaneseMoment(request.at)}: {request.reason}
            </p>
            <RecallAsAsked
              path={`/${request.collection}/${request.id}`}
              by={request.by}
              label="取り下げる"
              isBusy={isBusy}
              onSend={() => withdraw(request)}
            />
          </li>
        ))}
      </ul>
      <ErrorList errors={errors} />
    </div>
  )
}
