'use client'

import { useEffect, useState } from 'react'

import type { PlainFinding } from '../../plain/checkPlain'
import { useApi } from '../api/useApi'

/** A text and what was found in it; positions hold for this text alone. */
export interface CheckedText {
  subject: string
  body: string
  findings: { subject: PlainFinding[]; body: PlainFinding[] }
}

/** How long the writer rests before the text is checked. */
const PAUSE_MS = 600

/** Advice on the text on the screen, a moment after the last keystroke. */
export function usePlainCheck(subject: string, body: string) {
  const { ask, errors, setErrors } = useApi()
  const [checked, setChecked] = useState<CheckedText | null>(null)
  useEffect(() => {
    let isCurrent = true
    const check = async () => {
      const sent = { body: { subject, body } }
      const answer = await ask<CheckedText['findings']>('/manuscripts/plain-check', sent)
      if (!isCurrent) return
      setErrors(answer.errors)
      if (answer.isDone) setChecked({ subject, body, findings: answer.body })
    }
    const timer = setTimeout(() => void check(), PAUSE_MS)
    return () => {
      isCurrent = false
      clearTimeout(timer)
    }
  }, [ask, setErrors, subject, body])
  const isStale = checked?.subject !== subject || checked.body !== body
  return { checked, errors, isStale }
}
