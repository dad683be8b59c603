'use client'

import { Button, useAuth, useDocumentInfo } from '@payloadcms/ui'

import type { OwnFactor } from '../../../people/secondFactor/endpoints'
import { japaneseMoment } from '../../../stage/japaneseDate'
import { FactorDialog } from './factorDialog'
import { ProofForm } from './proofForm'
import { RecoveryCodes } from './recoveryCodes'
import { SetUpSteps } from './setUpSteps'
import { useOwnFactor, type FactorAct } from './useOwnFactor'

/** In one's own account: the second factor, begun, moved, its recovery codes, ended. */
export function SecondFactorPanel() {
  const { collectionSlug, id } = useDocumentInfo()
  const { user } = useAuth()
  const isOwn = id !== undefined && String(user?.id) === String(id)
  const factor = useOwnFactor(isOwn ? `/${collectionSlug}/kizuna-second-factor` : null)
  const { own, go } = factor
  if (own === null) return null
  return (
    <section className="kizuna-panel kizuna-panel--factor" aria-label="二段階認証">
      <h3 className="kizuna-panel__title">二段階認証</h3>
      {own.since === null ? (
        <Without onAct={(act) => go({ at: 'proof', act })} />
      ) : (
        <With own={own} since={own.since} onAct={(act) => go({ at: 'proof', act })} />
      )}
      <Step factor={factor} owner={String(user?.email ?? '')} />
    </section>
  )
}

interface ActProps {
  onAct: (act: FactorAct) => void
}

function Without({ onAct }: ActProps) {
  return (
    <>
      <p>
        ログインのとき、パスワードのほかに、スマートフォンのアプリに出る 6
        桁の数字も入れるようにします。パスワードを人に知られても、あなたのスマートフォンがなければ、だれもログインできません。
      </p>
      <Button margin={false} buttonStyle="secondary" onClick={() => onAct('begin')}>
        二段階認証を始める
      </Button>
    </>
  )
}

/** So few recovery codes are worth a word. */
const FEW = 3

function With({ own, since, onAct }: ActProps & { own: OwnFactor; since: string }) {
  const { isRequired, recoveryLeft } = own
  return (
    <>
      <p>{japaneseMoment(since)} から使っています。</p>
      <p className={recoveryLeft <= FEW ? 'kizuna-panel__note' : ''}>
        予備のコードは、あと {recoveryLeft} 個使えます。
        {recoveryLeft <= FEW && '少なくなりました。新しく作ってください。'}
      </p>
      <div className="kizuna-actions">
        <Button margin={false} buttonStyle="secondary" onClick={() => onAct('recovery')}>
          予備のコードを作り直す
        </Button>
        <Button margin={false} buttonStyle="secondary" onClick={() => onAct('move')}>
          新しいスマートフォンに移す
        </Button>
        {!isRequired && (
          <Button margin={false} buttonStyle="secondary" onClick={() => onAct('off')}>
            二段階認証をやめる
          </Button>
        )}
      </div>
      {isRequired && (
        <p className="kizuna-panel__hint">あなたの役割では必要なので、やめることはできません。</p>
      )}
      <details className="kizuna-panel__details">
        <summary>スマートフォンを替えるとき・なくしたとき</summary>
        <ul>
          <li>
            替えるとき:
            前のスマートフォンが使えるうちに「新しいスマートフォンに移す」を押してください。
          </li>
          <li>
            なくした・壊れたとき:
            ログインの画面で「予備のコードを使う」を選びます。ログインしたら、「新しいスマートフォンに移す」を押して、もう
            1 つの予備のコードを入れてください。
          </li>
          <li>
            予備のコードもないとき:
            システム管理者に頼むと、二段階認証を終わらせてもらえます(あなたにメールで知らせが届きます)。
          </li>
        </ul>
      </details>
    </>
  )
}

interface Asked {
  title: string
  words: string
  label: string
  back?: string
}

const ASKED: Readonly<Record<FactorAct, Asked>> = {
  begin: {
    title: '二段階認証を始めます',
    words: '次の画面で、スマートフォンを使います。手元に置いてから進んでください。',
    label: '次へ',
  },
  move: {
    title: '新しいスマートフォンに移します',
    words:
      '確認コードは、前のスマートフォンのものを入れてください。なくしたときは、予備のコードを入れてください。移すと、前のスマートフォンと、いまの予備のコードは使えなくなります。',
    label: '次へ',
  },
  recovery: {
    title: '予備のコードを作り直します',
    words: '作り直すと、前の予備のコードは、すべて使えなくなります。',
    label: '作り直す',
  },
  off: {
    title: '二段階認証をやめます',
    words: 'やめると、パスワードだけでログインできるようになります。',
    label: '二段階認証をやめる',
    back: '使い続ける',
  },
}

interface StepProps {
  factor: ReturnType<typeof useOwnFactor>
  owner: string
}

function Step({ factor, owner }: StepProps) {
  const { step, errors, isBusy, go, prove, confirm } = factor
  if (step === null) return null
  const giveUp = () => go(null)
  if (step.at === 'codes') {
    return (
      <FactorDialog title="二段階認証を使えます" onGiveUp={() => undefined}>
        <RecoveryCodes codes={step.codes} owner={owner} onDone={giveUp} />
      </FactorDialog>
    )
  }
  const common = { isBusy, errors, onGiveUp: giveUp }
  if (step.at === 'setUp') {
    return (
      <FactorDialog title="認証アプリに登録します" onGiveUp={giveUp}>
        <SetUpSteps
          {...common}
          offer={step.offer}
          onCode={(code) => void confirm(step.offer, code)}
        />
      </FactorDialog>
    )
  }
  const { title, ...asked } = ASKED[step.act]
  return (
    <FactorDialog title={title} onGiveUp={giveUp}>
      <ProofForm
        {...common}
        {...asked}
        asksCode={step.act !== 'begin'}
        onSend={(proof) => void prove(step.act, proof)}
      />
    </FactorDialog>
  )
}
