'use client'

import { Button } from '@payloadcms/ui'
import { useState } from 'react'

/** What is done, and how its reason is asked for. */
export interface WithReasonProps {
  label: string
  words: string
  isBusy: boolean
  /** True when it was taken. */
  onSend: (reason: string) => Promise<boolean>
}

/** A button that first asks why. */
export function WithReason({ label, words, isBusy, onSend }: WithReasonProps) {
  const [reason, setReason] = useState<string | null>(null)
  if (reason === null) {
    return (
      <Button margin={false} buttonStyle="secondary" onClick={() => setReason('')}>
        {label}
      </Button>
    )
  }
  const send = async () => {
    if (await onSend(reason)) setReason(null)
  }
  return (
    <div className="kizuna-question">
      <label className="kizuna-question__words">
        {words}(必ず書いてください)
        <textarea
          rows={3}
          maxLength={1000}
          value={reason}
          onChange={(event) => setReason(event.target.value)}
        />
      </label>
      {!reason.trim() && (
        <p className="kizuna-panel__hint">上の欄に書くと、「{label}」を押せるようになります。</p>
      )}
      <div className="kizuna-actions">
        <Button margin={false} disabled={isBusy || !reason.trim()} onClick={() => void send()}>
          {label}
        </Button>
        <Button
          margin={false}
          buttonStyle="secondary"
          disabled={isBusy}
          onClick={() => setReason(null)}
        >
          やめる
        </Button>
      </div>
    </div>
  )
}
