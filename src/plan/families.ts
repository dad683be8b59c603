import { addDays, type LocalDay } from '../stage/day'
import type { Anchors } from '../stage/due'
import type { AnchorKind } from '../stage/slot'
import type { Program } from './program'

/** Families alike on one day: they have the same date, so they are due the same. */
export interface FamilyGroup {
  anchor: AnchorKind
  /** The due date, the birth date, 1 April of the entry year, the day it was asked for, or of the announcement. */
  date: LocalDay
  anchors: Anchors
}

/**
 * All families that something is due to on the program's day, one for each date: pregnancies from
 * early to late, then children from the youngest. School texts are shown for a child with no other
 * text of the day. *Pure.*
 */
export function familiesDue({ dates }: Program): FamilyGroup[] {
  const newestFirst = (a: LocalDay, b: LocalDay) => (a < b ? 1 : -1)
  const unborn = [...dates.dueDates].sort(newestFirst)
  const born = [...dates.birthDates].sort(newestFirst)
  return [
    ...unborn.map((date) => ({ anchor: 'dueDate' as const, date, anchors: { dueDate: date } })),
    ...born.map((date) => ({ anchor: 'birthDate' as const, date, anchors: { birthDate: date } })),
    ...schoolFamilies(dates),
    ...[...dates.supportDays]
      .sort(newestFirst)
      .map((date) => ({ anchor: 'support' as const, date, anchors: { supportFrom: date } })),
    ...dates.announceDays.map((date) => ({
      anchor: 'announcement' as const,
      date,
      anchors: { announceOn: date },
    })),
  ]
}

function schoolFamilies({ births, birthDates }: Program['dates']): FamilyGroup[] {
  const spans = new Map(births.map((span) => [span.from, span]))
  return [...spans.values()]
    .sort((a, b) => (a.from < b.from ? 1 : -1))
    .map(({ from, to }) => {
      const birthDate = firstFree({ from, to }, new Set(birthDates))
      return { anchor: 'schoolEntry' as const, date: entryOf(to), anchors: { birthDate } }
    })
}

/** Births of one entry year end on 1 April, six years before they enter. */
function entryOf(lastBirth: LocalDay): LocalDay {
  return `${Number(lastBirth.slice(0, 4)) + 6}-04-01`
}

function firstFree({ from, to }: { from: LocalDay; to: LocalDay }, taken: Set<LocalDay>) {
  for (let day = from; day <= to; day = addDays(day, 1)) if (!taken.has(day)) return day
  return from
}
