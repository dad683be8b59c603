'use client'

import { Button, useConfig } from '@payloadcms/ui'
import { useCallback, useMemo, useState, type FormEvent, type ReactNode } from 'react'

import { ErrorList } from '../api/errorList'
import { CodeInput } from '../people/secondFactor/codeInput'
import { FactorDialog } from '../people/secondFactor/factorDialog'
import { RecoveryCodes } from '../people/secondFactor/recoveryCodes'
import { SetUpSteps } from '../people/secondFactor/setUpSteps'
import { factorFetch, type Lacking } from './factorFetch'

type Asked =
  | { is: 'lacking'; lacking: Lacking; answer: (code: string | null) => void }
  | { is: 'codes'; codes: readonly string[]; answer: () => void }

/** What asks for the second factor wherever somebody logs in: around `fetch`, and what it shows meanwhile. */
export function useFactorAtLogIn(): {
  around: (send: typeof fetch) => typeof fetch
  shown: ReactNode
} {
  const { config } = useConfig()
  const logIn = `${config.serverURL}${config.routes.api}/${config.admin.user}/login`
  const [asked, setAsked] = useState<Asked | null>(null)
  const [isBusy, setBusy] = useState(false)
  const around = useCallback(
    (send: typeof fetch) =>
      factorFetch({
        send,
        logIn: new URL(logIn, window.location.href).href,
        askCode: (lacking) => {
          setBusy(false)
          return new Promise((resolve) => {
            const answer = (code: string | null) => {
              setBusy(code !== null)
              resolve(code)
            }
            setAsked({ is: 'lacking', lacking, answer })
          })
        },
        showCodes: (codes) =>
          new Promise((resolve) => setAsked({ is: 'codes', codes, answer: resolve })),
        over: () => setAsked(null),
      }),
    [logIn],
  )
  return useMemo(
    () => ({ around, shown: asked && <AskedFactor asked={asked} isBusy={isBusy} /> }),
    [around, asked, isBusy],
  )
}

function AskedFactor({ asked, isBusy }: { asked: Asked; isBusy: boolean }) {
  if (asked.is === 'codes') {
    return (
      <FactorDialog title="二段階認証を使えます" onGiveUp={() => undefined}>
        <RecoveryCodes codes={asked.codes} owner="" onDone={asked.answer} />
      </FactorDialog>
    )
  }
  const { lacking, answer } = asked
  const isFirst = lacking.code !== 'SECOND_FACTOR_WRONG'
  const errors = isFirst ? [] : [lacking.sentence]
  const giveUp = () => answer(null)
  if (lacking.setUp) {
    return (
      <FactorDialog title="二段階認証を用意します" onGiveUp={giveUp}>
        {isFirst && <p>{lacking.sentence}</p>}
        <SetUpSteps
          offer={lacking.setUp}
          isBusy={isBusy}
          errors={errors}
          onCode={answer}
          onGiveUp={giveUp}
        />
      </FactorDialog>
    )
  }
  return (
    <FactorDialog title="確認コードを入れてください" onGiveUp={giveUp}>
      {isFirst && <p>{lacking.sentence}</p>}
      <CodeForm isBusy={isBusy} errors={errors} onCode={answer} onGiveUp={giveUp} />
    </FactorDialog>
  )
}

interface CodeFormProps {
  isBusy: boolean
  errors: readonly string[]
  onCode: (code: string) => void
  onGiveUp: () => void
}

function CodeForm({ isBusy, errors, onCode, onGiveUp }: CodeFormProps) {
  const [code, setCode] = useState('')
  const send = (event: FormEvent) => {
    event.preventDefault()
    event.stopPropagation() // React hands it on to the form that the page is
    onCode(code)
  }
  return (
    <form className="kizuna-factor" onSubmit={send}>
      <CodeInput value={code} onChange={setCode} takesRecovery />
      <ErrorList errors={errors} />
      <div className="kizuna-actions">
        <Button type="submit" margin={false} disabled={isBusy}>
          ログインする
        </Button>
        <Button margin={false} buttonStyle="secondary" disabled={isBusy} onClick={onGiveUp}>
          やめる
        </Button>
      </div>
      <p className="kizuna-panel__hint">
        スマートフォンも予備のコードもないときは、システム管理者に頼むと、二段階認証を終わらせてもらえます。
      </p>
    </form>
  )
}
