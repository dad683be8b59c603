import { ANNOUNCEMENT } from '../stage/announcement'
import { addDays, type LocalDay } from '../stage/day'
import type { ProgramInput } from './entries'
import { contentAt } from './slotAlone'
import type { ReaderPreferences } from './slotContent'

/** Days over which those are spread who get no text of their own before: not all write back at once. */
export const ANNOUNCED_OVER_DAYS = 14

/** Days after an import in which it still makes sense to be told who sends now. */
export const ANNOUNCED_WITHIN_DAYS = 90

/**
 * The subject of the announcement that imported readers get, in their edition or the default one;
 * that of a series taken later counts as soon as it does. Null when none is approved and taken.
 * *Pure.*
 */
export function announcementSubject(
  input: ProgramInput,
  preferences: ReaderPreferences,
): string | null {
  const { settings, date: today } = input
  const until = lastAnnounceDay(today)
  const later = settings.series.flatMap(({ effectiveFrom }) =>
    effectiveFrom !== null && effectiveFrom > today && effectiveFrom <= until
      ? [effectiveFrom]
      : [],
  )
  for (const date of [today, ...later.sort()]) {
    const [text] = contentAt(ANNOUNCEMENT, { ...input, date }, preferences)?.texts ?? []
    if (text) return text.content.subject
  }
  return null
}

/** The last day on which a reader is told who was imported, or waited on, on a day. *Pure.* */
export function lastAnnounceDay(imported: LocalDay): LocalDay {
  return addDays(imported, ANNOUNCED_WITHIN_DAYS)
}

/** The day by which a reader (a UUID) is told, if not with a text before: the same at each asking. *Pure.* */
export function announceDay(reader: string, today: LocalDay): LocalDay {
  const share = Number.parseInt(reader.slice(0, 8), 16) % ANNOUNCED_OVER_DAYS
  return addDays(today, 1 + share)
}
