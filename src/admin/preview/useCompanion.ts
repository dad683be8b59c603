'use client'

import { useConfig } from '@payloadcms/ui'
import { useEffect, useState } from 'react'

import { idOf } from '../../../collections/access'
import type { StoredDocument } from '../../review/freeze'

/** What the preview shows of a municipality. */
export interface MunicipalityShown {
  code: string
  senderName: string
  contact: { department: string; phone: string; hours: string; url?: string | null }
  contactVariables?: { name: string; value: string }[] | null
  accent?: string | null
}

/** The common text an add-on goes out with. */
export interface Companion {
  title: string
  document: StoredDocument
}

/** The municipality of the document, or null while there is none. */
export function useMunicipality(relation: unknown): MunicipalityShown | null {
  const id = idOf(relation)
  const found = useAnswer(id === null ? null : `/municipalities/${id}?depth=0`)
  return found && 'contact' in found ? (found as unknown as MunicipalityShown) : null
}

/** The live common text on the add-on's first day, or null. */
export function useCompanion(addOn: StoredDocument | null): Companion | null {
  const slot = typeof addOn?.from === 'string' ? addOn.from : ''
  const query = new URLSearchParams({
    'where[slot][equals]': slot,
    'where[_status][equals]': 'published',
    limit: '1',
    depth: '0',
  })
  const found = useAnswer(slot ? `/manuscripts?${query.toString()}` : null)
  const [document] = (found as { docs?: StoredDocument[] } | null)?.docs ?? []
  return document ? { title: String(document.title), document } : null
}

/** The JSON at a path of the API; null while it is not there or when it is refused. */
function useAnswer(path: string | null): StoredDocument | null {
  const { config } = useConfig()
  const base = `${config.serverURL}${config.routes.api}`
  const [answer, setAnswer] = useState<{ path: string; body: StoredDocument | null } | null>(null)
  useEffect(() => {
    if (path === null) return
    const controller = new AbortController()
    void read(`${base}${path}`, controller.signal).then((body) => {
      if (!controller.signal.aborted) setAnswer({ path, body })
    })
    return () => controller.abort()
  }, [base, path])
  return answer?.path === path ? answer.body : null
}

async function read(url: string, signal: AbortSignal): Promise<StoredDocument | null> {
  try {
    const response = await fetch(url, { credentials: 'include', signal })
    return response.ok ? ((await response.json()) as StoredDocument) : null
  } catch {
    return null // the preview shows sample values instead
  }
}
