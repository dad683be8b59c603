import type { AddOnContent, ManuscriptContent } from '../release/content'
import type { LiveContent, LiveRelease } from '../release/live'
import type { LocalDay } from '../stage/day'
import { dueDay, type Anchors, type DueOptions } from '../stage/due'
import { parseSlot } from '../stage/slot'
import { IMAGINED_PAIR, imagineDay, type ImaginedFamily } from './imagined'
import { holesAmong, type ExpectedSlot } from './holes'
import { createProgram, type Program } from './program'
import { deliveryId } from './candidate'
import type { ReaderPlan } from './reader'
import type { MunicipalitySettings } from './settings'

/** The child of a life: pregnancy texts need the due date, all others the birth date. */
export interface LifeDates {
  dueDate?: LocalDay
  birthDate?: LocalDay
}

/** What a whole life is planned from. */
export interface LifeInput {
  settings: MunicipalitySettings
  content: LiveContent
  family: ImaginedFamily
  dates: LifeDates
  expected: readonly ExpectedSlot[]
}

/** One day of a life on which something arrives, is left out or is lacking. */
export interface LifeDay {
  date: LocalDay
  anchors: Anchors
  program: Program
  plan: ReaderPlan
  /** Texts in force of which the municipality takes nothing that day. */
  notTaken: LiveRelease<ManuscriptContent>[]
  /** Slots that should have a text and have none this family could get. */
  holes: ExpectedSlot[]
}

/**
 * Plans every day of a child's life on which any text is due, with the planning that sends; a slot
 * delivered once is not delivered again. *Pure.*
 */
export function planLife(input: LifeInput): LifeDay[] {
  return [...daysLived(input)]
}

/** {@link planLife} day by day, from a day on: who wants the first only does not plan the rest. *Pure.* */
export function* daysLived(input: LifeInput, from: LocalDay = ''): Generator<LifeDay> {
  const { settings, family } = input
  const days = daysOfLife(input)
  const spans = spansOf(input)
  const delivered = new Map<string, string>()
  const dates = [...days.keys()].filter((date) => date >= from)
  for (const date of dates.sort()) {
    const { texts, expected } = days.get(date) ?? { texts: [], expected: [] }
    const anchors = anchorsOn(date, input.dates)
    const addOns = spans.filter((span) => span.from <= date && date <= span.to)
    const today = { texts, addOns: addOns.map(({ live }) => live) }
    const program = createProgram({ settings, content: today, date })
    const plan = imagineDay({ program, family, anchors, delivered })
    remember(delivered, plan, date)
    yield {
      date,
      anchors,
      program,
      plan,
      notTaken: notTakenOf(texts, program.dueFor(anchors, family.isCorrected).texts),
      holes: holesAmong(expected, { settings, date, anchors, family, texts }),
    }
  }
}

/** What is known of the child on a day: before the birth only its due date. *Pure.* */
export function anchorsOn(date: LocalDay, { dueDate, birthDate }: LifeDates): Anchors {
  const isBorn = birthDate !== undefined && date >= birthDate
  return { ...(dueDate === undefined ? {} : { dueDate }), ...(isBorn ? { birthDate } : {}) }
}

interface AddOnSpan {
  live: LiveRelease<AddOnContent>
  from: LocalDay
  to: LocalDay
}

/** Days of this life between which an add-on may be due: hundreds need not be asked each day. */
function spansOf({ content, dates }: LifeInput): AddOnSpan[] {
  return content.addOns.flatMap((live) => {
    const { from, to, monthRule } = live.content
    const [first, last] = [from, to].map((slot) =>
      dueDay(parseSlot(slot), unborn(slot), { monthRule }),
    )
    return first && last ? [{ live, from: first, to: last }] : []
  })

  function unborn(slot: string): Anchors {
    if (parseSlot(slot).anchor !== 'dueDate') return dates
    return dates.dueDate === undefined ? {} : { dueDate: dates.dueDate }
  }
}

interface DayOfLife {
  texts: LiveRelease<ManuscriptContent>[]
  expected: ExpectedSlot[]
}

/** Days on which something is due by its slot, before anything else is looked at. */
function daysOfLife({ content, dates, expected, family }: LifeInput): Map<LocalDay, DayOfLife> {
  const days = new Map<LocalDay, DayOfLife>()
  const on = (date: LocalDay) => {
    const known = days.get(date) ?? { texts: [], expected: [] }
    days.set(date, known)
    return known
  }
  const { isCorrected } = family
  for (const live of content.texts) {
    const { slot, monthRule, ageBasis } = live.content
    const date = dayInLife(slot, dates, { monthRule, ageBasis, isCorrected })
    if (date !== null) on(date).texts.push(live)
  }
  for (const { content: addOn } of content.addOns) {
    const date = dayInLife(addOn.from, dates, { monthRule: addOn.monthRule })
    if (date !== null && addOn.timing === 'once') on(date)
  }
  for (const slot of expected) {
    const date = dayInLife(slot.slot, dates, { monthRule: 'friendly' })
    if (date !== null) on(date).expected.push(slot)
  }
  return days
}

/** The day a slot is due in this life; null when it never is. */
function dayInLife(code: string, dates: LifeDates, options: DueOptions): LocalDay | null {
  const slot = parseSlot(code)
  const { birthDate, dueDate } = dates
  if (slot.anchor !== 'dueDate') return dueDay(slot, dates, options)
  const day = dueDate === undefined ? null : dueDay(slot, { dueDate }, options)
  return day !== null && (birthDate === undefined || day < birthDate) ? day : null
}

function remember(delivered: Map<string, string>, plan: ReaderPlan, date: LocalDay): void {
  for (const { id } of plan.deliveries) delivered.set(id, date)
  for (const { slot, into } of plan.exclusions) {
    if (into) delivered.set(deliveryId(IMAGINED_PAIR, slot), date)
  }
}

function notTakenOf(
  texts: readonly LiveRelease<ManuscriptContent>[],
  due: readonly { content: ManuscriptContent }[],
) {
  const placeOf = ({ series, slot }: ManuscriptContent) => `${series} ${slot}`
  const taken = new Set(due.map(({ content }) => placeOf(content)))
  return texts.filter(({ content }) => !taken.has(placeOf(content)))
}
