import type { ManuscriptContent } from '../release/content'
import type { LocalDay } from '../stage/day'
import { isWithin } from './period'

/** A common text that a municipality keeps from its own readers. */
export interface HiddenText {
  /** Code of the series. */
  series: string
  /** Slot code. */
  slot: string
  /** Edition code; null hides the slot in every edition. */
  edition: string | null
  /** `YYYY-MM-DD`, both inclusive; null is open. */
  from: LocalDay | null
  to: LocalDay | null
}

/**
 * Whether a municipality hides a common text on a day. The neutral question at 42w0d is never
 * hidden: it is the only word a family gets then. *Pure.*
 */
export function isHiddenOn(
  content: ManuscriptContent,
  hidden: readonly HiddenText[],
  date: LocalDay,
): boolean {
  if (content.kind === 'question') return false
  return hidden.some(
    ({ series, slot, edition, from, to }) =>
      series === content.series &&
      slot === content.slot &&
      (edition === null || edition === content.edition) &&
      isWithin(date, from, to),
  )
}
