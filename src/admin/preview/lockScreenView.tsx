'use client'

import type { LockScreen } from '../../release/lockScreen'

/** What somebody else may read of a text on a phone that lies on the table. */
export function LockScreenView({ shown: { line, mail } }: { shown: LockScreen }) {
  if (line.length === 0) return null
  return (
    <details className="kizuna-panel__details">
      <summary>開くまえに見える文(ロック画面・一覧)</summary>
      <dl className="kizuna-lock">
        <dt>LINE</dt>
        {line.map((words) => (
          <dd key={words}>{words}</dd>
        ))}
        <dt>メール</dt>
        {mail && (
          <dd>
            <strong>{mail.from}</strong> {mail.subject}
            <br />
            {mail.begins}
          </dd>
        )}
      </dl>
    </details>
  )
}
