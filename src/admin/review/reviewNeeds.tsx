'use client'

import type { ReviewStatus } from '../../review/queries/status'

/** Whose approval is needed and how much of it is there; what else stands in the way. */
export function ReviewNeeds({ status }: { status: ReviewStatus }) {
  return (
    <>
      <ul className="kizuna-needs">
        {status.needs.map(({ discipline, label, quorum, approved }) => (
          <li key={discipline}>
            <span aria-hidden="true">{approved >= quorum ? '✓' : '○'}</span> {label}{' '}
            <span className="kizuna-panel__aside">
              {approved} / {quorum} 人
            </span>
          </li>
        ))}
      </ul>
      {status.missing.length > 0 && (
        <details className="kizuna-panel__details" open>
          <summary>公開の前に要ること({status.missing.length})</summary>
          <ul>
            {status.missing.map((sentence) => (
              <li key={sentence}>{sentence}</li>
            ))}
          </ul>
        </details>
      )}
    </>
  )
}
