import { z } from 'zod'

import { meetsSlot } from '../plan/entries'
import { familyOnSlot, firstTextIn, type FamilyDay } from '../plan/exampleFamily'
import type { SyncedMunicipality } from '../plan/readCmsDocuments'
import { createProgram } from '../plan/program'
import type { Release } from '../release/content'
import type { LocalDay } from '../stage/day'
import { dayLabel } from '../stage/japaneseDate'
import { dueDay } from '../stage/due'
import { parseSlot, type Slot } from '../stage/slot'
import { stageAt } from '../stage/stage'
import { word } from '../cms/endpoint'
import { optionalDay } from './query'
import type { ArrivalMunicipality } from './municipality'

/** Which day a preview shows: the document's slot, and a family's own dates if it has some. */
export const dayContentQuery = z.object({
  municipality: word.min(1, '自治体を選んでください。'),
  slot: word.default(''),
  monthRule: z.enum(['friendly', 'legal']).default('friendly'),
  /** End of an add-on that goes with each text; empty for all else. */
  to: word.default(''),
  validFrom: optionalDay,
  validTo: optionalDay,
  due: optionalDay,
  birth: optionalDay,
})

/** The question, read. */
export type DayContentQuery = z.output<typeof dayContentQuery>

/** A municipality and the sound releases that one family is due on one day. */
export interface DayContent {
  settings: SyncedMunicipality
  /** Values of the municipality's own contact words, as they are now. */
  variables: Record<string, string>
  /** Codes and names of the series by their id. */
  series: Record<string, { code: string; name: string }>
  /** Names of the editions by their code. */
  editions: Record<string, string>
  /** Null when the slot is not due for these dates, or cannot be read. */
  day: (FamilyDay & { dateLabel: string; stage: string }) | null
  texts: Release[]
  addOns: Release[]
  /** Add-ons that may arrive with the same texts on a later day. */
  later: Release[]
}

/** What a preview needs to compose a family's day by itself while somebody types. *Pure.* */
export function dayContentOf(
  municipality: ArrivalMunicipality,
  query: DayContentQuery,
  today: LocalDay,
): Omit<DayContent, 'editions'> {
  const { settings, content, variables, series } = municipality
  const found = dayOf(municipality, query, today)
  if (!found) return { settings, variables, series, day: null, texts: [], addOns: [], later: [] }
  const { date, anchors } = found
  const due = createProgram({ settings, content, date }).dueFor(anchors, false)
  const sound = (entries: readonly { isSound: boolean; isOverdue: boolean; release: Release }[]) =>
    entries.filter(({ isSound, isOverdue }) => isSound && !isOverdue).map(({ release }) => release)
  return {
    settings,
    variables,
    series,
    day: { ...found, dateLabel: dayLabel(date), stage: stageAt(anchors, date).label },
    texts: sound(due.texts),
    addOns: sound([...due.once, ...due.every]),
    later: laterAddOns(municipality, { date, slots: due.slots }),
  }
}

/** The municipality's add-ons that begin later and meet one of the slots. */
function laterAddOns(
  { settings, content }: ArrivalMunicipality,
  { date, slots }: { date: LocalDay; slots: readonly string[] },
): Release[] {
  return content.addOns
    .filter(({ content: addOn }) => addOn.municipality === settings.code)
    .filter(({ content: { validFrom } }) => validFrom !== null && validFrom > date)
    .filter(
      ({ content: addOn, isSound }) => isSound && slots.some((slot) => meetsSlot(addOn, slot)),
    )
    .map(({ release }) => release)
}

function dayOf(
  { content }: ArrivalMunicipality,
  query: DayContentQuery,
  today: LocalDay,
): FamilyDay | null {
  const { due, birth, monthRule, to } = query
  const slot = orNull(() =>
    to
      ? firstTextIn({ from: query.slot, to, isEndIncluded: true }, content.texts)
      : parseSlot(query.slot),
  )
  if (!slot) return null
  if (!due && !birth) return familyOnSlot(slot, startOf(query, today), monthRule)
  const anchors = { ...(due && { dueDate: due }), ...(birth && { birthDate: birth }) }
  const date = dueDay(slot, anchors, { monthRule })
  return date === null ? null : { date, anchors }
}

/** Today, or the first day of the add-on's calendar, or its last when that is over. */
function startOf({ validFrom, validTo }: DayContentQuery, today: LocalDay): LocalDay {
  if (validFrom && validFrom > today) return validFrom
  return validTo && validTo < today ? validTo : today
}

function orNull(read: () => Slot): Slot | null {
  try {
    return read()
  } catch {
    return null // half typed: the field's own check says what is wrong
  }
}
