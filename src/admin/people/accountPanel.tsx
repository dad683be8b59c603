'use client'

import { Button, useAuth, useDocumentInfo } from '@payloadcms/ui'
import { useCallback, useEffect, useState } from 'react'

import type { AccountState } from '../../people/accountEndpoints'
import { ErrorList } from '../api/errorList'
import { useApi } from '../api/useApi'
import { LEFT_WORDS, lastLogInWords, lockedWords } from './accountWords'
import { useHasRole } from './useHasRole'

/** How it stands with somebody else's account, and what may be done about it. */
export function AccountPanel() {
  const { collectionSlug, id } = useDocumentInfo()
  const { user } = useAuth()
  const isKeeper = useHasRole('chief', 'admin')
  const isOthers = id !== undefined && String(user?.id) !== String(id)
  const { state, errors, isBusy, unlock } = useAccount(
    isKeeper && isOthers ? `/${collectionSlug}/${id}` : null,
  )
  if (state === null) return null
  return (
    <section className="kizuna-panel kizuna-panel--account" aria-label="アカウントの様子">
      <h3 className="kizuna-panel__title">アカウントの様子</h3>
      <p>最後のログイン: {lastLogInWords(state.lastLogInAt)}</p>
      {state.hasLeft && <p className="kizuna-panel__note">{LEFT_WORDS}</p>}
      {state.lockedMinutes !== null && (
        <>
          <p className="kizuna-panel__note">{lockedWords(state.lockedMinutes)}</p>
          <Button margin={false} disabled={isBusy} onClick={unlock}>
            ログインできる状態に戻す
          </Button>
        </>
      )}
      <ErrorList errors={errors} />
    </section>
  )
}

/** The state of an account by its path; null while it is not known, or none of the person's business. */
function useAccount(path: string | null) {
  const { ask, call, errors, isBusy } = useApi()
  const [state, setState] = useState<AccountState | null>(null)
  useEffect(() => {
    if (path === null) return
    void ask<AccountState>(`${path}/kizuna-state`).then((answer) => {
      setState(answer.isDone ? answer.body : null)
    })
  }, [ask, path])
  const unlock = useCallback(async () => {
    const answer = await call<AccountState>(`${path}/kizuna-unlock`, { method: 'POST' })
    if (answer.isDone) setState(answer.body)
  }, [call, path])
  return { state, errors, isBusy, unlock: () => void unlock() }
}
