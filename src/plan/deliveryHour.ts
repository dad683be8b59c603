import type { LocalTime } from '../stage/localTime'
import type { ChannelName, MunicipalitySettings, SendWindow } from './settings'
import type { Wishes } from './wishes'

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

function minutesOf(time: LocalTime): number {
  const [hours = 0, minutes = 0] = time.split(':').map(Number)
  return hours * 60 + minutes
}
