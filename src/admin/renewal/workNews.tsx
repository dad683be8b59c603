'use client'

import { ErrorList } from '../api/errorList'
import type { useWork } from './useWork'

/** How far a work is, and what stopped it. */
export function WorkNews({ work: { news, errors } }: { work: ReturnType<typeof useWork> }) {
  return (
    <div aria-live="polite">
      {news && <p className="kizuna-renewal__news">{news}</p>}
      <ErrorList errors={errors} />
    </div>
  )
}
