import type { ChannelName, LocalTime, MunicipalitySettings, SendWindow } from './settings'
import type { Wishes } from './wishes'

/** Hours a municipality may offer its readers: whole and half hours of the day. */
export const OFFERABLE_HOURS: readonly LocalTime[] = halfHours(7, 21)

/** So much of a window is left for all who chose its last hour (minutes). */
export const LAST_HOUR_MINUTES = 30

/**
 * Whether a chosen hour lies in a channel's window: after its beginning, which is everybody's own
 * hour, and with time left to send. *Pure.*
 */
export function isHourWithin(hour: LocalTime, { from, to }: SendWindow): boolean {
  return minutesOf(hour) > minutesOf(from) && minutesOf(hour) + LAST_HOUR_MINUTES <= minutesOf(to)
}

type HourSettings = Pick<MunicipalitySettings, 'hours' | 'windows'>

/** Hours that the readers of a channel may choose, in their order; none is the usual case. *Pure.* */
export function hoursOffered(
  { hours = [], windows }: HourSettings,
  channel: ChannelName,
): LocalTime[] {
  return hours.filter((hour) => isHourWithin(hour, windows[channel])).toSorted()
}

/** The hour a reader chose and their municipality offers; null is the municipality's own. *Pure.* */
export function hourOf(
  settings: HourSettings,
  channel: ChannelName,
  wishes: Pick<Wishes, 'hour'> | undefined,
): LocalTime | null {
  const hour = wishes?.hour
  return hour !== undefined && hoursOffered(settings, channel).includes(hour) ? hour : null
}

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

function minutesOf(time: LocalTime): number {
  const [hours = 0, minutes = 0] = time.split(':').map(Number)
  return hours * 60 + minutes
}

function halfHours(first: number, last: number): LocalTime[] {
  return Array.from({ length: (last - first) * 2 + 1 }, (_, at) => {
    const hour = String(first + Math.floor(at / 2)).padStart(2, '0')
    return `${hour}:${at % 2 === 0 ? '00' : '30'}`
  })
}
