'use client'

import { useConfig, useDocumentInfo } from '@payloadcms/ui'
import { useRouter } from 'next/navigation'
import { useEffect, useState } from 'react'

import type { TrashStatus } from '../../review/queries/trashStatus'
import { ErrorList } from '../api/errorList'
import { useApi } from '../api/useApi'
import { WithReason } from './withReason'

/** Beside a text in the trash: who put it there, what comes of it, and its end for good. */
export function TrashPanel() {
  const { collectionSlug, id } = useDocumentInfo()
  const path = `/${collectionSlug}/${String(id)}`
  const { ask, call, isBusy, errors } = useApi()
  const { config } = useConfig()
  const router = useRouter()
  const [status, setStatus] = useState<TrashStatus | null>(null)
  useEffect(() => {
    void ask<TrashStatus>(`${path}/trash`).then((answer) => answer.isDone && setStatus(answer.body))
  }, [ask, path])
  const remove = async (reason: string) => {
    const answer = await call(`${path}/remove`, { body: { reason } })
    if (answer.isDone) router.push(`${config.routes.admin}/collections/${collectionSlug}/trash`)
    return answer.isDone
  }
  if (!status) return null
  return (
    <section className="kizuna-panel" aria-label="ごみ箱">
      <h3 className="kizuna-panel__title">ごみ箱</h3>
      <p>{status.sentence}</p>
      <p>{status.restore}</p>
      <p className="kizuna-panel__hint">{status.end}</p>
      {status.canRemove && (
        <WithReason
          label="完全に削除する"
          words="完全に削除する理由(記録に残ります。元には戻せません)"
          isBusy={isBusy}
          onSend={remove}
        />
      )}
      <ErrorList errors={errors} />
    </section>
  )
}
