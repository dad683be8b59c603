import { z } from 'zod'

import { figureShape } from '../statistics/figures'

/** What may become of a message, in the order in which it is told. */
export const OUTCOMES = [
  'accepted',
  'planned',
  'inFlight',
  'deferred',
  'rejected',
  'unknown',
  'expired',
  'excluded',
] as const

/** One of these. */
export type Outcome = (typeof OUTCOMES)[number]

const instant = z.iso.datetime().max(40)
const code = z.string().max(100)

const count = figureShape.optional()
const counts = z.strictObject(
  Object.fromEntries(OUTCOMES.map((outcome) => [outcome, count])) as Record<Outcome, typeof count>,
)

const run = z.strictObject({
  id: z.string().max(200),
  kind: z.enum(['daily', 'urgent']),
  state: z.enum(['requested', 'planning', 'sending', 'done', 'held']),
  isStale: z.boolean(),
  /** The first and the last instant at which something of it may go. */
  opensAt: instant,
  closesAt: instant,
  /** When it is looked at again; null: at once. */
  wakeAt: instant.nullable(),
  hold: z.strictObject({ code, detail: z.string().max(1000), at: instant }).nullable(),
  /** Null before it is planned. */
  deliveries: figureShape.nullable(),
  counts,
})

const town = z.strictObject({
  code: z.string().max(6),
  name: z.string().max(200),
  /** Whether its deliveries rest, as somebody has decided. */
  isResting: z.boolean(),
  /** What else keeps it from sending, each in words; empty when it is ready. */
  lacks: z.array(z.string().max(200)).max(10),
  runs: z.array(run).max(200),
  /** People who registered today and are greeted; null where it is not told. */
  welcomes: z.number().int().nonnegative().nullable(),
})

/** The shape in which the delivery half tells the CMS. */
export const statusShape = z.strictObject({
  /** When it was read, and the day it is of. */
  at: instant,
  date: z.string().max(10),
  /** Last signs of the workers that have not ended cleanly, newest first. */
  workers: z.array(instant).max(1000),
  /** When the CMS was last taken over wholly, and how many texts are in force. */
  content: z.strictObject({ syncedAt: instant.nullable(), texts: z.number().int() }),
  towns: z.array(town).max(5000),
  /** What a person had to know within the last day, newest first. */
  alerts: z.array(z.strictObject({ code, count: z.number().int(), lastAt: instant })).max(200),
})

/** How deliveries stand on a day: of messages, and of no person. */
export type DeliveryStatus = z.infer<typeof statusShape>

/** One municipality's day. */
export type TownStatus = DeliveryStatus['towns'][number]

/** A run of the day. */
export type RunStatus = TownStatus['runs'][number]

/** A status as it was kept, or null when it is none. *Pure.* */
export function readStatus(value: unknown): DeliveryStatus | null {
  const parsed = statusShape.safeParse(value)
  return parsed.success ? parsed.data : null
}
