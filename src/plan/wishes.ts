import type { LocalTime } from '../stage/localTime'
import { toDayNumber, type LocalDay } from '../stage/day'
import type { Anchors } from '../stage/due'
import { declinableAmong, type DeclinableTheme } from '../release/themes'
import type { ReaderPreferences } from './slotContent'

/** What a reader has asked for of how their texts come; absent is not said. */
export interface Wishes {
  /** Whether notifications say no more than whose text it is. */
  discreet?: boolean
  /** Themes of which nothing is to come. */
  declined?: readonly DeclinableTheme[]
  /** When on its day a text is to come: it holds as long as the municipality offers it. */
  hour?: LocalTime
}

/** Most people are told of a pregnancy from 12w0d on: so many days before the due date. */
const OFTEN_TOLD_DAYS = 280 - 12 * 7

/**
 * Whether a child's text says nothing where others may read: as the reader chose, else before 12w0d
 * of a pregnancy; of a support text always. *Pure.*
 */
export function isDiscreet(
  wishes: Wishes | undefined,
  { dueDate, birthDate, supportFrom }: Anchors,
  day: LocalDay,
): boolean {
  if (supportFrom !== undefined) return true
  if (wishes?.discreet !== undefined) return wishes.discreet
  if (dueDate === undefined || birthDate !== undefined) return false
  return toDayNumber(dueDate) - toDayNumber(day) > OFTEN_TOLD_DAYS
}

/** Wishes in one written form, null for none: the same for readers who wish the same. *Pure.* */
export function writtenWishes({ discreet, declined = [], hour }: Wishes = {}): Wishes | null {
  if (discreet === undefined && declined.length === 0 && hour === undefined) return null
  return {
    ...(discreet !== undefined && { discreet }),
    ...(declined.length > 0 && { declined: declinableAmong(declined) }),
    ...(hour !== undefined && { hour }),
  }
}

/** What selects content for a reader, their wishes among it. *Pure.* */
export function preferencesOf({
  edition,
  area,
  wishes,
  relation,
}: Pick<ReaderPreferences, 'edition' | 'area' | 'relation'> & {
  wishes?: Wishes | undefined
}): ReaderPreferences {
  const { declined = [] } = wishes ?? {}
  return {
    edition,
    area,
    ...(declined.length > 0 && { declined }),
    ...(relation !== undefined && { relation }),
  }
}
