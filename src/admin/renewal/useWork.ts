'use client'

import { useConfig } from '@payloadcms/ui'
import { useRouter } from 'next/navigation'
import { useState } from 'react'

import { useCms } from '../api/useApi'
import { useIsAlive } from '../fields/useIsAlive'

/** Sends one request after the other to the renewal's endpoints and keeps the latest sentence. */
export function useWork() {
  const { config } = useConfig()
  const ask = useCms()
  const router = useRouter()
  const isAlive = useIsAlive()
  const [isBusy, setBusy] = useState(false)
  const [news, setNews] = useState<string | null>(null)
  const [fault, setFault] = useState<string | null>(null)

  const call = async <T>(path: string, body: object = {}) => {
    const answer = await ask(`/renewal${path}`, { body })
    if (!answer.isDone) throw new Error(answer.sentences.join('\n'))
    return answer.body as T
  }
  const run = async (work: () => Promise<void>) => {
    setBusy(true)
    setFault(null)
    try {
      await work()
    } catch (error) {
      setFault(error instanceof Error ? error.message : String(error))
    }
    router.refresh() // what was done before it broke off is done
    setBusy(false)
  }
  const isOff = isBusy || !isAlive
  return { call, run, isBusy, isOff, news, setNews, fault, router, admin: config.routes.admin }
}

/** Copies the rest of a series, chunk by chunk. */
export async function copyRest(work: ReturnType<typeof useWork>, id: string): Promise<void> {
  for (;;) {
    const { done, total } = await work.call<{ done: number; total: number }>(`/${id}/copy`)
    work.setNews(`${total} 件のうち ${done} 件を写しました。`)
    if (done >= total) return
  }
}
