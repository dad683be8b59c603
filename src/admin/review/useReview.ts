'use client'

import { toast, useDocumentInfo } from '@payloadcms/ui'
import { useRouter } from 'next/navigation'
import { useCallback, useEffect, useRef, useState, type RefObject } from 'react'

import type { NextReviews } from '../../review/inbox/nextReviews'
import type { ReviewStatus } from '../../review/queries/status'
import { useApi } from '../api/useApi'
import { leftReview } from './leftReview'
import { useThreadNews } from './comments/threadNews'

/** A step of the review, as its endpoint is called. */
export type ReviewAction =
  'submit' | 'approve' | 'request-change' | 'publish' | 'schedule' | 'unschedule' | 'withdraw'

/** What a step needs besides the document. */
export interface ReviewInput {
  discipline?: string
  comment?: string
  reason?: string
  /** A day and time in Japan, as a field for it writes it. */
  publishAt?: string
}

/** Does a step; true when it was done. */
export type Act = (action: ReviewAction, input?: ReviewInput) => Promise<boolean>

/** What is said after a step. */
export const DONE: Readonly<Record<ReviewAction, string>> = {
  submit: '監修に出しました。',
  approve: '承認しました。',
  'request-change': '修正を依頼しました。書いた人の「監修待ち」に入ります。',
  publish: '公開しました。届く日になった読者から順に届きます。',
  schedule: '公開を予約しました。',
  unschedule: '公開の予約はなくなりました。',
  withdraw: '取り下げました。まだ送られていない分は、30 秒以内に止まります。',
}

/**
 * The review of one document and the means to move it on; `errors` are the gate's. It is read again
 * when the document was saved; `news` is what that save did to it.
 */
export function useReview(collection: string | undefined, id: string | null, savedAt?: number) {
  const { ask, call, isBusy, errors, setErrors } = useApi()
  const { refresh } = useRouter()
  const onDone = useShownStatus()
  const isActed = useRefreshOnLeaving()
  const [status, setStatus] = useState<ReviewStatus | null>(null)
  const shown = useRef<ReviewStatus | null>(null)
  const [news, setNews] = useState<string | null>(null)
  const [acted, setActed] = useState<Acted | null>(null)
  const base = `/${collection}/${id}`

  const load = useCallback(async () => {
    if (id === null) return
    const answer = await ask<ReviewStatus>(`${base}/review`)
    setErrors(answer.errors)
    if (!answer.isDone) return
    const isOther = shown.current?.contentHash !== answer.body.contentHash
    if (isOther) setActed(null)
    const left = leftReview(shown.current, answer.body)
    shown.current = answer.body
    setStatus(answer.body)
    if (left === null) return
    setNews(left)
    toast.warning(left)
  }, [ask, base, id, setErrors])
  useEffect(() => {
    void load()
  }, [load, id, savedAt])
  useThreadNews(load)

  const contentHash = status?.contentHash
  const submission = status?.submission
  const act: Act = async (action, input = {}) => {
    const body = { contentHash, submission, ...input }
    const answer = await call<ReviewStatus>(`${base}/${action}`, { body })
    if (!answer.isDone) return false
    shown.current = answer.body
    setStatus(answer.body)
    setNews(null)
    const next = ask<NextReviews>(`${base}/next`)
    setActed({ done: action, next: next.then((found) => (found.isDone ? found.body : null)) })
    onDone(action)
    if (isOfForm(action)) refresh()
    else isActed.current = true
    return true
  }
  return { status, news, acted, errors, isBusy, act, reload: load }
}

/** What the person did last on the text as it is, and what waits for them besides it. */
interface Acted {
  done: ReviewAction
  next: Promise<NextReviews | null>
}

/** Whether a step changes what the form itself shows. */
function isOfForm(action: ReviewAction): boolean {
  return action === 'publish' || action === 'withdraw'
}

/**
 * Lists that were seen before are read anew when the document is left: a refresh while it is open
 * would put what is stored in the place of what is being typed.
 */
function useRefreshOnLeaving(): RefObject<boolean> {
  const { refresh } = useRouter()
  const isActed = useRef(false)
  useEffect(
    () => () => {
      if (isActed.current) refresh()
    },
    [refresh],
  )
  return isActed
}

/** Keeps the line above the form in step: Payload does not know that the gate has written. */
function useShownStatus(): (action: ReviewAction) => void {
  const { incrementVersionCount, setHasPublishedDoc, setUnpublishedVersionCount } =
    useDocumentInfo()
  return (action) => {
    if (!isOfForm(action)) return
    incrementVersionCount()
    setHasPublishedDoc(action === 'publish')
    setUnpublishedVersionCount(0)
  }
}
