import { firstSlotOf } from '../release/contentKind'
import { compose, isOfOtherEdition, type Composition } from '../release/compose'
import { ComposeError } from '../release/composeError'
import type { AddOnContent } from '../release/content'
import { grouped } from '../release/grouped'
import { leftOutOfLine } from '../release/line'
import type { LiveContent } from '../release/live'
import { renderMail } from '../release/mail'
import { htmlBytes } from '../release/mailLimits'
import type { LocalDay } from '../stage/day'
import { isInRange } from '../stage/range'
import { parseSlot } from '../stage/slot'
import { addOnEntries, textEntries, type AddOnEntry, type TextEntry } from './entries'
import type { MunicipalitySettings } from './settings'
import { contentOfDay } from './slotContent'

/** A municipality, what is in force with the document in question in it, and where to look. */
export interface FullestInput {
  settings: MunicipalitySettings
  content: LiveContent
  /** Codes of the slots that are asked about. */
  slots: readonly string[]
  today: LocalDay
  /** Values of the municipality's contact words, for releases that are still drafts. */
  variables?: Readonly<Record<string, string>>
  /** Key of a document without which a day does not matter. */
  own?: string
}

/** One delivery of such a day, measured. */
export interface FullDay {
  slot: string
  date: LocalDay
  /** Subjects and headings, in the order they stand in. */
  titles: string[]
  /** Bytes of the mail's HTML. */
  mailBytes: number
  /** Headings of the add-ons that do not fit into LINE's messages; null when not even the text does. */
  leftOutOfLine: string[] | null
}

/** The day that is fullest as a mail, and the one that loses most in LINE; null when nothing is due. */
export interface FullestDay {
  mail: FullDay
  line: FullDay
}

/**
 * The fullest day readers of some slots can have, from today on: each calendar period, edition and
 * area by the selection that sends, everything composed with the municipality's own words. *Pure.*
 */
export function fullestDay(input: FullestInput): FullestDay | null {
  const isAsked = ({ texts, addOns }: Combination) =>
    input.own === undefined ||
    [...texts, ...addOns].some(({ release }) => release.key === input.own)
  const heaviest = combinationsOf(input)
    .filter(isAsked)
    .sort((one, other) => weightOf(other) - weightOf(one))
    .slice(0, MEASURED)
  const days = heaviest.flatMap((combination) => measure(combination, input))
  const [first] = days
  if (!first) return null
  return {
    mail: days.reduce((most, day) => (day.mailBytes > most.mailBytes ? day : most), first),
    line: days.reduce((most, day) => (lostOf(day) > lostOf(most) ? day : most), first),
  }
}

/** Of so many, by a rough weight, the whole is composed. */
const MEASURED = 6

/** Days on which add-ons begin; each may be the first of a fuller time. */
const MAX_DATES = 12

interface Combination {
  slot: string
  date: LocalDay
  /** Of the readers who get it. */
  edition: string
  texts: readonly TextEntry[]
  addOns: readonly AddOnEntry[]
}

function combinationsOf({ settings, content, slots, today }: FullestInput): Combination[] {
  const asked = new Set(slots)
  const texts = content.texts.filter(({ content: { slot } }) => asked.has(slot))
  const found = new Map<string, Combination>()
  for (const date of datesOf(content, today)) {
    const day = { settings, content: { ...content, texts }, date }
    const entries = { texts: grouped(textEntries(day), slotOf), addOns: addOnEntries(day) }
    for (const slot of asked) {
      for (const one of combinationsOn(slot, entries, settings)) {
        const key = [...one.texts, ...one.addOns].map(({ release }) => release.id).join()
        // Of the same texts those are the longer that say why they are in another edition.
        if (!found.has(key) || isOther(one)) found.set(key, { slot, date, ...one })
      }
    }
  }
  return [...found.values()]
}

function isOther({ texts, edition }: Pick<Combination, 'texts' | 'edition'>): boolean {
  return texts.some(({ content }) => isOfOtherEdition(content, edition))
}

/** Today, and each later day on which an add-on begins. */
function datesOf({ addOns }: LiveContent, today: LocalDay): LocalDay[] {
  const begins = addOns.flatMap(({ content: { validFrom } }) => validFrom ?? [])
  const later = [...new Set(begins.filter((date) => date > today))].sort()
  return [today, ...later].slice(0, MAX_DATES)
}

const slotOf = ({ content }: TextEntry) => content.slot

interface DayEntries {
  texts: ReadonlyMap<string, readonly TextEntry[]>
  addOns: readonly AddOnEntry[]
}

/** What readers of each edition and area get of a slot. */
function combinationsOn(slot: string, entries: DayEntries, settings: MunicipalitySettings) {
  const place = parseSlot(slot)
  const texts = (entries.texts.get(slot) ?? []).filter(
    ({ content, range }) => content.kind === 'question' || isInRange(place, range),
  )
  const of = (timing: AddOnContent['timing']) =>
    entries.addOns.filter(({ content }) => content.timing === timing)
  const once = of('once').filter(({ content }) => firstSlotOf(content) === slot)
  const every = of('every').filter(({ range }) => isInRange(place, range))
  const due = { texts, once, every, slots: [slot] }
  const areas = new Set([...once, ...every].flatMap(({ content }) => content.areas))
  const readers = settings.editions.flatMap((edition) =>
    [null, ...areas].map((area) => ({ edition, area })),
  )
  return readers.flatMap((reader) => {
    const day = contentOfDay(due, reader, settings)
    return day.slotContents.flatMap((one) =>
      one.isUsable
        ? [{ edition: reader.edition, texts: one.texts, addOns: [...one.addOns, ...day.every] }]
        : [],
    )
  })
}

/** About how much there is: words, and what stands around each block. */
function weightOf({ texts, addOns }: Combination): number {
  const words = texts.map(({ content: { body, subject } }) => body.length + subject.length)
  const blocks = addOns.map(({ content }) => JSON.stringify(content.blocks).length)
  return [...words, ...blocks].reduce((sum, length) => sum + length, 0)
}

/** Nothing for what cannot be composed; its own check says why. */
function measure(combination: Combination, input: FullestInput): FullDay[] {
  const { slot, date, texts, addOns } = combination
  try {
    const [one, twins] = [false, true].map((isPlural) => composed(combination, input, isPlural))
    if (!one || !twins) return []
    return [
      {
        slot,
        date,
        titles: [
          ...texts.map(({ content }) => content.subject),
          ...addOns.map(({ content }) => content.title),
        ].filter(Boolean),
        mailBytes: Math.max(...[one, twins].map((day) => htmlBytes(renderMail(day).html))),
        leftOutOfLine: lineLossOf([one, twins]),
      },
    ]
  } catch (error) {
    if (error instanceof ComposeError) return []
    throw error
  }
}

function composed(
  { edition, texts, addOns }: Combination,
  { settings, variables }: FullestInput,
  isPlural: boolean,
): Composition {
  const { senderName, contact, accent } = settings
  return compose({
    manuscripts: texts.map(({ content }) => content),
    addOns: addOns.map(({ content, release }) => ({
      content,
      variables: { ...variables, ...release.variables },
    })),
    isPlural,
    edition,
    senderName,
    contact,
    accent,
  })
}

function lineLossOf(days: readonly Composition[]): string[] | null {
  try {
    const losses = days.map((day) => leftOutOfLine(day).map(({ title }) => title))
    return losses.reduce((most, loss) => (loss.length > most.length ? loss : most), [])
  } catch (error) {
    if (error instanceof ComposeError) return null
    throw error
  }
}

function lostOf({ leftOutOfLine: lost }: FullDay): number {
  return lost === null ? Infinity : lost.length
}
