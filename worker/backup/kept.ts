import { addDays, weekdayOf, type LocalDay } from '../../src/stage/day'

/** How many backups stay: the latest of so many days, weeks and months that have one. */
export interface KeptBackups {
  days: number
  weeks: number
  months: number
}

/** A fortnight to notice a mistake, and a year to look something up. */
export const KEPT_BACKUPS: KeptBackups = { days: 14, weeks: 8, months: 12 }

/**
 * Which of some backups, each by its day, need not stay: those that are not the latest of one of the last
 * days, weeks or months, and those older than what is kept of deliveries, so that nobody stays in a backup
 * longer than in the databases. The newest always stays. *Pure.*
 */
export function backupsToRemove<Backup extends { day: LocalDay }>(
  backups: readonly Backup[],
  {
    today,
    keptDays,
    kept = KEPT_BACKUPS,
  }: { today: LocalDay; keptDays: number; kept?: KeptBackups },
): Backup[] {
  const newestFirst = backups.toSorted((one, other) => (one.day < other.day ? 1 : -1))
  const oldest = addDays(today, -keptDays)
  const stay = new Set<Backup>(newestFirst.slice(0, 1))
  const periods: [(day: LocalDay) => string, number][] = [
    [(day) => day, kept.days],
    [weekOf, kept.weeks],
    [(day) => day.slice(0, 7), kept.months],
  ]
  for (const [periodOf, count] of periods) {
    const latest = new Map<string, Backup>()
    for (const backup of newestFirst) {
      const period = periodOf(backup.day)
      if (!latest.has(period)) latest.set(period, backup)
    }
    const ofPeriods = [...latest.values()].slice(0, count)
    for (const backup of ofPeriods) if (backup.day >= oldest) stay.add(backup)
  }
  return newestFirst.filter((backup) => !stay.has(backup))
}

/** A week by its Monday. */
function weekOf(day: LocalDay): string {
  return addDays(day, -((weekdayOf(day) + 6) % 7))
}
