import type { AddOnContent, ManuscriptContent } from '../release/content'
import type { LiveContent, LiveRelease } from '../release/live'
import { localDayOf, type LocalDay } from '../stage/day'
import type { SlotRange } from '../stage/range'
import { parseSlot, type Slot } from '../stage/slot'
import { isHiddenOn } from './hidden'
import { isWithin } from './period'
import type { MunicipalitySettings } from './settings'
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
}

/** The texts of the series it takes on that day, in the editions it offers. *Pure.* */
export function textEntries({ settings, content, date }: ProgramInput): TextEntry[] {
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
