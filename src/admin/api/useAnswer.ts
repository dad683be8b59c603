'use client'

import { useEffect, useState } from 'react'

import { useApi } from './useApi'

/** A question that follows what is typed. */
export interface Question {
  /** Null while there is nothing to ask. */
  path: string | null
  /** JSON of the body, when it has one. */
  body?: string
  /** How long the person must have stopped typing. */
  pauseMs: number
}

/** The latest answer, which stays until the next is there; null while there is none. */
export function useAnswer<T>(question: Question): T | null {
  return useFirstAnswer<T>(question).answer
}

/** {@link useAnswer}, and whether the first one is still awaited: it may have been a no. */
export function useFirstAnswer<T>({ path, body, pauseMs }: Question): {
  answer: T | null
  isAwaited: boolean
} {
  const { ask } = useApi()
  const [answer, setAnswer] = useState<T | null>(null)
  const [isThere, setThere] = useState(false)
  useEffect(() => {
    if (path === null) return
    const controller = new AbortController()
    const { signal } = controller
    const timer = setTimeout(() => {
      const sent = body === undefined ? {} : { body: JSON.parse(body) as object }
      void ask<T>(path, { ...sent, signal }).then((found) => {
        if (signal.aborted) return
        setAnswer(found.isDone ? found.body : null)
        setThere(true)
      })
    }, pauseMs)
    return () => {
      clearTimeout(timer)
      controller.abort()
    }
  }, [ask, path, body, pauseMs])
  return { answer: path === null ? null : answer, isAwaited: path !== null && !isThere }
}
