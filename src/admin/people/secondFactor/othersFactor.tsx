'use client'

import { Button } from '@payloadcms/ui'
import { useState } from 'react'

import type { AccountState } from '../../../people/accountEndpoints'
import { japaneseMoment } from '../../../stage/japaneseDate'
import { useHasRole } from '../useHasRole'

interface FactorProps {
  state: AccountState
  isBusy: boolean
  /** Whether the person was told by mail that it was ended; null before it was. */
  isTold: boolean | null
  onEnd: () => void
}

/** Somebody else's second factor, and for the system admin how to end it. */
export function OthersFactor({ state, isBusy, isTold, onEnd }: FactorProps) {
  const isAdmin = useHasRole('admin')
  const [isSure, setSure] = useState(false)
  const { factorSince } = state
  return (
    <>
      <p>二段階認証: {factorWords(state)}</p>
      {factorSince !== null && isAdmin && !isSure && (
        <Button margin={false} buttonStyle="secondary" onClick={() => setSure(true)}>
          この人の二段階認証を終わらせる
        </Button>
      )}
      {factorSince !== null && isSure && (
        <>
          <p className="kizuna-panel__note">
            スマートフォンも予備のコードもなくしたと、本人から直接(電話や対面で)聞いたときだけ終わらせてください。この人のログインはすべて終わり、本人にメールで知らせます。
          </p>
          <div className="kizuna-actions">
            <Button margin={false} disabled={isBusy} onClick={onEnd}>
              本人だと確かめました。終わらせる
            </Button>
            <Button margin={false} buttonStyle="secondary" onClick={() => setSure(false)}>
              やめる
            </Button>
          </div>
        </>
      )}
      <p role="status">{isTold === null ? '' : isTold ? TOLD : NOT_TOLD}</p>
    </>
  )
}

const TOLD = '終わらせました。本人にメールで知らせました。'
const NOT_TOLD =
  '終わらせました。メールは送れませんでした。終わらせたことを、本人に直接伝えてください。'

/** How it stands with a second factor, in words. *Pure.* */
function factorWords({ factorSince, needsFactor }: AccountState): string {
  if (factorSince !== null) return `${japaneseMoment(factorSince)} から使っています`
  return needsFactor ? 'まだ用意していません(次のログインで求められます)' : '使っていません'
}
