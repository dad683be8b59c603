'use client'

import { toast, useConfig, useDocumentInfo, useFormModified } from '@payloadcms/ui'
import { useEffect, useState } from 'react'

import type { ThreadShown } from '../../../review/comments/describeThreads'
import { useApi } from '../../api/useApi'
import { ErrorList } from '../../api/errorList'
import { ThreadList } from './comments'
import type { OnThread } from './comments'
import { isCalled, NOTHING_SAID, wordsOf } from './mentionField'
import { tellThreadsChanged } from './threadNews'
import { commentPath, THREAD_DONE } from '../reviewWords'

/** What was said about the fields of the document on the screen; a proposal is taken from here. */
export function CommentPanel() {
  const { collectionSlug, id } = useDocumentInfo()
  const { config } = useConfig()
  const isModified = useFormModified()
  const path = id === undefined ? null : `/${collectionSlug}/${id}`
  const { threads, errors, isBusy, onThread } = useThreads(path, isModified)
  if (path === null || threads === null) return null
  return (
    <section className="kizuna-panel" aria-label="コメント">
      <h3 className="kizuna-panel__title">コメント</h3>
      {threads.length === 0 && <p className="kizuna-panel__hint">まだありません。</p>}
      <ThreadList path={path} threads={threads} isNamed isBusy={isBusy} onThread={onThread} />
      <p>
        <a href={`${config.routes.admin}/desk${path}`}>監修の画面で開く</a>
      </p>
      <ErrorList errors={errors} />
    </section>
  )
}

const UNSAVED = '保存していない変更があります。「下書きを保存」を押してから、案を採用してください。'

interface Threads {
  threads: ThreadShown[]
}

function useThreads(path: string | null, isModified: boolean) {
  const { ask, call, isBusy, errors, setErrors } = useApi()
  const [threads, setThreads] = useState<readonly ThreadShown[] | null>(null)
  useEffect(() => {
    if (path === null) return
    void ask<Threads>(`${path}/comments`).then((answer) => {
      if (!answer.isDone) return
      setThreads(answer.body.threads)
      if (isCalled(answer.body.threads)) void ask(`${path}/comments/seen`, { method: 'POST' })
    })
  }, [ask, path])
  const onThread: OnThread = async (thread, step, said = NOTHING_SAID) => {
    if (path === null) return false
    if (step === 'take' && isModified) {
      setErrors([UNSAVED])
      return false
    }
    const answer = await call<Threads>(commentPath(path, thread, step), { body: wordsOf(said) })
    if (!answer.isDone) return false
    setThreads(answer.body.threads)
    tellThreadsChanged()
    toast.success(THREAD_DONE[step])
    // The form still shows the text as it was; only a fresh page has the new one.
    if (step === 'take') window.location.reload()
    return true
  }
  return { threads, errors, isBusy, onThread }
}
