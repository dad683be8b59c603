'use client'

import { useAuth, useConfig } from '@payloadcms/ui'
import { useCallback, useEffect, useRef, useState, type ReactNode } from 'react'

import { holdsRole } from '../../people/roles'
import { guardedFetch, type Lost } from './guardedFetch'
import { SignInDialog } from './signInDialog'
import { useFactorAtLogIn } from './useFactorAtLogIn'
import { useLastingPage } from './useLastingPage'

/** Who has a page open. */
export interface Opener {
  id: string
  email: string
  name: string
}

interface Asked {
  lost: Lost
  answer: (isSignedIn: boolean) => void
}

/**
 * Keeps a page open when its session ends: what is typed stays, and whoever has it open logs in again
 * in place. Wherever somebody logs in, the second factor is asked for. Of a host's own people nothing
 * is changed.
 */
export function SignInAgain({ children }: { children: ReactNode }) {
  const { user } = useAuth()
  const { config } = useConfig()
  const opener = useRef<Opener | null>(null)
  const [asked, setAsked] = useState<Asked | null>(null)
  const waiting = useRef<Promise<boolean> | null>(null)
  if (!user) opener.current = null
  else if (opener.current === null && holdsRole(user)) opener.current = openerOf(user)

  const isPressed = useJustPressed()
  const isLater = useRef(false)
  const askAgain = useCallback(
    (lost: Lost) => {
      if (isLater.current && !isPressed()) return Promise.resolve(false)
      waiting.current ??= new Promise<boolean>((resolve) => {
        setAsked({
          lost,
          answer: (isSignedIn) => {
            waiting.current = null
            isLater.current = !isSignedIn
            setAsked(null)
            resolve(isSignedIn)
          },
        })
      })
      return waiting.current
    },
    [isPressed],
  )
  useLastingPage(
    useCallback(() => {
      if (opener.current) void askAgain({ code: 'SIGNED_OUT', sentence: ENDED })
    }, [askAgain]),
  )

  const { around, shown } = useFactorAtLogIn()
  const api = `${config.serverURL}${config.routes.api}`
  useEffect(() => {
    const own = window.fetch
    window.fetch = guardedFetch({
      send: around(own.bind(window)),
      api: new URL(api, window.location.href).href,
      opener: () => opener.current?.id ?? null,
      askAgain,
    })
    return () => {
      window.fetch = own
    }
  }, [api, around, askAgain])

  return (
    <>
      {children}
      {asked && opener.current && (
        <SignInDialog lost={asked.lost} opener={opener.current} onEnd={asked.answer} />
      )}
      {shown}
    </>
  )
}

/** How long after a press what is sent is taken to be meant by it. */
const PRESS_MS = 3000

/** Whether somebody has just pressed something: who put the log-in off is asked again only then. */
function useJustPressed(): () => boolean {
  const at = useRef(-Infinity)
  useEffect(() => {
    const note = (event: Event) => {
      at.current = event.timeStamp
    }
    window.addEventListener('click', note, true)
    return () => window.removeEventListener('click', note, true)
  }, [])
  return useCallback(() => performance.now() - at.current < PRESS_MS, [])
}

const ENDED = 'ログインの時間が切れました。この画面に書いたものは、そのまま残っています。'

function openerOf(user: object): Opener {
  const { id, email, kizunaName } = user as { id: unknown; email?: string; kizunaName?: string }
  return { id: String(id), email: email ?? '', name: kizunaName ?? '' }
}
