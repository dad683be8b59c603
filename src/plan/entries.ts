import type { AddOnContent, ManuscriptContent } from '../release/content'
import { isSurvey } from '../release/surveyLimits'
import type { LiveContent, LiveRelease } from '../release/live'
import { localDayOf, type LocalDay } from '../stage/day'
import { isInRange, type SlotRange } from '../stage/range'
import { parseSlot, type Slot } from '../stage/slot'
import { isHiddenOn } from './hidden'
import { isWithin } from './period'
import type { MunicipalitySettings, SeriesTaken } from './settings'
import { isEffective, rangeOf } from './taken'

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

/** What may be due today. */
export type Entry = TextEntry | AddOnEntry

/** A municipality, all that is in force, and a day. */
export interface ProgramInput {
  settings: MunicipalitySettings
  content: LiveContent
  date: LocalDay
  /** Key of the one alert that is sent; absent: the day as it is planned, without any. */
  alert?: string | undefined
}

/** A text on a day, before any municipality is asked. */
export type DayText = Omit<TextEntry, 'range' | 'isHidden'>

/** Texts of these series and editions on a day, in the order they are held. *Pure.* */
export function dayTexts(
  texts: readonly LiveRelease<ManuscriptContent>[],
  {
    series,
    editions,
    date,
  }: { series: ReadonlySet<string>; editions: ReadonlySet<string>; date: LocalDay },
): DayText[] {
  return texts
    .filter(({ content }) => series.has(content.series) && editions.has(content.edition))
    .map((live) => ({
      ...live,
      slot: parseSlot(live.content.slot),
      isOverdue: isOverdue(live, date),
    }))
}

/** A text as a municipality sends it that day: once for each part of the series it takes. *Pure.* */
export function textEntriesOf(text: DayText, { settings, date }: Omit<ProgramInput, 'content'>) {
  return effectiveParts(settings, date)
    .filter(({ series }) => series === text.content.series)
    .map((taken): TextEntry => ({
      ...text,
      range: rangeOf(taken),
      isHidden: isHiddenOn(text.content, settings.hidden ?? [], date),
    }))
}

/** The parts of series that a municipality takes on a day. *Pure.* */
export function effectiveParts({ series }: MunicipalitySettings, date: LocalDay): SeriesTaken[] {
  return series.filter((taken) => isEffective(taken, date))
}

/** The texts of the series it takes on that day, in the editions it offers. *Pure.* */
export function textEntries({ settings, content, date }: ProgramInput): TextEntry[] {
  const series = new Set(effectiveParts(settings, date).map((taken) => taken.series))
  const asked = { series, editions: new Set(settings.editions), date }
  return dayTexts(content.texts, asked).flatMap((text) => textEntriesOf(text, { settings, date }))
}

/** Its own add-ons that are valid on that day. *Pure.* */
export function addOnEntries({ settings, content, date }: ProgramInput): AddOnEntry[] {
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

/** Whether an add-on arrives with texts of a slot: with its first, or with each of its range. *Pure.* */
export function meetsSlot(content: AddOnContent, slot: string): boolean {
  const { timing, from, to, isEndIncluded } = content
  if (timing === 'notice' || timing === 'urgent' || isSurvey(content)) return false // by itself
  if (timing === 'once') return from === slot
  return isInRange(parseSlot(slot), { from: parseSlot(from), to: parseSlot(to), isEndIncluded })
}

function isOverdue(
  { release }: LiveRelease<ManuscriptContent | AddOnContent>,
  date: LocalDay,
): boolean {
  if (release.whenOverdue !== 'stop' || release.reviewDueAt === null) return false
  return localDayOf(new Date(release.reviewDueAt)) <= date
}

/** How a child's age is counted for a text. */
export type AgeRule = Pick<ManuscriptContent, 'monthRule' | 'ageBasis'>

/** How a child's age is counted for an entry; add-ons know the calendar only. *Pure.* */
export function ageRule({ content }: Entry): AgeRule {
  const ageBasis = content.type === 'manuscript' ? content.ageBasis : 'calendar'
  return { monthRule: content.monthRule, ageBasis }
}
