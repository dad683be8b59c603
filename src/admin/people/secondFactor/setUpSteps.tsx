'use client'

import { Button } from '@payloadcms/ui'
import { useState, type FormEvent } from 'react'

import type { ShownOffer } from '../../../people/secondFactor/refusal'
import { ErrorList } from '../../api/errorList'
import { CodeInput } from './codeInput'

interface StepsProps {
  offer: ShownOffer
  isBusy: boolean
  errors: readonly string[]
  onCode: (code: string) => void
  onGiveUp: () => void
}

/** How a second factor is set up, for who never did it: the app, its QR code, its first digits. */
export function SetUpSteps({ offer, isBusy, errors, onCode, onGiveUp }: StepsProps) {
  const [code, setCode] = useState('')
  const send = (event: FormEvent) => {
    event.preventDefault()
    event.stopPropagation() // React hands it on to the form that the page is
    onCode(code)
  }
  return (
    <form className="kizuna-factor" onSubmit={send}>
      <ol>
        <li>
          スマートフォンに、認証アプリを入れます(無料)。Google Authenticator、Microsoft
          Authenticator など、どれでもかまいません。いま使っているアプリに足すこともできます。
        </li>
        <li>
          アプリの「+」(追加)を押して、この QR コードを読み取ります。
          <Qr offer={offer} />
        </li>
        <li>アプリに出た 6 桁の数字を入れて、確かめます。数字は 30 秒ごとに変わります。</li>
      </ol>
      <CodeInput value={code} onChange={setCode} takesRecovery={false} />
      <ErrorList errors={errors} />
      <div className="kizuna-actions">
        <Button type="submit" margin={false} disabled={isBusy}>
          確かめて始める
        </Button>
        <Button margin={false} buttonStyle="secondary" disabled={isBusy} onClick={onGiveUp}>
          やめる
        </Button>
      </div>
    </form>
  )
}

function Qr({ offer: { key, qr, uri } }: { offer: ShownOffer }) {
  return (
    <>
      <img
        className="kizuna-factor__qr"
        alt="認証アプリで読み取る QR コード"
        src={`data:image/svg+xml,${encodeURIComponent(qr)}`}
      />
      <a className="kizuna-factor__here" href={uri}>
        このスマートフォンのアプリに登録する
      </a>
      <details>
        <summary>読み取れないとき</summary>
        <p>
          アプリで「セットアップ
          キーを入力」を選び、次のキーを入れます(空白は入れなくてかまいません)。種類を聞かれたら「時間ベース」を選びます。
        </p>
        <p>
          <code className="kizuna-factor__key">{key}</code>
        </p>
      </details>
    </>
  )
}
