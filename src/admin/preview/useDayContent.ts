'use client'

import { useAuth, useConfig } from '@payloadcms/ui'
import { useEffect, useState } from 'react'

import type { DayContent } from '../../arrivals/dayContent'

/** A municipality to choose. */
export interface PlaceShown {
  id: string
  name: string
  code: string
  editions: string[]
  areas?: { name: string }[] | null
}

/** The municipalities this person may look at. */
export function usePlaces(): readonly PlaceShown[] {
  const answer = useAnswer<{ docs?: PlaceShown[] }>(
    '/municipalities?depth=0&limit=2000&sort=code&select[name]=true&select[code]=true&select[editions]=true&select[areas]=true',
  )
  return answer?.docs ?? NONE
}

const NONE: readonly PlaceShown[] = []

/** A municipality and what a family of it is due on a day; null while it is not there. */
export function useDayContent(query: Record<string, string>): DayContent | null {
  const { user } = useAuth()
  const filled = Object.entries(query).filter(([, value]) => value !== '')
  const address = new URLSearchParams(Object.fromEntries(filled)).toString()
  const isAsked = user !== null && query.municipality !== undefined && query.municipality !== ''
  return useAnswer<DayContent>(isAsked ? `/arrivals/content?${address}` : null)
}

/** The JSON at a path of the API; the last answer stays until the next is there. */
function useAnswer<T>(path: string | null): T | null {
  const { config } = useConfig()
  const base = `${config.serverURL}${config.routes.api}`
  const [answer, setAnswer] = useState<T | null>(null)
  useEffect(() => {
    if (path === null) return
    const controller = new AbortController()
    const timer = setTimeout(() => {
      void read<T>(`${base}${path}`, controller.signal).then((body) => {
        if (!controller.signal.aborted) setAnswer(body)
      })
    }, TYPING_MS)
    return () => {
      clearTimeout(timer)
      controller.abort()
    }
  }, [base, path])
  return path === null ? null : answer
}

/** A slot is typed letter by letter; each would ask the server. */
const TYPING_MS = 300

async function read<T>(url: string, signal: AbortSignal): Promise<T | null> {
  try {
    const response = await fetch(url, { credentials: 'include', signal })
    return response.ok ? ((await response.json()) as T) : null
  } catch {
    return null // the preview shows sample values instead
  }
}
