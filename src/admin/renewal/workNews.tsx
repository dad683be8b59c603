'use client'

import type { useWork } from './useWork'

/** How far a work is, and what stopped it. */
export function WorkNews({ work: { news, fault } }: { work: ReturnType<typeof useWork> }) {
  return (
    <div aria-live="polite">
      {news && <p className="kizuna-renewal__news">{news}</p>}
      {fault && (
        <ul className="kizuna-panel__errors">
          {fault.split('\n').map((line) => (
            <li key={line}>{line}</li>
          ))}
        </ul>
      )}
    </div>
  )
}
