import { z } from 'zod'

import type { LocalDay } from '../stage/day'
import type { Stage } from '../stage/stage'

/**
 * About how many (reader, child) pairs of one municipality stand where on a day that is to come, to
 * the next ten. What is not named is below five or hidden with it: never take it for nothing.
 */
export interface Forecast {
  /** The day the stages are those of. */
  date: LocalDay
  /** Pairs by week of pregnancy (`week24`) or completed month of age (`month18`). */
  bands: Record<string, number>
  /** The same pairs by `pregnancy` and year of age (`age0`, `age1` …). */
  stages: Record<string, number>
  /** Active readers by edition. */
  editions: Record<string, number>
}

const counts = z.record(z.string(), z.number().int().nonnegative())
const shape = z.object({
  date: z.string().regex(/^\d{4}-\d\d-\d\d$/),
  bands: counts,
  stages: counts,
  editions: counts,
})

/** A forecast as a report carries it, or null when it is none. *Pure.* */
export function readForecast(value: unknown): Forecast | null {
  const parsed = shape.safeParse(value)
  return parsed.success ? parsed.data : null
}

/** Which band and which wider stage a child stands in; null for before 4w0d and from 42w0d. *Pure.* */
export function bandOf(stage: Stage): { band: string; stage: string } | null {
  if (stage.kind === 'child') {
    return { band: monthBand(stage.months), stage: ageStage(stage.months) }
  }
  if (stage.kind !== 'pregnancy' || stage.week === null) return null
  const { week } = stage
  return week >= FIRST_WEEK && week <= LAST_WEEK ? { band: weekBand(week), stage: PREGNANCY } : null
}

/** Weeks of pregnancy that texts exist for. */
export const FIRST_WEEK = 4
/** Last of the weeks of {@link FIRST_WEEK}. */
export const LAST_WEEK = 41

/** Name of the stage of all pregnancies. */
export const PREGNANCY = 'pregnancy'

/** Name of the band of a week of pregnancy. *Pure.* */
export function weekBand(week: number): string {
  return `week${week}`
}

/** Name of the band of a completed month of age. *Pure.* */
export function monthBand(month: number): string {
  return `month${month}`
}

/** Name of the stage of a completed month of age: its year. *Pure.* */
export function ageStage(month: number): string {
  return `age${Math.floor(month / 12)}`
}
