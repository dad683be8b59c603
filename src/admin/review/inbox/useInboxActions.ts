'use client'

import { toast } from '@payloadcms/ui'
import { useRouter } from 'next/navigation'

import { useApi } from '../../api/useApi'

/**
 * Asks the CMS for a change; answers its body, or null when it was not done. Then the page is read
 * again; `done` is said over it for a moment, where the page itself does not say it.
 */
export type Change = <T>(path: string, body: object, done?: string) => Promise<T | null>

/** The means to change something from a page of the inbox, and what the CMS said against it. */
export function useInboxActions() {
  const { call, isBusy, errors } = useApi()
  const { refresh } = useRouter()
  const change: Change = async <T>(path: string, body: object, done?: string) => {
    const answer = await call<T>(path, { body })
    if (!answer.isDone) return null
    if (done) toast.success(done)
    refresh()
    return answer.body
  }
  return { change, isBusy, errors }
}
