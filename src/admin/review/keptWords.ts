'use client'

import { useCallback, useEffect, useState } from 'react'

/** What a person has typed and not sent yet, under a name of its place. */
export type KeptWords = readonly [words: string, setWords: (words: string) => void]

/**
 * Words that outlive the page: what was typed while the network was away, or before the log-in ended,
 * is there again in this tab until it is emptied, as it is when it was sent.
 */
export function useKeptWords(place: string): KeptWords {
  const [words, setWords] = useState('')
  useEffect(() => setWords(keptWords(place)), [place])
  const keep = useCallback(
    (typed: string) => {
      setWords(typed)
      keepWords(place, typed)
    },
    [place],
  )
  return [words, keep]
}

/** What is kept for a place; empty where nothing is. */
export function keptWords(place: string): string {
  return attempt(() => sessionStorage.getItem(nameOf(place))) ?? ''
}

function keepWords(place: string, words: string): void {
  attempt(() => {
    if (words) sessionStorage.setItem(nameOf(place), words)
    else sessionStorage.removeItem(nameOf(place))
  })
}

function nameOf(place: string): string {
  return `kizuna-words ${place}`
}

/** A browser may refuse to store anything; then words last as long as the page. */
function attempt<T>(work: () => T): T | null {
  try {
    return work()
  } catch {
    return null
  }
}
