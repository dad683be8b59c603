'use client'

import { Button, useConfig } from '@payloadcms/ui'
import { useRouter } from 'next/navigation'

import { useApi } from '../api/useApi'
import { ErrorList } from '../api/errorList'
import './library.css'

/** Copies an example into the own municipality and opens the draft. */
export function CopyButton({ id, title }: { id: string; title: string }) {
  const { call, isBusy, errors } = useApi()
  const { push } = useRouter()
  const { config } = useConfig()
  const copy = async () => {
    const answer = await call<{ id: string }>(`/kizuna-shared-add-ons/${id}/copy`, { body: {} })
    if (answer.isDone) push(`${config.routes.admin}/collections/kizuna-add-ons/${answer.body.id}`)
  }
  return (
    <>
      <Button
        margin={false}
        disabled={isBusy}
        extraButtonProps={{ 'aria-label': `「${title}」を写して使う` }}
        onClick={() => void copy()}
      >
        写して使う
      </Button>
      <ErrorList errors={errors} />
    </>
  )
}
