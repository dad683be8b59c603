'use client'

import type { ReactNode } from 'react'

import { useIsAlive } from './useIsAlive'

/**
 * Keeps buttons and boxes from being pressed before the page is alive: on a slow phone it is shown
 * seconds earlier, and a tap that does nothing would be taken for an approval.
 */
export function Alive({ children }: { children: ReactNode }) {
  const isAlive = useIsAlive()
  return (
    <fieldset className="kizuna-alive" role="presentation" disabled={!isAlive}>
      {children}
    </fieldset>
  )
}
