import fc from 'fast-check'

import { fromDayNumber, toDayNumber, type LocalDay } from '../../../src/stage/day'
import type { Slot } from '../../../src/stage/slot'

/** First and last day the inverse is checked for. */
export const FIRST_DAY: LocalDay = '1990-01-01'
export const LAST_DAY: LocalDay = '2060-12-31'

/** Every day of 1990–2060, ascending. */
export function everyDay(): LocalDay[] {
  const first = toDayNumber(FIRST_DAY)
  return Array.from({ length: toDayNumber(LAST_DAY) - first + 1 }, (_, i) =>
    fromDayNumber(first + i),
  )
}

export const weekSlot = (week: number, day: number): Slot => ({ anchor: 'dueDate', week, day })
export const daySlot = (days: number): Slot => ({ anchor: 'birthDate', unit: 'day', days })
export const monthSlot = (months: number, plusDays = 0): Slot => ({
  anchor: 'birthDate',
  unit: 'month',
  months,
  plusDays,
})
export const entrySlot = (offsetDays: number, years?: number): Slot => ({
  anchor: 'schoolEntry',
  offsetDays,
  ...(years ? { years } : {}),
})

/** Any day of 1990–2060. */
export const anyDay = fc
  .integer({ min: toDayNumber(FIRST_DAY), max: toDayNumber(LAST_DAY) })
  .map(fromDayNumber)

/** Days on which month arithmetic goes wrong: month ends, 29 February, year ends, 1 and 2 April. */
export const awkwardDay = fc
  .tuple(fc.integer({ min: 1990, max: 2060 }), fc.integer({ min: 0, max: 11 }), fc.boolean())
  .chain(([year, month, isEnd]) =>
    fc.integer({ min: 0, max: 4 }).map((shift) => {
      const start = toDayNumber(`${year}-${String(month + 1).padStart(2, '0')}-01`)
      return fromDayNumber(isEnd ? start - 1 - shift : start + shift)
    }),
  )

export const anchorDay = fc.oneof(anyDay, awkwardDay)
export const monthRule = fc.constantFrom('friendly' as const, 'legal' as const)

export const pregnancySlot = fc
  .tuple(fc.integer({ min: 0, max: 42 }), fc.integer({ min: 0, max: 6 }))
  .map(([week, day]) => weekSlot(week, day))
export const ageInDays = fc.integer({ min: 0, max: 3650 }).map(daySlot)
export const ageInMonths = fc
  .tuple(
    fc.integer({ min: 1, max: 240 }),
    fc.oneof(fc.constant(0), fc.integer({ min: 0, max: 366 })),
  )
  .map(([months, plusDays]) => monthSlot(months, plusDays))
export const schoolSlot = fc
  .tuple(fc.integer({ min: -800, max: 800 }), fc.integer({ min: -6, max: 12 }))
  .map(([offsetDays, years]) => entrySlot(offsetDays, years))
export const ageSlot = fc.oneof(ageInDays, ageInMonths)
export const anySlot = fc.oneof(pregnancySlot, ageSlot, schoolSlot)

/** The default cadence of the sample set for ages: stages.md. */
export function ageCadence(): Slot[] {
  const days: number[] = []
  for (let day = 0; day <= 100; day += 1) days.push(day)
  for (let day = 103; day < 365; day += 3) days.push(day)
  for (let day = 365; day < 730; day += 7) days.push(day)
  for (let day = 730; day < 1095; day += 14) days.push(day)
  return [...days.map(daySlot), ...Array.from({ length: 37 }, (_, i) => monthSlot(36 + i))]
}

/** The default cadence of a pregnancy: every day from 4w0d to 41w6d. */
export function pregnancyCadence(): Slot[] {
  return Array.from({ length: 38 * 7 }, (_, i) => weekSlot(4 + Math.floor(i / 7), i % 7))
}

/** The school series: fortnightly from the January before entry to the March a year after. */
export function schoolCadence(): Slot[] {
  return Array.from({ length: 33 }, (_, i) => entrySlot(-84 + 14 * i))
}
