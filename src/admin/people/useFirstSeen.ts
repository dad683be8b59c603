'use client'

import { usePreferences } from '@payloadcms/ui'
import { useEffect } from 'react'

import { FIRST_WEEK_KEY, type FirstWeekSeen } from '../../municipality/firstWeekKey'
import { useHasRole } from './useHasRole'

/** Notes, once, that a clerk has had something before them: the guide of the first week goes by it. */
export function useFirstSeen(what: 'contact' | 'preview', isShown: boolean): void {
  const { getPreference, setPreference } = usePreferences()
  const isClerk = useHasRole('municipal-editor')
  const isSeen = isShown && isClerk
  useEffect(() => {
    if (!isSeen) return
    const note = async () => {
      const before = await getPreference<FirstWeekSeen | null>(FIRST_WEEK_KEY)
      if (before?.[what] === true || before?.isDismissed === true) return
      await setPreference<FirstWeekSeen>(FIRST_WEEK_KEY, { [what]: true }, true)
    }
    void note()
  }, [isSeen, what, getPreference, setPreference])
}
