'use client'

import { toast, useConfig, useDocumentInfo } from '@payloadcms/ui'
import { useRouter } from 'next/navigation'
import { useCallback, useEffect, useState } from 'react'

import type { ReviewStatus } from '../../review/status'

/** A step of the review, as its endpoint is called. */
export type ReviewAction = 'submit' | 'approve' | 'request-change' | 'publish' | 'withdraw'

/** What a step needs besides the document. */
export interface ReviewInput {
  discipline?: string
  comment?: string
  reason?: string
}

/** Does a step; true when it was done. */
export type Act = (action: ReviewAction, input?: ReviewInput) => Promise<boolean>

const DONE: Record<ReviewAction, string> = {
  submit: '監修に出しました。',
  approve: '承認しました。',
  'request-change': '修正を依頼しました。',
  publish: '公開しました。配信日になった読者から順に届きます。',
  withdraw: '取り下げました。まだ送られていない分は、30 秒以内に止まります。',
}

const UNREACHABLE = '通信できませんでした。つながりを確かめて、もう一度お試しください。'

/**
 * The review of one document and the means to move it on; `sentences` are the gate's. It is read
 * again when the document was saved.
 */
export function useReview(collection: string | undefined, id: string | null, savedAt?: number) {
  const { config } = useConfig()
  const { refresh } = useRouter()
  const onDone = useShownStatus()
  const [status, setStatus] = useState<ReviewStatus | null>(null)
  const [sentences, setSentences] = useState<string[]>([])
  const [isBusy, setBusy] = useState(false)
  const base = `${config.serverURL}${config.routes.api}/${collection}/${id}`

  const call = useCallback(
    async (path: string, body?: object) => {
      const answer = await ask(`${base}/${path}`, body)
      if ('status' in answer) setStatus(answer.status)
      setSentences('sentences' in answer ? answer.sentences : [])
      return 'status' in answer
    },
    [base],
  )

  useEffect(() => {
    if (id !== null) void call('review')
  }, [call, id, savedAt])

  const contentHash = status?.contentHash
  const act: Act = async (action, input = {}) => {
    setBusy(true)
    const isDone = await call(action, { contentHash, ...input })
    setBusy(false)
    if (!isDone) return false
    toast.success(DONE[action])
    onDone(action)
    refresh()
    return true
  }
  return { status, sentences, isBusy, act }
}

/** Keeps the line above the form in step: Payload does not know that the gate has written. */
function useShownStatus(): (action: ReviewAction) => void {
  const { incrementVersionCount, setHasPublishedDoc, setUnpublishedVersionCount } =
    useDocumentInfo()
  return (action) => {
    if (action !== 'publish' && action !== 'withdraw') return
    incrementVersionCount()
    setHasPublishedDoc(action === 'publish')
    setUnpublishedVersionCount(0)
  }
}

type Answer = { status: ReviewStatus } | { sentences: string[] }

async function ask(url: string, body?: object): Promise<Answer> {
  try {
    const response = await fetch(url, {
      credentials: 'include',
      headers: { 'Accept-Language': 'ja', 'Content-Type': 'application/json' },
      ...(body ? { method: 'POST', body: JSON.stringify(body) } : {}),
    })
    const answer: unknown = await response.json()
    return response.ok ? { status: answer as ReviewStatus } : { sentences: sentencesOf(answer) }
  } catch {
    return { sentences: [UNREACHABLE] }
  }
}

function sentencesOf(answer: unknown): string[] {
  const { errors } = answer as { errors?: { message?: string }[] }
  const lines = (errors ?? []).flatMap(({ message }) => (message ?? '').split('\n'))
  return lines.filter(Boolean).length > 0 ? [...new Set(lines.filter(Boolean))] : [UNREACHABLE]
}
