'use client'

import { Button, useAuth, useConfig } from '@payloadcms/ui'
import { useEffect, useRef, useState, type FormEvent } from 'react'

import { ErrorList } from '../api/errorList'
import { useApi } from '../api/useApi'
import type { Lost } from './guardedFetch'
import type { Opener } from './signInAgain'

interface DialogProps {
  lost: Lost
  opener: Opener
  /** Called with whether they are logged in again. */
  onEnd: (isSignedIn: boolean) => void
}

/** Asks whoever has the page open for their password, over the page: nothing in it is lost. */
export function SignInDialog({ lost, opener, onEnd }: DialogProps) {
  const dialog = useRef<HTMLDialogElement>(null)
  const [password, setPassword] = useState('')
  const { config } = useConfig()
  const { setUser } = useAuth()
  const { call, isBusy, errors } = useApi()
  useEffect(() => dialog.current?.showModal(), [])
  const signIn = async (event: FormEvent) => {
    event.preventDefault()
    event.stopPropagation() // React hands it on to the form that the page is
    const body = { email: opener.email, password }
    const answer = await call<Parameters<typeof setUser>[0]>(`/${config.admin.user}/login`, {
      body,
    })
    if (!answer.isDone) return
    setUser(answer.body)
    onEnd(true)
  }
  return (
    <dialog
      ref={dialog}
      className="kizuna-sign-in"
      aria-labelledby="kizuna-sign-in"
      onCancel={(event) => {
        event.preventDefault()
        onEnd(false)
      }}
    >
      <form onSubmit={(event) => void signIn(event)}>
        <h2 id="kizuna-sign-in">{opener.name}さん、もう一度ログインしてください</h2>
        <p>{lost.sentence}</p>
        <p>パスワードを入れると、この画面のまま続けられます。書いたものは残っています。</p>
        <input
          type="hidden"
          name="username"
          autoComplete="username"
          value={opener.email}
          readOnly
        />
        <label>
          {opener.name}さんのパスワード
          <input
            type="password"
            name="password"
            autoComplete="current-password"
            required
            value={password}
            onChange={(event) => setPassword(event.target.value)}
          />
        </label>
        <ErrorList errors={errors} />
        <div className="kizuna-actions">
          <Button type="submit" margin={false} disabled={isBusy}>
            ログインして続ける
          </Button>
          <Button
            margin={false}
            buttonStyle="secondary"
            disabled={isBusy}
            onClick={() => onEnd(false)}
          >
            あとにする
          </Button>
        </div>
        {lost.code === 'OTHER_PERSON' && (
          <p>
            いまログインしている人として続けるときは、要るところを書き写してから「あとにする」を押し、画面を読み直してください。
          </p>
        )}
      </form>
    </dialog>
  )
}
