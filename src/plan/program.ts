import { firstSlotOf } from '../release/contentKind'
import type { LocalDay } from '../stage/day'
import { isAnnouncement } from '../stage/announcement'
import { dueDay, type Anchors, type DueOptions } from '../stage/due'
import { isDayInRange } from '../stage/range'
import { commonTexts } from './commonTexts'
import { createDueIndex, datesOfAll, type AudienceDates } from './dueIndex'
import {
  addOnEntries,
  ageRule,
  textEntriesOf,
  type AddOnEntry,
  type Entry,
  type ProgramInput,
  type TextEntry,
} from './entries'
import {
  isLimited,
  datesOfNotices,
  isMet,
  noticesAmong,
  placeOf,
  withAlert,
  type NoticeEntry,
} from './notice'
import { contentOfDay, type DayContent, type ReaderPreferences } from './slotContent'
import type { MunicipalitySettings } from './settings'

/** What is due today for children with the same dates, before edition and area are looked at. */
export interface DueToday {
  texts: readonly TextEntry[]
  /** Add-ons whose first day is today, and today's notices. */
  once: readonly AddOnEntry[]
  /** Add-ons that go with each text. */
  every: readonly AddOnEntry[]
  /** Slots of the texts and of the add-ons that begin today, each once. */
  slots: readonly string[]
}

/** One municipality's content of one day, indexed by the dates of the children it is for. */
export interface Program {
  settings: MunicipalitySettings
  date: LocalDay
  dates: AudienceDates
  dueFor: (anchors: Anchors, isCorrected: boolean) => DueToday
  /** What is due for a child, for readers of one edition and area. */
  contentFor: (
    child: { anchors: Anchors; isCorrected: boolean },
    preferences: ReaderPreferences,
  ) => DayContent
}

const NOTHING: DueToday = { texts: [], once: [], every: [], slots: [] }

/**
 * Selects what a municipality sends on a day: series it takes on that date, offered editions, its
 * own valid add-ons; and answers what is due for a child's dates, remembering each answer. *Pure*
 * but for that memory.
 */
export function createProgram({ settings, content: all, date, alert }: ProgramInput): Program {
  const content = withAlert(all, alert)
  const common = commonTexts(content.texts, settings, date)
  const addOns = addOnEntries({ settings, content, date })
  const every = addOns.filter(({ content: { timing } }) => timing === 'every')
  const once = createDueIndex<AddOnEntry>(date)
  for (const entry of addOns) {
    if (entry.content.timing === 'once') once.add(entry.from, ageRule(entry), entry)
  }
  const notices = noticesAmong(addOns)
  const find: DayEntries['find'] = (anchors, isCorrected) => [
    ...common.find(anchors, isCorrected).flatMap((text) => textEntriesOf(text, { settings, date })),
    ...once.find(anchors, isCorrected),
    ...notices.filter((notice) => isMet(notice, anchors, date)),
  ]

  const memory = createMemory((anchors, isCorrected) =>
    dueToday({ date, find, every }, anchors, isCorrected),
  )

  const dueFor: Program['dueFor'] = (anchors, isCorrected) => memory.of(anchors, isCorrected).due
  const contentFor: Program['contentFor'] = ({ anchors, isCorrected }, preferences) => {
    const { due, contents } = memory.of(anchors, isCorrected)
    const key = preferencesKey(preferences, due.once.some(isLimited))
    const known = contents.get(key)
    if (known) return known
    const ofDay = contentOfDay(due, preferences, settings)
    contents.set(key, ofDay)
    return ofDay
  }
  const dates = datesOfAll([common.dates, once.dates(), datesOfNotices(notices, date)])
  return { settings, date, dates, dueFor, contentFor }
}

function preferencesKey(
  { edition, area, declined, channel, relation }: ReaderPreferences,
  hasLimits: boolean,
): string {
  const own = `${edition}|${area ?? ''}`
  const key = hasLimits ? `${own}|${channel ?? ''}|${relation ?? ''}` : own
  return declined ? `${key}|${declined.join()}` : key
}

interface DayEntries {
  date: LocalDay
  /** What may be due. */
  find: (anchors: Anchors, isCorrected: boolean) => Entry[]
  /** Add-ons that go with each text. */
  every: readonly AddOnEntry[]
}

/** What is due on a day for a child's dates, of what may be. */
function dueToday(day: DayEntries, anchors: Anchors, isCorrected: boolean): DueToday {
  const { date, find, every } = day
  const found = find(anchors, isCorrected)
  if (found.length === 0) return NOTHING
  const isInside = (entry: Entry, options: DueOptions) =>
    isQuestion(entry) || isDayInRange(date, entry.range, { anchors, options })
  const isOfStage = (entry: Entry) => {
    if (isOfAnnouncement(entry)) return false
    if (isNoticeEntry(entry)) return true // found by today's own dates
    const options = { ...ageRule(entry), isCorrected }
    const slot = 'slot' in entry ? entry.slot : entry.from
    return dueDay(slot, anchors, options) === date && isInside(entry, options)
  }
  const hasText = anchors.announceOn === date || found.some(isOfStage)
  const isDue = (entry: Entry) => (isOfAnnouncement(entry) ? hasText : isOfStage(entry))
  const due = found.filter(isDue)
  return {
    texts: due.filter((entry): entry is TextEntry => 'slot' in entry),
    once: due.filter((entry): entry is AddOnEntry => 'from' in entry),
    slots: [...new Set(due.map(placeOf))],
    every: every.filter((entry) => isInside(entry, { ...ageRule(entry), isCorrected: false })),
  }
}

/**
 * The announcement goes with the first text of a reader who is to be told, and on their last day for
 * it alone.
 */
function isOfAnnouncement({ content }: Entry): boolean {
  return isAnnouncement(firstSlotOf(content))
}

function isNoticeEntry(entry: Entry): entry is NoticeEntry {
  return 'segment' in entry
}

interface Remembered {
  due: DueToday
  /** By edition and area. */
  contents: Map<string, DayContent>
}

/** Remembers what is due by the child's dates; most children have one date, which is the key. */
function createMemory(compute: (anchors: Anchors, isCorrected: boolean) => DueToday) {
  const unborn = new Map<string, Remembered>()
  const born = new Map<string, Remembered>()
  const others = new Map<string, Remembered>()

  const placeOf = (anchors: Anchors, isCorrected: boolean) => {
    const { dueDate, birthDate, entryDate, supportFrom, announceOn } = anchors
    const isOther = entryDate ?? supportFrom ?? announceOn
    if (isOther === undefined && !isCorrected) {
      if (birthDate !== undefined) return [born, birthDate] as const
      if (dueDate !== undefined) return [unborn, dueDate] as const
    }
    const key = `${dueDate ?? ''}|${birthDate ?? ''}|${entryDate ?? ''}|${supportFrom ?? ''}|${announceOn ?? ''}|${isCorrected}`
    return [others, key] as const
  }
  const of = (anchors: Anchors, isCorrected: boolean): Remembered => {
    const [memory, key] = placeOf(anchors, isCorrected)
    const known = memory.get(key)
    if (known) return known
    const remembered: Remembered = { due: compute(anchors, isCorrected), contents: new Map() }
    memory.set(key, remembered)
    return remembered
  }
  return { of }
}

/** The one neutral text at 42w0d is asked for whatever end the series is taken to. */
function isQuestion(entry: Entry): boolean {
  return entry.content.type === 'manuscript' && entry.content.kind === 'question'
}
