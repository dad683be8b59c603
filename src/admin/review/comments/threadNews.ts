'use client'

import { useEffect } from 'react'

/** The panels of a form stand apart; what is settled in one is counted in another. */
const news = new EventTarget()
const CHANGED = 'threads-changed'

/** Tells the other panels that a conversation about the document has changed. */
export function tellThreadsChanged(): void {
  news.dispatchEvent(new Event(CHANGED))
}

/** Calls back whenever a conversation about the document has changed. */
export function useThreadNews(onNews: () => unknown): void {
  useEffect(() => {
    const listener = () => void onNews()
    news.addEventListener(CHANGED, listener)
    return () => news.removeEventListener(CHANGED, listener)
  }, [onNews])
}
