'use client'

import { Button, usePreferences } from '@payloadcms/ui'
import { useRouter } from 'next/navigation'
import { useState } from 'react'

import { FIRST_WEEK_KEY, type FirstWeekSeen } from '../../municipality/firstWeekKey'

/** Takes the guide away for good, for the person who presses it. */
export function DismissFirstWeek() {
  const { getPreference, setPreference } = usePreferences()
  const { refresh } = useRouter()
  const [isBusy, setBusy] = useState(false)
  const dismiss = async () => {
    setBusy(true)
    const before = await getPreference<FirstWeekSeen | null>(FIRST_WEEK_KEY)
    // Merging it would answer before it is stored.
    await setPreference<FirstWeekSeen>(FIRST_WEEK_KEY, { ...before, isDismissed: true })
    refresh()
  }
  return (
    <Button margin={false} buttonStyle="secondary" disabled={isBusy} onClick={() => void dismiss()}>
      この案内を閉じる
    </Button>
  )
}
