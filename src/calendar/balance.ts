import type { ImaginedFamily } from '../plan/imagined'
import { createProgram, type Program } from '../plan/program'
import type { MunicipalitySettings } from '../plan/settings'
import type { LiveContent } from '../release/live'
import { addDays, type LocalDay } from '../stage/day'
import { PREGNANCY_DAYS } from '../stage/due'
import { addMonths, daysOf, type Month } from '../stage/month'
import { familyMonth, type CountedChild, type FamilyMonth } from './familyMonth'

/** Families of one stage: who gets most in a month, and how little another one gets. */
export interface BalanceRow {
  name: string
  most: FamilyMonth
  /** The total of the family that gets least. */
  least: number
}

interface CountedStage {
  name: string
  children: (month: Month) => CountedChild[]
}

/** Where a child stands on the first day of the month; the weeks of 初期・中期・後期 are 日本産科婦人科学会's. */
const STAGES: readonly CountedStage[] = [
  { name: '妊娠初期(4〜15週)', children: weeks(4, 15) },
  { name: '妊娠中期(16〜27週)', children: weeks(16, 27) },
  { name: '妊娠後期(28〜40週)', children: weeks(28, 40) },
  { name: '0〜2か月', children: ages(0, 2) },
  { name: '3〜5か月', children: ages(3, 5) },
  { name: '6〜11か月', children: ages(6, 11) },
  { name: '1歳', children: ages(12, 23) },
  { name: '2歳', children: ages(24, 35) },
  { name: '3〜5歳', children: ages(36, 71) },
  { name: '6・7歳', children: ages(72, 95) },
]

/** What a month is planned from, and for what kind of family. */
export interface BalanceInput {
  settings: MunicipalitySettings
  content: LiveContent
  month: Month
  family: ImaginedFamily
}

/**
 * How many texts families get in a month, by stage: one family a week of pregnancy and one a month of
 * age, each planned day by day with the planning that sends. However many texts and readers there are,
 * some 130 families are planned. A municipality that rests is counted as if it went on. *Pure.*
 */
export function balanceOf({ settings, content, month, family }: BalanceInput): BalanceRow[] {
  const goingOn = { ...settings, isActive: true }
  const programs = daysOf(month).map((date) => createProgram({ settings: goingOn, content, date }))
  return STAGES.map(({ name, children }) => rowOf(name, children(month), { programs, family }))
}

interface Planned {
  programs: readonly Program[]
  family: ImaginedFamily
}

function rowOf(
  name: string,
  children: readonly CountedChild[],
  { programs, family }: Planned,
): BalanceRow {
  const months = children.map((child) => familyMonth(programs, family, child))
  const byTotal = months.toSorted((a, b) => b.total + b.capped - (a.total + a.capped))
  const [most] = byTotal
  if (!most) throw new Error(`no family stands in ${name}`)
  return { name, most, least: Math.min(...months.map(({ total }) => total)) }
}

/** Whether some add-on of the month is for some areas only. *Pure.* */
export function isNarrowedByArea({
  settings: { code },
  content,
  month,
}: Omit<BalanceInput, 'family'>): boolean {
  const first = firstOf(month)
  const last = daysOf(month).at(-1) ?? first
  return content.addOns.some(({ content: { municipality, areas, validFrom, validTo } }) => {
    const isOfMonth = (validFrom ?? first) <= last && (validTo ?? last) >= first
    return municipality === code && areas.length > 0 && isOfMonth
  })
}

function weeks(from: number, to: number): CountedStage['children'] {
  return (month) =>
    numbersFrom(from, to).map((week) => ({
      dueDate: addDays(firstOf(month), PREGNANCY_DAYS - week * 7),
    }))
}

/** Children who come to an age on the first of the month. */
function ages(from: number, to: number): CountedStage['children'] {
  return (month) =>
    numbersFrom(from, to).map((age) => ({ birthDate: firstOf(addMonths(month, -age)) }))
}

function numbersFrom(from: number, to: number): number[] {
  return Array.from({ length: to - from + 1 }, (_, at) => from + at)
}

function firstOf(month: Month): LocalDay {
  return `${month}-01`
}
