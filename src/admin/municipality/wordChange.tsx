'use client'

import { Button, useDocumentInfo } from '@payloadcms/ui'
import { useCallback, useEffect, useState } from 'react'

import type { OpenChange } from '../../municipality/changeEndpoints'
import type { TownWords } from '../../municipality/townWords'
import type { TownEffect } from '../../reach/townEffect'
import { japaneseMoment } from '../../stage/japaneseDate'
import { useAnswer } from '../api/useAnswer'
import { useApi } from '../api/useApi'
import { ErrorList } from '../api/errorList'
import { useFirstSeen } from '../people/useFirstSeen'
import { EffectView } from './effectView'
import { WordForm } from './wordForm'
import './municipality.css'

/** What waits to be confirmed of a municipality's words, and the way to propose other ones. */
export function WordChange() {
  const { id } = useDocumentInfo()
  const town = id === undefined ? null : String(id)
  const { open, load } = useOpenChange(town)
  useFirstSeen('contact', open !== null)
  if (town === null || open === null) return null
  const { change, can, deciders } = open
  if (!change && !can.propose) return null
  return (
    <section
      className="kizuna-panel kizuna-municipality__change"
      aria-label="名前・問い合わせ先の変更"
    >
      <h3 className="kizuna-panel__title">名前・問い合わせ先の変更</h3>
      {change ? (
        <Waiting town={town} open={{ ...open, change }} onEnd={load} />
      ) : (
        <Proposing town={town} deciders={deciders} onDone={load} />
      )}
    </section>
  )
}

function useOpenChange(town: string | null) {
  const { ask } = useApi()
  const [open, setOpen] = useState<OpenChange | null>(null)
  const load = useCallback(async () => {
    if (town === null) return
    const answer = await ask<OpenChange>(`/kizuna-municipalities/${town}/open-change`)
    setOpen(answer.isDone ? answer.body : null)
  }, [ask, town])
  useEffect(() => {
    void load()
  }, [load])
  return { open, load }
}

interface ProposingProps {
  town: string
  deciders: string
  onDone: () => Promise<void>
}

function Proposing({ town, deciders, onDone }: ProposingProps) {
  const { ask, call, errors, isBusy } = useApi()
  const [before, setBefore] = useState<object | null>(null)
  const start = async () => {
    const answer = await ask<object>(`/kizuna-municipalities/${town}?depth=0`)
    if (answer.isDone) setBefore(answer.body)
  }
  const propose = async (words: Partial<TownWords>, note: string) => {
    const answer = await call(`/kizuna-municipalities/${town}/propose-words`, {
      body: { words, note },
    })
    if (!answer.isDone) return
    setBefore(null)
    await onDone()
  }
  if (before === null) {
    return (
      <>
        <p className="kizuna-panel__hint">
          差出人の名前・地区・問い合わせ先・差し込み語は、読者に届くすべての文に出ます。変えるときは提案し、ほかの人が確かめます。
          {deciders}
        </p>
        <Button margin={false} buttonStyle="secondary" onClick={() => void start()}>
          変更を提案する
        </Button>
      </>
    )
  }
  return (
    <>
      <p className="kizuna-panel__hint">{deciders}</p>
      <WordForm
        town={town}
        document={before}
        isBusy={isBusy}
        onPropose={(words, note) => void propose(words, note)}
        onCancel={() => setBefore(null)}
      />
      <ErrorList errors={errors} />
    </>
  )
}

interface WaitingProps {
  town: string
  open: OpenChange & { change: NonNullable<OpenChange['change']> }
  onEnd: () => Promise<void>
}

function Waiting({ town, open: { change, can, deciders }, onEnd }: WaitingProps) {
  const { call, errors, isBusy } = useApi()
  const [reason, setReason] = useState<string | null>(null)
  const effect = useAnswer<TownEffect>({
    path: `/kizuna-municipalities/${town}/words-effect`,
    body: JSON.stringify({ words: change.after }),
    pauseMs: 0,
  })
  const end = async (step: 'confirm' | 'decline' | 'take-back') => {
    const body = { reason: reason ?? '' }
    const answer = await call(`/kizuna-municipality-changes/${change.id}/${step}`, { body })
    if (!answer.isDone) return
    if (step === 'confirm')
      window.location.reload() // the form holds what was before
    else await onEnd()
  }
  return (
    <>
      <p>
        <strong>確かめを待っている変更があります。</strong>
        {change.proposedByName}さんが {japaneseMoment(change.at)} に提案しました。
        {can.decide ? 'まだ読者には届いていません。' : deciders}
      </p>
      {change.note && <p className="kizuna-municipality__reason">理由: {change.note}</p>}
      <EffectView lines={change.lines} effect={effect} />
      {reason !== null && (
        <label className="kizuna-question__words">
          見送る理由(提案した人が読みます)
          <textarea rows={3} value={reason} onChange={(event) => setReason(event.target.value)} />
        </label>
      )}
      <ErrorList errors={errors} />
      <div className="kizuna-actions">
        {can.decide && reason === null && (
          <Button margin={false} disabled={isBusy} onClick={() => void end('confirm')}>
            確かめたので反映する
          </Button>
        )}
        {can.decide && (
          <Button
            margin={false}
            buttonStyle="secondary"
            disabled={isBusy || reason?.trim() === ''}
            onClick={() => (reason === null ? setReason('') : void end('decline'))}
          >
            見送る
          </Button>
        )}
        {can.takeBack && reason === null && (
          <Button
            margin={false}
            buttonStyle="secondary"
            disabled={isBusy}
            onClick={() => void end('take-back')}
          >
            提案を取り下げる
          </Button>
        )}
      </div>
    </>
  )
}
