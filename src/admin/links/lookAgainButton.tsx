'use client'

import { Button } from '@payloadcms/ui'
import { useState } from 'react'

import type { LookedAgain } from '../../links/endpoints'
import { ErrorList } from '../api/errorList'
import { useApi } from '../api/useApi'

/** Looks at an address again, now, and says what is there. */
export function LookAgainButton({ address, label }: { address: string; label: string }) {
  const { call, isBusy, errors } = useApi()
  const [found, setFound] = useState<LookedAgain | null>(null)
  const look = async () => {
    const answer = await call<LookedAgain>('/links/look', { body: { address } })
    if (answer.isDone) setFound(answer.body)
  }
  return (
    <>
      <Button
        margin={false}
        buttonStyle="secondary"
        disabled={isBusy}
        extraButtonProps={{ 'aria-label': `${label}をもう一度確かめる` }}
        onClick={() => void look()}
      >
        {isBusy ? '確かめています…' : 'もう一度確かめる'}
      </Button>
      <p role="status">{found && `いま: ${found.words}`}</p>
      <ErrorList errors={errors} />
    </>
  )
}
