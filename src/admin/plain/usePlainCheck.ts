'use client'

import { useEffect, useState } from 'react'

import type { PlainFinding } from '../../plain/checkPlain'
import { useCms } from '../api/useApi'

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
  const ask = useCms()
  const [checked, setChecked] = useState<CheckedText | null>(null)
  const [sentences, setSentences] = useState<string[]>([])
  useEffect(() => {
    let isCurrent = true
    const timer = setTimeout(() => {
      void ask('/manuscripts/plain-check', { body: { subject, body } }).then((answer) => {
        if (!isCurrent) return
        setSentences(answer.isDone ? [] : answer.sentences)
        if (!answer.isDone) return
        setChecked({ subject, body, findings: answer.body as CheckedText['findings'] })
      })
    }, PAUSE_MS)
    return () => {
      isCurrent = false
      clearTimeout(timer)
    }
  }, [ask, subject, body])
  const isStale = checked?.subject !== subject || checked.body !== body
  return { checked, sentences, isStale }
}
