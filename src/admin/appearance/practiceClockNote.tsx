import type { Payload } from 'payload'

import { practiceClockSentence } from '../../config/clock'
import { settingsOf } from '../pages/settingsOf'

/** Says on top of every page that the product shows another time than the real one, if it does. */
export function PracticeClockNote({ payload }: { payload: Payload }) {
  const { isPracticeClock, now } = settingsOf(payload)
  if (!isPracticeClock) return null
  return (
    <p className="kizuna-practice-clock" role="note">
      {practiceClockSentence(now())}
    </p>
  )
}
