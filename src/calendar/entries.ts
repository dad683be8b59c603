import { CONTENT_KINDS, documentOfKey, type ContentCollection } from '../release/contentKind'
import { localDayOf, type LocalDay } from '../stage/day'
import { clockLabel } from '../stage/japaneseDate'
import { monthOf, type Month } from '../stage/month'
import type { SchoolText } from './schoolTexts'

/** What can fall on a day, in the order in which a day tells it. */
export const ENTRY_KINDS = [
  { kind: 'pauseEnds', label: 'お休みの最後の日(予定)' },
  { kind: 'seriesBegins', label: 'シリーズを使い始める日' },
  { kind: 'seriesEnds', label: 'シリーズを使い終わる日' },
  { kind: 'switchPlanned', label: '新年度のシリーズへの切り替え(まだしていません)' },
  { kind: 'schoolText', label: '入学から数える文' },
  { kind: 'notice', label: 'お知らせを送る日' },
  { kind: 'periodBegins', label: '掲載を始める日' },
  { kind: 'periodEnds', label: '掲載を終える日' },
  { kind: 'hidingBegins', label: 'この日から出さない' },
  { kind: 'hidingEnds', label: 'この日まで出さない' },
  { kind: 'publication', label: '公開予約' },
  { kind: 'reviewDue', label: '見直しの期限' },
] as const

/** Code of what falls on a day. */
export type EntryKind = (typeof ENTRY_KINDS)[number]['kind']

/** One thing that falls on a day of a municipality. */
export interface CalendarEntry {
  day: LocalDay
  kind: EntryKind
  title: string
  /** What else there is to say; may be empty. */
  note: string
  /** Where it is looked after, inside the admin; empty for nowhere. */
  path: string
}

/** A day as it is stored, `YYYY-MM-DD`; nothing, or a day that never comes, where there is none. */
type StoredDay = string | null | undefined

/** What is known of a municipality that has a day. */
export interface TownFacts {
  municipality: {
    id: string
    /** While it pauses. */
    pausedUntil?: StoredDay
  }
  series: readonly { name: string; effectiveFrom?: StoredDay; effectiveTo?: StoredDay }[]
  /** Copies of series it takes, which it does not take yet. */
  plannedSeries: readonly { name: string; startsOn?: StoredDay }[]
  schoolTexts: readonly SchoolText[]
  addOns: readonly AddOnFacts[]
  publications: readonly PublicationFacts[]
  hidden: readonly HiddenFacts[]
}

/** What is known of an add-on. */
export interface AddOnFacts {
  id: string
  title: string
  /** Of what is out, or of the draft where nothing is. */
  validFrom?: StoredDay
  validTo?: StoredDay
  /** ISO instant; empty where nothing is out. */
  reviewDueAt: string
  /** Where it stands, in words; empty when it is out. */
  state: string
  /** It goes out on its one day by itself. */
  isNotice?: boolean
}

/** A text that the municipality keeps from its readers. */
interface HiddenFacts {
  id: string
  slotLabel?: string | null
  from?: StoredDay
  to?: StoredDay
}

/** A text that is to be published at a chosen time. */
export interface PublicationFacts {
  collection: ContentCollection
  id: string
  title: string
  /** ISO instant. */
  publishAt: string
}

/** What falls on the days of a month in one municipality, day by day. *Pure.* */
export function calendarEntries(facts: TownFacts, month: Month): CalendarEntry[] {
  const rankOf = ({ kind }: CalendarEntry) => ENTRY_KINDS.findIndex((one) => one.kind === kind)
  return [
    ...municipalityEntries(facts),
    ...facts.schoolTexts.map(schoolEntry),
    ...facts.addOns.flatMap(addOnEntries),
    ...facts.hidden.flatMap(hiddenEntries),
    ...facts.publications.map(publicationEntry),
  ]
    .flatMap(({ day, ...entry }) => (day && monthOf(day) === month ? [{ ...entry, day }] : []))
    .toSorted((a, b) => (a.day === b.day ? rankOf(a) - rankOf(b) : a.day < b.day ? -1 : 1))
}

/** An entry that may have no day. */
type Found = Omit<CalendarEntry, 'day'> & { day: StoredDay }

function municipalityEntries({ municipality, series, plannedSeries }: TownFacts): Found[] {
  const path = `/collections/kizuna-municipalities/${municipality.id}`
  const own = { note: '', path }
  return [
    { ...own, kind: 'pauseEnds', day: municipality.pausedUntil, title: '配信のお休み' },
    ...series.flatMap(({ name: title, effectiveFrom, effectiveTo }): Found[] => [
      { ...own, kind: 'seriesBegins', day: effectiveFrom, title },
      { ...own, kind: 'seriesEnds', day: effectiveTo, title },
    ]),
    ...plannedSeries.map(({ name: title, startsOn: day }): Found => ({
      kind: 'switchPlanned',
      day,
      title,
      note: '',
      path: '',
    })),
  ]
}

function schoolEntry({ day, key, slotLabel: note, title }: SchoolText): Found {
  const document = documentOfKey(key)
  const path = document
    ? pathOf({ id: document.id, collection: CONTENT_KINDS[document.kind].collection })
    : ''
  return { kind: 'schoolText', day, title, note, path }
}

function addOnEntries({ id, title, state, isNotice, ...days }: AddOnFacts): Found[] {
  const path = pathOf({ id, collection: CONTENT_KINDS.addOn.collection })
  const entry = { title, path, note: state && `まだ公開していません: ${state}` }
  if (isNotice) return [{ ...entry, kind: 'notice', day: days.validFrom }]
  return [
    { ...entry, kind: 'periodBegins', day: days.validFrom },
    { ...entry, kind: 'periodEnds', day: days.validTo },
    { ...entry, kind: 'reviewDue', day: dayOf(days.reviewDueAt) },
  ]
}

function hiddenEntries({ id, slotLabel, from, to }: HiddenFacts): Found[] {
  const entry = { title: slotLabel ?? '', note: '', path: `/collections/kizuna-hidden-texts/${id}` }
  return [
    { ...entry, kind: 'hidingBegins', day: from },
    { ...entry, kind: 'hidingEnds', day: to },
  ]
}

function publicationEntry({ title, publishAt, ...text }: PublicationFacts): Found {
  const note = clockLabel(publishAt)
  return { kind: 'publication', day: dayOf(publishAt), title, note, path: pathOf(text) }
}

function dayOf(instant: string): LocalDay | null {
  return instant ? localDayOf(new Date(instant)) : null
}

function pathOf({ collection, id }: { collection: ContentCollection; id: string }): string {
  return `/collections/${collection}/${id}`
}
