'use client'

import { useRouter } from 'next/navigation'
import { useEffect } from 'react'

/** How often the page is read again while something of it is on its way. */
const EVERY_MS = 5000

/** Reads the page again and again: what another person, or the worker, does appears by itself. */
export function KeepFresh() {
  const { refresh } = useRouter()
  useEffect(() => {
    const timer = setInterval(refresh, EVERY_MS)
    return () => clearInterval(timer)
  }, [refresh])
  return null
}
