'use client'

import { Button } from '@payloadcms/ui'
import { useEffect, useState, type ReactNode } from 'react'

/** Longer than two clicks that an operating system takes for one act: at most 0.5 s on Windows. */
const READING_MS = 700

interface PressProps {
  isOff: boolean
  onPress: () => void
  children: ReactNode
}

/**
 * The button that answers a question. It stands where the one was that opened the question, so it
 * does nothing in its first moments: a double click would answer what nobody has read.
 */
export function SecondPress({ isOff, onPress, children }: PressProps) {
  const [isReadable, setReadable] = useState(false)
  useEffect(() => {
    const timer = setTimeout(() => setReadable(true), READING_MS)
    return () => clearTimeout(timer)
  }, [])
  return (
    <Button margin={false} disabled={isOff || !isReadable} onClick={onPress}>
      {children}
    </Button>
  )
}
