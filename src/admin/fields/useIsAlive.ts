'use client'

import { useSyncExternalStore } from 'react'

const never = () => () => undefined

/** Whether React runs the page yet; before that a click on a button would be lost. */
export function useIsAlive(): boolean {
  return useSyncExternalStore(
    never,
    () => true,
    () => false,
  )
}
