'use client'

import { useEffect, type ReactNode } from 'react'

import { nameParts } from './namedParts'

/** Gives Payload's own controls the names that a screen reader says, whenever new ones appear. */
export function ReadAloud({ children }: { children: ReactNode }) {
  useEffect(() => {
    let frame = 0
    const look = () => {
      frame = 0
      nameParts(document)
    }
    const observer = new MutationObserver(() => {
      frame ||= requestAnimationFrame(look)
    })
    look()
    observer.observe(document.body, { childList: true, subtree: true })
    return () => {
      observer.disconnect()
      cancelAnimationFrame(frame)
    }
  }, [])
  return children
}
