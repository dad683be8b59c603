/** A local time of day, `HH:MM`, 00:00 to 24:00. */
export type LocalTime = string

/** Hours a municipality may offer its readers: whole and half hours of the day. */
export const OFFERABLE_HOURS: readonly LocalTime[] = halfHours(7, 21)

/**
 * An hour as the CMS stores it, `18-00`: GraphQL's names, which its choices become, have no colon.
 * https://spec.graphql.org/October2021/#sec-Names
 * *Pure.*
 */
export function writeHour(hour: LocalTime): string {
  return hour.replace(':', '-')
}

/** The hour that the CMS stores so. *Pure.* */
export function readHour(written: string): LocalTime {
  return written.replace('-', ':')
}

/** An hour as people read it: `9:00`. *Pure.* */
export function shownHour(time: LocalTime): string {
  return time.replace(/^0/, '')
}

function halfHours(first: number, last: number): LocalTime[] {
  return Array.from({ length: (last - first) * 2 + 1 }, (_, at) => {
    const hour = String(first + Math.floor(at / 2)).padStart(2, '0')
    return `${hour}:${at % 2 === 0 ? '00' : '30'}`
  })
}
