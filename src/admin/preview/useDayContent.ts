'use client'

import { useAuth } from '@payloadcms/ui'

import type { DayContent } from '../../arrivals/dayContent'
import { useFirstAnswer } from '../api/useAnswer'

/** A municipality to choose. */
export interface MunicipalityShown {
  id: string
  name: string
  code: string
  editions: string[]
  areas?: { name: string }[] | null
}

/**
 * The municipalities this person may look at, or the one whose text it is, and whether they are
 * still awaited.
 */
export function useMunicipalities(only: string | null) {
  const { answer, isAwaited } = useFirstAnswer<{ docs?: MunicipalityShown[] }>({
    path:
      only === ''
        ? null
        : `/kizuna-municipalities?${SHOWN}${only === null ? '' : `&where[id][equals]=${only}`}`,
    pauseMs: 0, // nobody types it
  })
  return { municipalities: answer?.docs ?? NONE, isAwaited }
}

const SHOWN =
  'depth=0&limit=2000&sort=code&select[name]=true&select[code]=true&select[editions]=true&select[areas]=true'

const NONE: readonly MunicipalityShown[] = []

/**
 * A municipality and what a family of it is due on a day; null while it is awaited, and when it
 * cannot be read: then the preview shows sample values.
 */
export function useDayContent(query: Record<string, string>) {
  const { user } = useAuth()
  const filled = Object.entries(query).filter(([, value]) => value !== '')
  const address = new URLSearchParams(Object.fromEntries(filled)).toString()
  const isAsked = user !== null && query.municipality !== undefined && query.municipality !== ''
  return useFirstAnswer<DayContent>({
    path: isAsked ? `/arrivals/content?${address}` : null,
    pauseMs: TYPING_MS,
  })
}

/** A slot is typed letter by letter; each would ask the server. */
const TYPING_MS = 300
