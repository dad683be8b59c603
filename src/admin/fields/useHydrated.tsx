'use client'

import { useSyncExternalStore, type ReactNode } from 'react'

const never = () => () => undefined

/** Whether React runs the page yet; before that a click on a button would be lost. */
export function useHydrated(): boolean {
  return useSyncExternalStore(
    never,
    () => true,
    () => false,
  )
}

/**
 * Keeps buttons and boxes from being pressed before React runs the page: on a slow phone it is shown
 * seconds earlier, and a tap that does nothing would be taken for an approval.
 */
export function Hydrated({ children }: { children: ReactNode }) {
  const isHydrated = useHydrated()
  return (
    <fieldset className="kizuna-hydrated" role="presentation" disabled={!isHydrated}>
      {children}
    </fieldset>
  )
}
