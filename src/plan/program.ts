import type { AddOnContent, ManuscriptContent } from '../release/content'
import { addDays, localDayOf, type LocalDay } from '../stage/day'
import { dueDay, type Anchors, type DueOptions } from '../stage/due'
import { schoolEntryDay } from '../stage/entry'
import { anchorDaysFor, type AnchorDays, type DaySpan } from '../stage/inverse'
import { isDayInRange, type SlotRange } from '../stage/range'
import { parseSlot, type Slot } from '../stage/slot'
import type { LiveContent, LiveRelease } from '../release/live'
import { isHiddenOn } from './hidden'
import type { MunicipalitySettings, SeriesTaken } from './settings'
import { offerOf, type DayOffer, type Taste } from './offer'

/** A text that somebody of this municipality may be due today. */
export interface TextEntry extends LiveRelease<ManuscriptContent> {
  slot: Slot
  range: SlotRange
  /** Its review is overdue and the policy is to stop. */
  isOverdue: boolean
  /** The municipality keeps it from its readers today. */
  isHidden: boolean
}

/** An add-on of this municipality that is valid today. */
export interface AddOnEntry extends LiveRelease<AddOnContent> {
  from: Slot
  range: SlotRange
  isOverdue: boolean
}

/** What is due today for children with the same dates, before edition and area are looked at. */
export interface DueToday {
  texts: readonly TextEntry[]
  /** Add-ons whose first day is today. */
  once: readonly AddOnEntry[]
  /** Add-ons that go with each text. */
  every: readonly AddOnEntry[]
  /** Slots of the texts and of the add-ons that begin today, each once. */
  slots: readonly string[]
}

/** Dates to look for: a child with one of them may be due today. */
export interface AudienceDates {
  dueDates: LocalDay[]
  birthDates: LocalDay[]
  births: DaySpan[]
  entryDates: LocalDay[]
  /** Due dates of children for whom somebody chose corrected age. */
  correctedDueDates: LocalDay[]
}

/** One municipality's content of one day, indexed by the dates of the children it is for. */
export interface Program {
  settings: MunicipalitySettings
  date: LocalDay
  dates: AudienceDates
  dueFor: (anchors: Anchors, isCorrected: boolean) => DueToday
  /** What is due for a child, for readers of one edition and area. */
  offerFor: (child: { anchors: Anchors; isCorrected: boolean }, taste: Taste) => DayOffer
}

interface ProgramInput {
  settings: MunicipalitySettings
  content: LiveContent
  date: LocalDay
}

const NOTHING: DueToday = { texts: [], once: [], every: [], slots: [] }

/**
 * Selects what a municipality sends on a day: series it takes on that date, offered editions, its
 * own valid add-ons; and answers what is due for a child's dates, remembering each answer. *Pure*
 * but for that memory.
 */
export function createProgram({ settings, content, date }: ProgramInput): Program {
  const texts = textEntries({ settings, content, date })
  const addOns = addOnEntries({ settings, content, date })
  const once = addOns.filter(({ content: { timing } }) => timing === 'once')
  const every = addOns.filter(({ content: { timing } }) => timing === 'every')
  const index = createIndex(date)
  for (const entry of texts) index.add(entry.slot, entry.content, entry)
  for (const entry of once) index.add(entry.from, ageRule(entry), entry)

  const memory = createMemory((anchors, isCorrected) => {
    const found = index.find(anchors, isCorrected)
    if (found.length === 0) return NOTHING
    const isDue = (entry: TextEntry | AddOnEntry) => {
      const options = { ...ageRule(entry), isCorrected }
      const slot = 'slot' in entry ? entry.slot : entry.from
      return dueDay(slot, anchors, options) === date && isInside(entry, anchors, options)
    }
    const isInside = (entry: TextEntry | AddOnEntry, child: Anchors, options: DueOptions) =>
      isQuestion(entry) || isDayInRange(date, entry.range, { anchors: child, options })
    const due = found.filter(isDue)
    return {
      texts: due.filter((entry): entry is TextEntry => 'slot' in entry),
      once: due.filter((entry): entry is AddOnEntry => 'from' in entry),
      slots: [...new Set(due.map(slotCodeOf))],
      every: every.filter((entry) =>
        isInside(entry, anchors, { ...ageRule(entry), isCorrected: false }),
      ),
    }
  })

  const dueFor: Program['dueFor'] = (anchors, isCorrected) => memory.of(anchors, isCorrected).due
  const offerFor: Program['offerFor'] = ({ anchors, isCorrected }, taste) => {
    const { due, offers } = memory.of(anchors, isCorrected)
    const key = `${taste.edition}|${taste.area ?? ''}`
    const known = offers.get(key)
    if (known) return known
    const offer = offerOf(due, taste, settings)
    offers.set(key, offer)
    return offer
  }
  return { settings, date, dates: index.dates(), dueFor, offerFor }
}

interface Remembered {
  due: DueToday
  /** By edition and area. */
  offers: Map<string, DayOffer>
}

/** Remembers what is due by the child's dates; most children have one date, which is the key. */
function createMemory(compute: (anchors: Anchors, isCorrected: boolean) => DueToday) {
  const unborn = new Map<string, Remembered>()
  const born = new Map<string, Remembered>()
  const others = new Map<string, Remembered>()

  const placeOf = ({ dueDate, birthDate, entryDate }: Anchors, isCorrected: boolean) => {
    if (entryDate === undefined && !isCorrected) {
      if (birthDate !== undefined) return [born, birthDate] as const
      if (dueDate !== undefined) return [unborn, dueDate] as const
    }
    const key = `${dueDate ?? ''}|${birthDate ?? ''}|${entryDate ?? ''}|${isCorrected}`
    return [others, key] as const
  }
  const of = (anchors: Anchors, isCorrected: boolean): Remembered => {
    const [memory, key] = placeOf(anchors, isCorrected)
    const known = memory.get(key)
    if (known) return known
    const remembered: Remembered = { due: compute(anchors, isCorrected), offers: new Map() }
    memory.set(key, remembered)
    return remembered
  }
  return { of }
}

function slotCodeOf({ content }: Entry): string {
  return content.type === 'manuscript' ? content.slot : content.from
}

/** The one neutral text at 42w0d is asked for whatever end the series is taken to. */
function isQuestion(entry: TextEntry | AddOnEntry): boolean {
  return entry.content.type === 'manuscript' && entry.content.kind === 'question'
}

type AgeRule = Pick<ManuscriptContent, 'monthRule' | 'ageBasis'>

function ageRule({ content }: TextEntry | AddOnEntry): AgeRule {
  const ageBasis = content.type === 'manuscript' ? content.ageBasis : 'calendar'
  return { monthRule: content.monthRule, ageBasis }
}

function textEntries({ settings, content, date }: ProgramInput): TextEntry[] {
  return settings.series
    .filter((taken) => isEffective(taken, date))
    .flatMap((taken) => {
      const range = rangeOf(taken)
      return content.texts
        .filter(({ content: text }) => text.series === taken.series)
        .filter(({ content: text }) => settings.editions.includes(text.edition))
        .map((live) => ({
          ...live,
          slot: parseSlot(live.content.slot),
          range,
          isOverdue: isOverdue(live, date),
          isHidden: isHiddenOn(live.content, settings.hidden ?? [], date),
        }))
    })
}

function addOnEntries({ settings, content, date }: ProgramInput): AddOnEntry[] {
  return content.addOns
    .filter(({ content: addOn }) => addOn.municipality === settings.code)
    .filter(({ content: { validFrom, validTo } }) => isWithin(date, validFrom, validTo))
    .map((live) => ({
      ...live,
      from: parseSlot(live.content.from),
      range: rangeOf(live.content),
      isOverdue: isOverdue(live, date),
    }))
}

function rangeOf(range: { from: string | null; to: string | null; isEndIncluded: boolean }) {
  return {
    from: range.from === null ? null : parseSlot(range.from),
    to: range.to === null ? null : parseSlot(range.to),
    isEndIncluded: range.isEndIncluded,
  }
}

function isEffective({ effectiveFrom, effectiveTo }: SeriesTaken, date: LocalDay): boolean {
  return isWithin(date, effectiveFrom, effectiveTo)
}

function isWithin(date: LocalDay, from: LocalDay | null, to: LocalDay | null): boolean {
  return (from === null || from <= date) && (to === null || date <= to)
}

function isOverdue(
  { release }: LiveRelease<ManuscriptContent | AddOnContent>,
  date: LocalDay,
): boolean {
  if (release.whenOverdue !== 'stop' || release.reviewDueAt === null) return false
  return localDayOf(new Date(release.reviewDueAt)) <= date
}

type Entry = TextEntry | AddOnEntry

/** Finds entries by the anchor dates for which they are due on one day. */
function createIndex(date: LocalDay) {
  const byDueDate = new Map<LocalDay, Entry[]>()
  const byBirthDate = new Map<LocalDay, Entry[]>()
  const byCorrected = new Map<LocalDay, Entry[]>()
  const byEntryDay = new Map<LocalDay, Entry[]>()
  const births: DaySpan[] = []

  const add = (slot: Slot, { monthRule, ageBasis }: AgeRule, entry: Entry) => {
    const found = anchorDaysFor(slot, date, monthRule)
    put(mapFor(found.field), found.days, entry)
    if (found.field === 'birthDate' && ageBasis === 'corrected') {
      put(byCorrected, found.days, entry)
    }
    if (found.field === 'schoolEntry' && found.births) births.push(found.births)
  }
  const mapFor = (field: AnchorDays['field']) =>
    field === 'dueDate' ? byDueDate : field === 'birthDate' ? byBirthDate : byEntryDay

  const find = ({ dueDate, birthDate, entryDate }: Anchors, isCorrected: boolean): Entry[] => {
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
    birthDates: [...byBirthDate.keys()],
    births,
    entryDates: [...byEntryDay.keys()],
    correctedDueDates: [...byCorrected.keys()],
  })
  return { add, find, dates }
}

function put(map: Map<LocalDay, Entry[]>, days: readonly LocalDay[], entry: Entry) {
  for (const day of days) {
    const entries = map.get(day)
    if (entries) entries.push(entry)
    else map.set(day, [entry])
  }
}

/** The day before a day: yesterday's run is compared with today's. *Pure.* */
export function dayBefore(date: LocalDay): LocalDay {
  return addDays(date, -1)
}
