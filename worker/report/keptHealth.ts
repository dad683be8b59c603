import type { Collection, Db } from 'mongodb'

import type { LineTrouble } from '../../src/operation/lineTroubles'
import type { YieldedDay } from '../../src/operation/yielded'
import type { WebhookTest } from '../../src/operation/webhookTest'
import type { LocalDay } from '../../src/stage/day'
import type { LineHealth } from '../channel/lineHealthChannel'

/** How a LINE account was when LINE was last asked, as stored in `lineHealth`. */
export interface KeptHealth {
  /** Id of the account in the CMS. */
  _id: string
  /** When LINE last answered; null before it has. */
  at: Date | null
  /** Nobody asks before. */
  nextAt: Date
  health: LineHealth | null
  /** Code of the answer when it could not be read; null when it could. */
  code: string | null
  troubles: LineTrouble[]
  /** The latest day that LINE has counted, beside the ledger's. */
  counted: CountedDay | null
  /** Of what was used when LINE last answered, what the ledger's runs of that day have sent. */
  sentToday?: number
  /** What does not go out in the rest of the month, so that it lasts for the others. */
  yielded?: YieldedDay[]
  /** Whether its events go to another place than this installation's. */
  isSentElsewhere?: boolean
  /** LINE's last test of its webhook; null where there is nothing of ours to test. */
  webhookTest?: WebhookTest | null
}

/** Messages of a day by LINE's count and by the ledger's. */
export interface CountedDay {
  day: LocalDay
  line: number
  ours: number
}

/** What was last known of each account, by its id. */
export async function readLineHealth(db: Db): Promise<Map<string, KeptHealth>> {
  return new Map((await healthOf(db).find().toArray()).map((one) => [one._id, one]))
}

/** Where it is stored. */
export function healthOf(db: Db): Collection<KeptHealth> {
  return db.collection<KeptHealth>('lineHealth')
}
