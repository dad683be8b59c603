'use client'

import { useState } from 'react'

import {
  MAIL_DECISION_WORDS,
  MAIL_DECISIONS,
  unknownWords,
  type MailDecision,
} from '../../operation/act'
import type { UnknownMail } from '../../operation/status'
import { japaneseMoment } from '../../stage/japaneseDate'
import { Hydrated } from '../fields/useHydrated'
import { ActPanel } from './actPanel'

interface UnknownMailsProps {
  /** Code of the municipality. */
  town: string
  /** How many there are in all. */
  count: number
  mails: readonly UnknownMail[]
  /** What somebody has asked about some of them already, in words; null: nothing. */
  asked: string | null
  mayAct: boolean
}

const WHAT: Readonly<Record<MailDecision, string>> = {
  again:
    '同じ番号(Message-ID)で、きょうの時間内にもう一度送ります。1 通目が届いていれば、同じメールが 2 通届くことがあります',
  sent: '送りません。届いた数に入れます',
  notSent: '送りません。断られた数に入れます。中継サーバーの記録で、渡っていないと分かったときに',
}

/** The desk of mails of which nobody knows whether they went: some or all are decided at once. */
export function UnknownMails({ town, count, mails, asked, mayAct }: UnknownMailsProps) {
  const [picked, setPicked] = useState<ReadonlySet<string>>(new Set())
  const chosen = mails.filter(({ number }) => picked.has(number))
  const mayGoAgain = chosen.every((mail) => mail.mayGoAgain)
  const toggle = (number: string) => {
    const next = new Set(picked)
    if (!next.delete(number)) next.add(number)
    setPicked(next)
  }
  const decisions = MAIL_DECISIONS.filter((decision) => decision !== 'again' || mayGoAgain)
  return (
    <details className="kizuna-stop">
      <summary>送れたか分からないメール {count.toLocaleString('ja-JP')} 通</summary>
      <p>
        渡している途中で途切れました(わけは、それぞれの行にあります)。ひとりでには送り直しません。中継サーバーの記録を見て、決めるものに印をつけてください。分からなければ「届いたものとする」を選びます(二通届くことがありません)。
      </p>
      {count > mails.length && <p>古いものから {mails.length} 通ずつ決めます。</p>}
      <Hydrated>
        <button
          type="button"
          className="kizuna-button"
          onClick={() => setPicked(new Set(mails.map(({ number }) => number)))}
        >
          すべてに印をつける({mails.length} 通)
        </button>
        <ul className="kizuna-stop__mails">
          {mails.map(({ number, at, code }) => (
            <li key={number}>
              <label>
                <input
                  type="checkbox"
                  checked={picked.has(number)}
                  onChange={() => toggle(number)}
                />
                {japaneseMoment(at)} {unknownWords(code)} <code>{number}</code>
              </label>
            </li>
          ))}
        </ul>
      </Hydrated>
      {chosen.length > 0 && !mayGoAgain && (
        <p>日か時間の過ぎたものがあるので、もう一度は送れません。</p>
      )}
      {chosen.length > 0 && (
        <ActPanel
          asked={asked}
          mayAct={mayAct}
          choices={decisions.map((decision) => ({
            act: { kind: 'mail', town, mails: chosen.map(({ number }) => number), decision },
            label: `${MAIL_DECISION_WORDS[decision]}(${chosen.length} 通)`,
            what: WHAT[decision],
          }))}
        />
      )}
    </details>
  )
}
