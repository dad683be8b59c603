import type { ManuscriptContent } from '../release/content'
import type { LiveRelease } from '../release/live'
import type { LocalDay } from '../stage/day'
import { createDueIndex, type AudienceDates, type DueIndex } from './dueIndex'
import { dayTexts, effectiveParts, type DayText } from './entries'
import type { MunicipalitySettings } from './settings'

type Texts = readonly LiveRelease<ManuscriptContent>[]

/** The common texts of a day that a municipality takes, whatever it adds or hides. */
export interface CommonTexts {
  find: DueIndex<DayText>['find']
  dates: AudienceDates
}

/** Of one day: whoever plans goes from day to day, and from municipality to municipality. */
interface Known {
  date: LocalDay
  byTaken: Map<string, CommonTexts>
}

const known = new WeakMap<Texts, Known>()

/**
 * The texts of the series and editions that a municipality takes on a day. Most take the same: what
 * they share is read once for each content and day. *Pure* but for that memory.
 */
export function commonTexts(
  texts: Texts,
  settings: MunicipalitySettings,
  date: LocalDay,
): CommonTexts {
  const series = new Set(effectiveParts(settings, date).map((taken) => taken.series))
  const editions = new Set(settings.editions)
  const key = JSON.stringify([[...series].sort(), [...editions].sort()])
  const { byTaken } = ofDay(texts, date)
  const before = byTaken.get(key)
  if (before) return before
  const index = createDueIndex<DayText>(date)
  for (const text of dayTexts(texts, { series, editions, date })) {
    index.add(text.slot, text.content, text)
  }
  const common = { find: index.find, dates: index.dates() }
  byTaken.set(key, common)
  return common
}

function ofDay(texts: Texts, date: LocalDay): Known {
  const before = known.get(texts)
  if (before?.date === date) return before
  const now = { date, byTaken: new Map<string, CommonTexts>() }
  known.set(texts, now)
  return now
}
