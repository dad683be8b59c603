'use client'

import { useConfig } from '@payloadcms/ui'
import { useRouter } from 'next/navigation'
import { useEffect, useState } from 'react'

import { useApi } from '../api/useApi'
import { freshen } from './freshen'

/** How often the page is read again while something of it is on its way. */
const EVERY_MS = 5000

/**
 * Reads the page again and again: what another person, or the worker, does appears by itself. While no
 * answer comes the page stays, and says that it is old.
 */
export function KeepFresh() {
  const { refresh } = useRouter()
  const { ask } = useApi()
  const { config } = useConfig()
  const [isOld, setOld] = useState(false)
  const me = `/${config.admin.user}/me`
  useEffect(() => {
    const look = async () => setOld(!(await freshen({ ask, me, refresh })))
    const timer = setInterval(() => void look(), EVERY_MS)
    return () => clearInterval(timer)
  }, [ask, me, refresh])
  if (!isOld) return null
  return (
    <p className="kizuna-panel" role="alert">
      いま新しくできません。下は、前のようすです。つながりとログインを確かめてください。つながると、ひとりでに新しくなります。
    </p>
  )
}
