'use client'

import { Button } from '@payloadcms/ui'
import { useState, type FormEvent } from 'react'

import { ErrorList } from '../../api/errorList'
import { CodeInput } from './codeInput'

/** What somebody at an open screen does not have. */
export interface Proof {
  password: string
  code?: string
}

interface FormProps {
  /** What happens then. */
  words: string
  label: string
  /**
   * On the button that changes nothing.
   *
   * @default 'やめる'
   */
  back?: string
  /** Whether a code is asked for besides the password. */
  asksCode: boolean
  isBusy: boolean
  errors: readonly string[]
  onSend: (proof: Proof) => void
  onGiveUp: () => void
}

/** Asks for the password, and for a code, before something of the second factor changes. */
export function ProofForm(props: FormProps) {
  const { words, label, back = 'やめる', asksCode, isBusy, errors, onSend, onGiveUp } = props
  const [password, setPassword] = useState('')
  const [code, setCode] = useState('')
  const send = (event: FormEvent) => {
    event.preventDefault()
    event.stopPropagation() // React hands it on to the form that the page is
    onSend(asksCode ? { password, code } : { password })
  }
  return (
    <form className="kizuna-factor" onSubmit={send}>
      <p>{words}</p>
      <label>
        いまのパスワード
        <input
          type="password"
          autoComplete="current-password"
          autoFocus
          required
          maxLength={200}
          value={password}
          onChange={(event) => setPassword(event.target.value)}
        />
      </label>
      {asksCode && <CodeInput value={code} onChange={setCode} takesRecovery />}
      <ErrorList errors={errors} />
      <div className="kizuna-actions">
        <Button type="submit" margin={false} disabled={isBusy}>
          {label}
        </Button>
        <Button margin={false} buttonStyle="secondary" disabled={isBusy} onClick={onGiveUp}>
          {back}
        </Button>
      </div>
    </form>
  )
}
