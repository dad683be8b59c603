'use client'

import { Button, useConfig } from '@payloadcms/ui'
import { useRouter } from 'next/navigation'
import { useState } from 'react'

import { useCms } from '../api/useApi'
import { ErrorList } from '../api/errorList'
import './library.css'

/** Copies an example into the own municipality and opens the draft. */
export function CopyButton({ id, title }: { id: string; title: string }) {
  const ask = useCms()
  const { push } = useRouter()
  const { config } = useConfig()
  const [isBusy, setBusy] = useState(false)
  const [sentences, setSentences] = useState<string[]>([])
  const copy = async () => {
    setBusy(true)
    const answer = await ask(`/shared-add-ons/${id}/copy`, { body: {} })
    setBusy(false)
    setSentences(answer.isDone ? [] : answer.sentences)
    if (!answer.isDone) return
    const { id: draft } = answer.body as { id: string }
    push(`${config.routes.admin}/collections/add-ons/${draft}`)
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
      <ErrorList sentences={sentences} />
    </>
  )
}
