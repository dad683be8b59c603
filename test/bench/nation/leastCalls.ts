import { addDays, type LocalDay } from '../../../src/stage/day'
import { AREAS } from '../fixtures'
import type { Family } from '../population'

/** Recipients of one multicast, by LINE's documentation. */
const PER_CALL = 500

/** A town's families as they are on the day they are stored, and whether it has add-ons. */
export interface TownFamilies {
  families: readonly Family[]
  hasAddOns: boolean
}

/** What is reckoned: a day, some days after the families were stored. */
interface LeastInput {
  towns: Iterable<TownFamilies>
  date: LocalDay
  daysAfter: number
}

/** The fewest LINE calls and the mails of a day. */
export interface Least {
  calls: number
  mails: number
}

/**
 * The fewest calls that carry a day's texts: one for every 500 readers of a town who get the same.
 * Reckoned from the families and the fixtures' own rules, not by anything of the product. Twins and
 * siblings of one day count as what is least, so that the figure is never too high. *Pure.*
 */
export function leastOf({ towns, date, daysAfter }: LeastInput): Least {
  const least = { calls: 0, mails: 0 }
  for (const { families, hasAddOns } of towns) {
    const sizes = new Map<string, number>()
    for (const family of families) {
      if (family.isBlocked) continue
      for (const slot of slotsOf(older(family, daysAfter), date)) {
        if (family.channel === 'mail') least.mails += 1
        else add(sizes, keyOf(family, slot, hasAddOns))
      }
    }
    for (const size of sizes.values()) least.calls += Math.ceil(size / PER_CALL)
  }
  return least
}

function older({ gestation, age, siblings = [], ...family }: Family, days: number): Family {
  return {
    ...family,
    gestation: gestation === null ? null : gestation + days,
    age: age === null ? null : age + days,
    siblings: siblings.map((one) => one + days),
  }
}

function add(sizes: Map<string, number>, key: string): void {
  sizes.set(key, (sizes.get(key) ?? 0) + 1)
}

/** A text of the fixtures that is due. */
interface Slot {
  name: string
  /** Which of the fixtures' texts it is: every tenth has an easy edition. */
  number: number
  /** Whether the add-ons of the reader's area go with it. */
  isOfAreas: (area: number) => boolean
}

/** What a text differs by: its slot, an easy edition where there is one, add-ons of an area. */
function keyOf(family: Family, slot: Slot, hasAddOns: boolean): string {
  const edition = slot.number % 10 === 0 ? family.edition : 'standard'
  const at = AREAS.indexOf(family.area ?? '')
  const area = hasAddOns && at >= 0 && slot.isOfAreas(at) ? at : ''
  return [slot.name, edition, area].join('|')
}

function slotsOf({ gestation, age, siblings = [] }: Family, today: LocalDay): Slot[] {
  const ages = [...(age === null ? [] : [age]), ...siblings]
  const slots = [
    ...(gestation === null ? [] : pregnancySlots(gestation)),
    ...ages.flatMap((days) => childSlots(days, today)),
  ]
  return [...new Map(slots.map((slot) => [slot.name, slot])).values()]
}

const FIRST_GESTATION = 28
const LAST_GESTATION = 293
const LAST_DAY = 100

function pregnancySlots(day: number): Slot[] {
  if (day < FIRST_GESTATION || day > LAST_GESTATION) return []
  const isOfAreas = (area: number) => day >= (8 + area) * 7 && day <= (30 + area) * 7 + 6
  return [{ name: `pregnant${day}`, number: day - FIRST_GESTATION, isOfAreas }]
}

/** Texts of the fixtures before the first month's. */
const BEFORE_MONTHS = LAST_GESTATION - FIRST_GESTATION + 1 + LAST_DAY + 1

function childSlots(age: number, today: LocalDay): Slot[] {
  if (age <= LAST_DAY) {
    const isOfAreas = (area: number) => age >= 10 + area
    return [{ name: `day${age}`, number: LAST_GESTATION - FIRST_GESTATION + 1 + age, isOfAreas }]
  }
  const month = monthOn(addDays(today, -age), today)
  if (month === null || month > 72 || (month > 36 && month % 3 > 0)) return []
  const number = BEFORE_MONTHS + (month <= 36 ? month - 4 : 33 + month / 3 - 13)
  return [{ name: `month${month}`, number, isOfAreas: (area) => month <= 4 + area }]
}

/** Months since a birth, when they are full on this day; the last day stands for those missing. */
function monthOn(birth: LocalDay, today: LocalDay): number | null {
  const [year = 0, month = 0, day = 0] = birth.split('-').map(Number)
  const [thisYear = 0, thisMonth = 0, thisDay = 0] = today.split('-').map(Number)
  const last = new Date(Date.UTC(thisYear, thisMonth, 0)).getUTCDate()
  if (Math.min(day, last) !== thisDay) return null
  return (thisYear - year) * 12 + thisMonth - month
}
