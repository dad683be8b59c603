'use client'

import { toast } from '@payloadcms/ui'
import { useRouter } from 'next/navigation'

import { useApi } from '../../api/useApi'

/**
 * Asks the CMS for a change; true when it was done. Then the page is read again; `done` is said over
 * it for a moment, where the page itself does not say it.
 */
export type Change = (path: string, body: object, done?: string) => Promise<boolean>

/** The means to change something from a page of the inbox, and what the CMS said against it. */
export function useInboxActions() {
  const { call, isBusy, errors } = useApi()
  const { refresh } = useRouter()
  const change: Change = async (path, body, done) => {
    const answer = await call(path, { body })
    if (!answer.isDone) return false
    if (done) toast.success(done)
    refresh()
    return true
  }
  return { change, isBusy, errors }
}
