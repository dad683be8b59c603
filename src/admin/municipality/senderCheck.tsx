'use client'

import { useDocumentInfo } from '@payloadcms/ui'
import { useState } from 'react'

import {
  askingLetters,
  checkWords,
  STATE_WORDS,
  type KeptCheck,
} from '../../senderCheck/shownCheck'
import { japaneseMoment } from '../../stage/japaneseDate'
import { ErrorList } from '../api/errorList'
import { useAnswer } from '../api/useAnswer'
import { useApi } from '../api/useApi'
import { AskingLetterView } from './askingLetter'
import './municipality.css'

interface Answer {
  check: KeptCheck | null
}

/** 「メールが届くかの確かめ」: asks the DNS about the sender at a press, and keeps what it said. */
export function SenderCheck() {
  const { id } = useDocumentInfo()
  const path = id ? `/kizuna-municipalities/${id}/sender-check` : null
  const kept = useAnswer<Answer>({ path, pauseMs: 0 })
  const { call, isBusy, errors } = useApi()
  const [asked, setAsked] = useState<KeptCheck | null>(null)
  const [typed, setTyped] = useState<string | null>(null)
  if (path === null || kept === null) return null
  const check = asked ?? kept.check
  const selector = typed ?? check?.selector ?? ''
  const ask = async () => {
    const answer = await call<Answer>(path, { body: { selector: selector.trim() || null } })
    if (answer.isDone) setAsked(answer.body.check)
  }
  return (
    <section aria-labelledby="kizuna-sender" className="kizuna-municipality__sender field-type">
      <h3 className="kizuna-panel__title" id="kizuna-sender">
        メールが届くかの確かめ
      </h3>
      <p>
        保存した差出アドレスのドメインについて DNS
        に聞き、メールが断られたり迷惑メールになったりしないかを確かめます。何も書き換えません。
      </p>
      <label>
        中継サーバーが署名するときは、その鍵の名前(セレクター)。分からなければ空のまま
        <input value={selector} maxLength={63} onChange={(event) => setTyped(event.target.value)} />
      </label>
      <button type="button" className="kizuna-button" disabled={isBusy} onClick={() => void ask()}>
        {check ? 'もう一度確かめる' : '確かめる'}
      </button>
      <ErrorList errors={errors} />
      <div role="status">
        {isBusy && <p>DNS に聞いています。30 秒ほどかかることがあります。</p>}
        {!isBusy && check && <Found check={check} />}
      </div>
    </section>
  )
}

function Found({ check }: { check: KeptCheck }) {
  return (
    <>
      <p>
        <strong>{checkWords(check.findings)}</strong>({check.domain}、{japaneseMoment(check.at)}{' '}
        に聞きました)
      </p>
      <ul>
        {check.findings.map(({ check: name, state, found }) => (
          <li key={`${name}${found}`}>
            <strong>
              {name}: {STATE_WORDS[state]}
            </strong>
            <br />
            {found}。
          </li>
        ))}
      </ul>
      {askingLetters(check).map((letter) => (
        <AskingLetterView key={letter.to} letter={letter} />
      ))}
    </>
  )
}
