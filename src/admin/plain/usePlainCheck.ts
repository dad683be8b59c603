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

/** Other windows of the same person are served first; nobody has to press for what goes by itself. */
const AGAIN_MS = 3000
const MOST_TRIES = 5

/** Advice on the text on the screen, a moment after the last keystroke; `again` asks once more. */
export function usePlainCheck(subject: string, body: string) {
  const { ask, errors, setErrors } = useApi()
  const [round, setRound] = useState(0)
  const [checked, setChecked] = useState<CheckedText | null>(null)
  useEffect(() => {
    let isCurrent = true
    let timer: ReturnType<typeof setTimeout>
    const check = async (tries: number) => {
      const sent = { body: { subject, body } }
      const answer = await ask<CheckedText['findings']>('/kizuna-manuscripts/plain-check', sent)
      if (!isCurrent) return
      if (!answer.isDone && tries < MOST_TRIES) {
        timer = setTimeout(() => void check(tries + 1), AGAIN_MS)
        return
      }
      setErrors(answer.errors)
      if (answer.isDone) setChecked({ subject, body, findings: answer.body })
    }
    timer = setTimeout(() => void check(1), PAUSE_MS)
    return () => {
      isCurrent = false
      clearTimeout(timer)
    }
  }, [ask, setErrors, subject, body, round])
  const isStale = checked?.subject !== subject || checked.body !== body
  return { checked, errors, isStale, again: () => setRound((last) => last + 1) }
}
