'use client'

import { Button, useAuth, useDocumentInfo } from '@payloadcms/ui'
import { useCallback, useEffect, useState } from 'react'

import type { AccountState, FactorEndedState } from '../../people/accountEndpoints'
import { LEFT_WORDS } from '../../people/leftWords'
import { ErrorList } from '../api/errorList'
import { useApi } from '../api/useApi'
import { invitedWords, lastLogInWords, lockedWords } from './accountWords'
import { NewAccountNote } from './newAccountNote'
import { OthersFactor } from './secondFactor/othersFactor'
import { useHasRole } from './useHasRole'

interface PanelProps {
  /** Whether the whole admin is kizuna's: then nobody types another's password. */
  isWhole: boolean
}

/** How it stands with somebody else's account, and what may be done about it. */
export function AccountPanel({ isWhole }: PanelProps) {
  const { collectionSlug, id, lastUpdateTime } = useDocumentInfo()
  const { user } = useAuth()
  const isKeeper = useHasRole('chief', 'admin')
  const isOthers = id !== undefined && String(user?.id) !== String(id)
  const account = useAccount(
    isKeeper && isOthers ? `/${collectionSlug}/${id}` : null,
    lastUpdateTime,
  )
  const { state, errors, isBusy, hasSent, isTold, unlock, sendLink, endFactor } = account
  if (id === undefined) return isWhole && isKeeper ? <NewAccountNote /> : null
  if (state === null) return null
  return (
    <section
      className={`kizuna-panel kizuna-panel--account${isWhole ? ' kizuna-panel--whole' : ''}`}
      aria-label="アカウントの様子"
    >
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
      <OthersFactor state={state} isBusy={isBusy} isTold={isTold} onEnd={endFactor} />
      <PasswordLink state={state} isBusy={isBusy} hasSent={hasSent} onSend={sendLink} />
      <ErrorList errors={errors} />
    </section>
  )
}

interface LinkProps {
  state: AccountState
  isBusy: boolean
  hasSent: boolean
  onSend: () => void
}

/** An invitation for who never was in, a link for another password for the others. */
function PasswordLink({ state, isBusy, hasSent, onSend }: LinkProps) {
  const isAdmin = useHasRole('admin')
  if (state.hasLeft || !isAdmin) return null
  const isNew = state.lastLogInAt === null
  return (
    <>
      {isNew && <p>{invitedWords(state)}</p>}
      <p className="kizuna-panel__hint">
        パスワードは、ご本人がメールのリンクから決めます。ほかの人が決めることはありません。
      </p>
      <Button margin={false} buttonStyle="secondary" disabled={isBusy} onClick={onSend}>
        {isNew ? '招待のメールを送る' : 'パスワードを決め直すメールを送る'}
      </Button>
      <p role="status">{hasSent ? 'メールを送りました。' : ''}</p>
    </>
  )
}

/** The state of an account by its path; null while it is not known, or none of the person's business. */
function useAccount(path: string | null, savedAt: number) {
  const { ask, call, errors, isBusy } = useApi()
  const [state, setState] = useState<AccountState | null>(null)
  const [hasSent, setSent] = useState(false)
  const [isTold, setTold] = useState<boolean | null>(null)
  useEffect(() => {
    if (path === null) return
    void ask<AccountState>(`${path}/kizuna-state`).then((answer) => {
      setState(answer.isDone ? answer.body : null)
    })
  }, [ask, path, savedAt])
  const act = useCallback(
    async (name: 'link' | 'unlock') => {
      const answer = await call<AccountState>(`${path}/kizuna-${name}`, { method: 'POST' })
      if (answer.isDone) setState(answer.body)
      setSent(answer.isDone && name === 'link')
    },
    [call, path],
  )
  const endFactor = useCallback(async () => {
    const answer = await call<FactorEndedState>(`${path}/kizuna-end-second-factor`, {
      method: 'POST',
    })
    if (!answer.isDone) return
    setState(answer.body)
    setTold(answer.body.isTold)
  }, [call, path])
  return {
    state,
    errors,
    isBusy,
    hasSent,
    isTold,
    endFactor: () => void endFactor(),
    unlock: () => void act('unlock'),
    sendLink: () => void act('link'),
  }
}
