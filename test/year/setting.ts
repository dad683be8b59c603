// Where and when the year is.
import type { Day } from './days'

/** The year begins here; it has a 29 February and a 1 April. */
export const FIRST_DAY: Day = '2032-01-05'

/** Towns of the year, and how texts come there. */
export const TOWNS = [
  { code: '999016', name: 'みなと町', channels: ['line', 'mail'] },
  { code: '999024', name: 'もり市', channels: ['line', 'mail'] },
  { code: '999032', name: 'はま村', channels: ['mail'] },
] as const

/** A channel. */
export type Channel = 'line' | 'mail'

/** When something is done: before the day's texts go out, or after. */
export type Time = 'morning' | 'afternoon'
