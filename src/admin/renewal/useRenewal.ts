'use client'

import { useConfig } from '@payloadcms/ui'
import { useRouter } from 'next/navigation'
import { useState } from 'react'

import { useApi } from '../api/useApi'
import { useHydrated } from '../fields/useHydrated'

/** Sends one request after the other to the renewal's endpoints and keeps the latest sentence. */
export function useRenewal() {
  const { config } = useConfig()
  const { ask, during, isBusy, errors, setErrors } = useApi()
  const router = useRouter()
  const isHydrated = useHydrated()
  const [news, setNews] = useState<string | null>(null)

  const call = async <T>(path: string, body: object = {}) => {
    const answer = await ask<T>(`/renewal${path}`, { body })
    if (!answer.isDone) throw new Error(answer.errors.join('\n'))
    return answer.body
  }
  const run = (steps: () => Promise<void>) =>
    during(async () => {
      setErrors([])
      try {
        await steps()
      } catch (error) {
        setErrors((error instanceof Error ? error.message : String(error)).split('\n'))
      }
      router.refresh() // what was done before it broke off is done
    })
  const isOff = isBusy || !isHydrated
  return { call, run, isBusy, isOff, news, setNews, errors, router, admin: config.routes.admin }
}

/** What {@link useRenewal} gives. */
export type Renewal = ReturnType<typeof useRenewal>

/** Copies the rest of a series, chunk by chunk. */
export async function copyRest(renewal: Renewal, id: string): Promise<void> {
  for (;;) {
    const { done, total } = await renewal.call<{ done: number; total: number }>(`/${id}/copy`)
    renewal.setNews(`${total} 件のうち ${done} 件を写しました。`)
    if (done >= total) return
  }
}
