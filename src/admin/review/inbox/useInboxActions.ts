'use client'

import { toast } from '@payloadcms/ui'
import { useRouter } from 'next/navigation'
import { useState } from 'react'

import { useCms } from '../../api/useApi'

/** Asks the CMS for a change; true when it was done. Then the page is read again. */
export type Change = (path: string, body: object, done: string) => Promise<boolean>

/** The means to change something from a page of the desk, and what the CMS said against it. */
export function useDeskActions() {
  const ask = useCms()
  const { refresh } = useRouter()
  const [isBusy, setBusy] = useState(false)
  const [sentences, setSentences] = useState<readonly string[]>([])
  const change: Change = async (path, body, done) => {
    setBusy(true)
    const answer = await ask(path, { body })
    setBusy(false)
    setSentences(answer.isDone ? [] : answer.sentences)
    if (!answer.isDone) return false
    toast.success(done)
    refresh()
    return true
  }
  return { change, isBusy, sentences }
}
