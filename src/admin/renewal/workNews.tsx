'use client'

import { Sentences } from '../municipality/sentences'
import type { useWork } from './useWork'

/** How far a work is, and what stopped it. */
export function WorkNews({ work: { news, fault } }: { work: ReturnType<typeof useWork> }) {
  return (
    <div aria-live="polite">
      {news && <p className="kizuna-renewal__news">{news}</p>}
      <Sentences sentences={fault?.split('\n') ?? []} />
    </div>
  )
}
