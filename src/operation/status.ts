import { z } from 'zod'

import { figureShape } from '../statistics/figures'
import { MAX_DECIDED } from './act'
import { scopeShape } from './halt'
import { lineTroubleShape } from './lineTroubles'
import { webhookTestShape } from './webhookTest'
import { yieldedDayShape } from './yielded'

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

const unknownMail = z.strictObject({
  /** Its number at the desk; it tells of no person. */
  number: z.string().max(40),
  date: z.string().max(10),
  at: instant,
  code,
  /** Whether it may be sent again: its day is not over. */
  mayGoAgain: z.boolean(),
})

/** A mail of which nobody knows whether it went. */
export type UnknownMail = z.infer<typeof unknownMail>

const town = z.strictObject({
  code: z.string().max(6),
  name: z.string().max(200),
  /** Whether its deliveries rest, as somebody has decided. */
  isResting: z.boolean(),
  /** Ids of the LINE accounts that it sends through. */
  lines: z.array(z.string().max(100)).max(10),
  /** Scopes of the stops that concern it. */
  haltedBy: z.array(scopeShape).max(10),
  /** What else keeps it from sending, each in words; empty when it is ready. */
  lacks: z.array(z.string().max(200)).max(10),
  runs: z.array(run).max(200),
  /** People who registered today and are greeted; null where it is not told. */
  welcomes: z.number().int().nonnegative().nullable(),
  /** Texts of the next day, as it would be planned now; null where it is not known yet. */
  tomorrow: figureShape.nullable(),
  /** Mails of which nobody knows whether they went, oldest first, and how many there are. */
  unknown: z.strictObject({
    count: z.number().int().nonnegative(),
    mails: z.array(unknownMail).max(MAX_DECIDED),
  }),
})

const line = z.strictObject({
  id: z.string().max(100),
  /** Its `@…` id. */
  name: z.string().max(200),
  /** When LINE last answered, or null; the code of the answer when it could not be read. */
  askedAt: instant.nullable(),
  code: code.nullable(),
  troubles: z.array(lineTroubleShape).max(10),
  /** Messages of a month, or null for no limit; those of this month, and what it will come to. */
  limit: z.number().int().nonnegative().nullable(),
  used: figureShape.nullable(),
  expected: figureShape.nullable(),
  /** What does not go out through it in the rest of the month, so that it lasts for the others. */
  yielded: z.array(yieldedDayShape).max(31).default([]),
  webhook: z.boolean().nullable(),
  /** Whether its events go to another place than this installation's. */
  isSentElsewhere: z.boolean().default(false),
  /** LINE's last test of its webhook; null where none was made. */
  webhookTest: webhookTestShape.nullable().default(null),
  menu: z.enum(['ours', 'other', 'none']).nullable(),
  /** The latest day that LINE has counted, beside the ledger. */
  counted: z
    .strictObject({ day: z.string().max(10), line: figureShape, ours: figureShape })
    .nullable(),
})

/** How a LINE account is. */
export type LineStatus = z.infer<typeof line>

const halt = z.strictObject({ scope: scopeShape, since: instant, reason: z.string().max(300) })

/** What somebody has stopped, until somebody lets it go on. */
export type HaltStatus = z.infer<typeof halt>

const backup = z.strictObject({ takenAt: instant.nullable(), verifiedAt: instant.nullable() })

/** The shape in which the delivery half tells the CMS. */
export const statusShape = z.strictObject({
  /** When it was read, and the day it is of. */
  at: instant,
  date: z.string().max(10),
  /** Last signs of the workers that have not ended cleanly, newest first. */
  workers: z.array(instant).max(1000),
  /** When the CMS was last taken over wholly, and how many texts are in force. */
  content: z.strictObject({ syncedAt: instant.nullable(), texts: z.number().int() }),
  /** When a backup was last taken, and last put back on trial; null where it never was. */
  backup,
  towns: z.array(town).max(5000),
  /** What people have stopped, and why. */
  halts: z.array(halt).max(1000),
  /** LINE accounts, as people know them. */
  lines: z.array(line).max(5000),
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
