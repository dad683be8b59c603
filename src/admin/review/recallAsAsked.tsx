'use client'

import { Button } from '@payloadcms/ui'
import { useState } from 'react'

import type { WithdrawalRequest } from '../../review/queries/withdrawalRequests'
import { SecondPress } from '../fields/secondPress'
import { RecallNote } from '../reach/readerFigures'
import { WITHDRAWS } from './steps'

interface RecallProps {
  /** `/kizuna-manuscripts/<id>` */
  path: string
  /** Name of who asked. */
  by: string
  label: string
  isBusy: boolean
  onSend: () => Promise<unknown>
}

/** What is noted as the reason where somebody asked for the recall. *Pure.* */
export function reasonAsAsked({ reason }: Pick<WithdrawalRequest, 'reason'>): string {
  return `依頼: ${reason}`
}

/** Recalls what was asked for, after a page that says of what, from whom and what follows. */
export function RecallAsAsked({ path, by, label, isBusy, onSend }: RecallProps) {
  const [isAsked, setAsked] = useState(false)
  if (!isAsked) {
    return (
      <Button margin={false} onClick={() => setAsked(true)}>
        {label}
      </Button>
    )
  }
  return (
    <div className="kizuna-question">
      <RecallNote path={path} />
      <p>
        {WITHDRAWS}
        {by}さんのホームに、取り下げたことが出ます。
      </p>
      <div className="kizuna-actions">
        <SecondPress isOff={isBusy} onPress={() => void onSend()}>
          依頼のとおり取り下げる
        </SecondPress>
        <Button
          margin={false}
          buttonStyle="secondary"
          disabled={isBusy}
          onClick={() => setAsked(false)}
        >
          やめる
        </Button>
      </div>
    </div>
  )
}
