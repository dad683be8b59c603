import type { LocalDay } from '../stage/day'
import type { Anchors } from '../stage/due'
import { schoolEntryDay } from '../stage/entry'
import { anchorDaysFor, type AnchorDays, type DaySpan } from '../stage/inverse'
import type { Slot } from '../stage/slot'
import { isSupportPage } from '../stage/support'
import type { AgeRule } from './entries'

/** Dates to look for: a child with one of them may be due today. */
export interface AudienceDates {
  dueDates: LocalDay[]
  /** Spans of due dates of children who are not born. */
  dues: DaySpan[]
  birthDates: LocalDay[]
  births: DaySpan[]
  entryDates: LocalDay[]
  /** Due dates of children for whom somebody chose corrected age. */
  correctedDueDates: LocalDay[]
  /** Days on which support texts were asked for. */
  supportDays: LocalDay[]
  /** The day itself when there is an announcement, for readers who are told of it then. */
  announceDays: LocalDay[]
}

/** Entries by the anchor dates for which they are due on one day. */
export type DueIndex<Entry> = ReturnType<typeof createDueIndex<Entry>>

/** An empty {@link DueIndex} of a day. */
export function createDueIndex<Entry>(date: LocalDay) {
  const byDueDate = new Map<LocalDay, Entry[]>()
  const byBirthDate = new Map<LocalDay, Entry[]>()
  const byCorrected = new Map<LocalDay, Entry[]>()
  const byEntryDay = new Map<LocalDay, Entry[]>()
  const bySupportDay = new Map<LocalDay, Entry[]>()
  const byAnnounceDay = new Map<LocalDay, Entry[]>()
  const byField: Record<AnchorDays['field'], Map<LocalDay, Entry[]>> = {
    dueDate: byDueDate,
    birthDate: byBirthDate,
    schoolEntry: byEntryDay,
    supportFrom: bySupportDay,
    announceOn: byAnnounceDay,
  }
  const births: DaySpan[] = []

  const add = (slot: Slot, { monthRule, ageBasis }: AgeRule, entry: Entry) => {
    if (isSupportPage(slot)) return // it is read, and never due to anybody
    const found = anchorDaysFor(slot, date, monthRule)
    put(byField[found.field], found.days, entry)
    if (found.field === 'birthDate' && ageBasis === 'corrected') {
      put(byCorrected, found.days, entry)
    }
    if (found.field === 'schoolEntry' && found.births) births.push(found.births)
  }

  const find = (anchors: Anchors, isCorrected: boolean): Entry[] => {
    const { supportFrom, announceOn } = anchors
    if (supportFrom !== undefined) return bySupportDay.get(supportFrom) ?? []
    const own = ofStage(anchors, isCorrected)
    if (announceOn === undefined || announceOn < date) return own
    return [...(byAnnounceDay.get(date) ?? []), ...own] // who sends is told first
  }

  const ofStage = (anchors: Anchors, isCorrected: boolean): Entry[] => {
    const { dueDate, birthDate, entryDate } = anchors
    if (birthDate === undefined) {
      const own = dueDate === undefined ? [] : (byDueDate.get(dueDate) ?? [])
      return entryDate === undefined ? own : [...own, ...(byEntryDay.get(entryDate) ?? [])]
    }
    const found = new Set(byBirthDate.get(birthDate))
    const corrected = isCorrected && dueDate !== undefined ? byCorrected.get(dueDate) : undefined
    for (const entry of corrected ?? []) found.add(entry)
    for (const entry of byEntryDay.get(entryDate ?? schoolEntryDay(birthDate)) ?? []) {
      found.add(entry)
    }
    return [...found]
  }
  const dates = (): AudienceDates => ({
    dueDates: [...byDueDate.keys()],
    dues: [],
    birthDates: [...byBirthDate.keys()],
    births,
    entryDates: [...byEntryDay.keys()],
    correctedDueDates: [...byCorrected.keys()],
    supportDays: [...bySupportDay.keys()],
    announceDays: [...byAnnounceDay.keys()],
  })
  return { add, find, dates }
}

/** The dates of several, each once. *Pure.* */
export function datesOfAll(all: readonly AudienceDates[]): AudienceDates {
  const of = (field: Exclude<keyof AudienceDates, 'births' | 'dues'>) => [
    ...new Set(all.flatMap((dates) => dates[field])),
  ]
  return {
    dueDates: of('dueDates'),
    dues: all.flatMap(({ dues }) => dues),
    birthDates: of('birthDates'),
    births: all.flatMap(({ births }) => births),
    entryDates: of('entryDates'),
    correctedDueDates: of('correctedDueDates'),
    supportDays: of('supportDays'),
    announceDays: of('announceDays'),
  }
}

function put<Entry>(map: Map<LocalDay, Entry[]>, days: readonly LocalDay[], entry: Entry): void {
  for (const day of days) {
    const entries = map.get(day)
    if (entries) entries.push(entry)
    else map.set(day, [entry])
  }
}
