'use client'

import { Button, useDocumentInfo, useFormFields, useFormModified } from '@payloadcms/ui'
import { useRouter } from 'next/navigation'
import { useState } from 'react'

import { useApi } from '../api/useApi'
import { ErrorList } from '../api/errorList'
import { useHasRole } from '../people/useHasRole'
import './proposal.css'

/** What a municipal editor does with a proposal: take it, or say why not. */
export function ProposalPanel() {
  const { id } = useDocumentInfo()
  const isOpen = useFormFields(([fields]) => fields.isProposal?.value === true)
  const reason = useFormFields(([fields]) => fields.declinedReason?.value)
  const isEditor = useHasRole('municipal-editor')
  if (!isOpen || id === undefined) return null
  return (
    <section className="kizuna-panel" aria-label="協力団体からの提案">
      <h3 className="kizuna-panel__title">協力団体からの提案</h3>
      {isEditor ? (
        <Decide id={String(id)} isDeclined={Boolean(reason)} />
      ) : (
        <p className="kizuna-panel__hint">
          {reason
            ? '見送りになりました。理由を読んで直すと、もう一度提案できます。'
            : '自治体の編集担当が読むまでお待ちください。それまでは直せます。'}
        </p>
      )}
    </section>
  )
}

function Decide({ id, isDeclined }: { id: string; isDeclined: boolean }) {
  const { call, errors } = useApi()
  const { refresh } = useRouter()
  const [reason, setReason] = useState<string | null>(null)
  const updatedAt = useFormFields(([fields]) => fields.updatedAt?.value)
  const isModified = useFormModified()
  const decide = async (verdict: 'take' | 'decline') => {
    const body = { reason: reason ?? '', updatedAt }
    const answer = await call(`/kizuna-add-ons/${id}/${verdict}`, { body })
    if (!answer.isDone) return
    refresh()
    window.location.reload() // the form holds what was loaded before the decision
  }
  if (isModified) return <p className="kizuna-panel__hint">{SAVE_FIRST}</p>
  return (
    <>
      <p>
        {isDeclined
          ? '見送りを伝えてあります。考え直して採用することもできます。'
          : '採用すると自治体原稿になり、直して監修に出せます。提案した人は直せなくなります。'}
      </p>
      {reason !== null && (
        <label className="kizuna-question__words">
          見送る理由(提案した団体が読みます)
          <textarea rows={3} value={reason} onChange={(event) => setReason(event.target.value)} />
        </label>
      )}
      <ErrorList errors={errors} />
      <div className="kizuna-actions">
        {reason === null && (
          <Button margin={false} onClick={() => void decide('take')}>
            採用する
          </Button>
        )}
        {!isDeclined && (
          <Button
            margin={false}
            buttonStyle="secondary"
            disabled={reason !== null && !reason.trim()}
            onClick={() => (reason === null ? setReason('') : void decide('decline'))}
          >
            見送る
          </Button>
        )}
        {reason !== null && (
          <Button margin={false} buttonStyle="secondary" onClick={() => setReason(null)}>
            やめる
          </Button>
        )}
      </div>
    </>
  )
}

const SAVE_FIRST =
  '保存していない変更があります。「下書きを保存」を押してから、採用するか見送るかを決めてください。'
