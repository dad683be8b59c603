'use client'

import { ErrorList } from '../api/errorList'
import type { Renewal } from './useRenewal'

/** How far the renewal is, and what stopped it. */
export function RenewalNews({ renewal: { news, errors } }: { renewal: Renewal }) {
  return (
    <div aria-live="polite">
      {news && <p className="kizuna-renewal__news">{news}</p>}
      <ErrorList errors={errors} />
    </div>
  )
}
