'use client'

import type { ReviewStatus } from '../../review/queries/status'

interface NeedsProps {
  status: ReviewStatus
  /** Without what the list of approvals says already: where room is scarce. */
  isBrief?: boolean
}

/** Whose approval is needed and how much of it is there; what else stands in the way. */
export function ReviewNeeds({ status, isBrief = false }: NeedsProps) {
  const { state, needs } = status
  const isLiveAsIs = state === 'published' || state === 'review_overdue'
  const missing = isBrief ? briefly(status) : status.missing
  return (
    <>
      {isLiveAsIs && !status.outOfPeriod && <p>この内容が、配信日になった読者に届いています。</p>}
      {state !== 'published' && (
        <ul className="kizuna-needs">
          {needs.map(({ discipline, label, quorum, approved }) => (
            <li key={discipline}>
              <span aria-hidden="true">{approved >= quorum ? '✓' : '○'}</span> {label}{' '}
              <span className="kizuna-panel__aside">
                {approved} / {quorum} 人
              </span>
            </li>
          ))}
        </ul>
      )}
      {!isLiveAsIs && missing.length > 0 && (
        <details className="kizuna-panel__details" open>
          <summary>公開の前に要ること({missing.length})</summary>
          <ul>
            {missing.map((sentence) => (
              <li key={sentence}>{sentence}</li>
            ))}
          </ul>
        </details>
      )}
    </>
  )
}

/** Of a draft, that nobody handed it in; of one that is approved, what keeps it back all the same. */
function briefly({ state, missing }: ReviewStatus): readonly string[] {
  if (state === 'draft') return missing.slice(0, 1)
  return state === 'approved' ? missing : []
}
