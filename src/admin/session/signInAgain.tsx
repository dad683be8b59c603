'use client'

import { useAuth, useConfig } from '@payloadcms/ui'
import { useCallback, useEffect, useRef, useState, type ReactNode } from 'react'

import { holdsRole } from '../../people/roles'
import { guardedFetch, type Lost } from './guardedFetch'
import { SignInDialog } from './signInDialog'
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
 * in place. Of a host's own people nothing is changed.
 */
export function SignInAgain({ children }: { children: ReactNode }) {
  const { user } = useAuth()
  const { config } = useConfig()
  const opener = useRef<Opener | null>(null)
  const [asked, setAsked] = useState<Asked | null>(null)
  const waiting = useRef<Promise<boolean> | null>(null)
  if (!user) opener.current = null
  else if (opener.current === null && holdsRole(user)) opener.current = openerOf(user)

  const askAgain = useCallback((lost: Lost) => {
    waiting.current ??= new Promise<boolean>((resolve) => {
      setAsked({
        lost,
        answer: (isSignedIn) => {
          waiting.current = null
          setAsked(null)
          resolve(isSignedIn)
        },
      })
    })
    return waiting.current
  }, [])
  useLastingPage(
    useCallback(() => {
      if (opener.current) void askAgain({ code: 'SIGNED_OUT', sentence: ENDED })
    }, [askAgain]),
  )

  const api = `${config.serverURL}${config.routes.api}`
  useEffect(() => {
    const own = window.fetch
    window.fetch = guardedFetch({
      send: own.bind(window),
      api: new URL(api, window.location.href).href,
      opener: () => opener.current?.id ?? null,
      askAgain,
    })
    return () => {
      window.fetch = own
    }
  }, [api, askAgain])

  return (
    <>
      {children}
      {asked && opener.current && (
        <SignInDialog lost={asked.lost} opener={opener.current} onEnd={asked.answer} />
      )}
    </>
  )
}

const ENDED = 'ログインの時間が切れました。この画面に書いたものは、そのまま残っています。'

function openerOf(user: object): Opener {
  const { id, email, kizunaName } = user as { id: unknown; email?: string; kizunaName?: string }
  return { id: String(id), email: email ?? '', name: kizunaName ?? '' }
}
