'use client'

import { useAuth } from '@payloadcms/ui'
import { useEffect, useRef } from 'react'

import { holdsRole } from '../../people/roles'

/** Longer than any page is open; seconds since 1970, as a token tells its end. */
const FAR_SECONDS = 4_102_444_800
const FAR_MS = FAR_SECONDS * 1000
/** The longest a browser waits: https://developer.mozilla.org/docs/Web/API/Window/setTimeout */
const MAX_WAIT_MS = 2_147_483_647

/**
 * Payload leaves the page when the session's time is over, and with it goes what was typed. Its clock
 * is set far ahead, and `onEnd` is called instead; the server ends the session all the same.
 */
export function useLastingPage(onEnd: () => void): void {
  const { setUser, token, tokenExpirationMs, user } = useAuth()
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined)
  useEffect(() => {
    if (!user || !holdsRole(user) || !tokenExpirationMs || tokenExpirationMs === FAR_MS) return
    const left = tokenExpirationMs - Date.now()
    clearTimeout(timer.current)
    timer.current = setTimeout(onEnd, Math.min(Math.max(left, 0), MAX_WAIT_MS))
    setUser({ user, token, exp: FAR_SECONDS } as never)
  }, [onEnd, setUser, token, tokenExpirationMs, user])
  useEffect(() => () => clearTimeout(timer.current), [])
}
