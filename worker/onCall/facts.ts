import type { DeliveryHalf } from '../app/deliveryHalf'
import { readBackupLog } from '../ledger/backupLog'
import { ledgerCollections } from '../ledger/collections'
import type { Run } from '../ledger/documents'
import { readLineHealth } from '../report/keptHealth'
import { isOpenStill } from '../runs/due'
import type { Facts } from './sightings'

/** What a look reads of the delivery half. */
export type LookedAt = Pick<
  DeliveryHalf,
  'db' | 'alerts' | 'contentStore' | 'incarnations' | 'halts' | 'unknownMails' | 'now'
>

/** So long after its hour a run has its plan, or something is wrong. */
const LATE_AFTER_MS = 30 * 60_000

/** This is told from elsewhere: everybody was refused, and it is tried again by itself. */
const TRIED_AGAIN = 'all-refused'

/** Reads all that people on call are told of. */
export async function readFacts(looked: LookedAt): Promise<Facts> {
  const { db, alerts, contentStore, incarnations, halts, unknownMails, now } = looked
  const [counts, signs, loss, state, open, mails, halted, backup, health] = await Promise.all([
    alerts.all(),
    ledgerCollections(db).heartbeats.find().toArray(),
    incarnations.open(),
    contentStore.readState(),
    openRuns(looked),
    unknownMails.list(),
    halts.all(),
    readBackupLog(db),
    readLineHealth(db),
  ])
  const signOf = (id: string) => signs.find(({ _id }) => _id === id)?.at ?? null
  return {
    alerts: counts,
    tickAt: signOf('tick'),
    webAt: signOf('web'),
    lostAt: loss?.until ?? null,
    syncedAt: state.syncedAt,
    held: open.flatMap(({ state: at, hold }) =>
      at === 'held' && hold && hold.code !== TRIED_AGAIN ? [hold.at] : [],
    ),
    late: open.flatMap((run) => lateSince(run, now())),
    unknownMails: mails.map(({ at }) => new Date(at)),
    halts: halted.map(({ at }) => at),
    ...backup,
    lineTroubles: [...health.values()].flatMap(({ troubles }) => troubles),
  }
}

function openRuns({ db }: LookedAt): Promise<Run[]> {
  const unplanned = { $in: ['requested', 'planning', 'held'] as Run['state'][] }
  return ledgerCollections(db)
    .runs.find({ state: unplanned, kind: { $ne: 'welcome' } })
    .toArray()
}

/** When a run should have had its plan, where it has none and its hours last. */
function lateSince(run: Run, now: Date): Date[] {
  const { state, plan, isStale, opensAt } = run
  const opens = new Date(Math.min(...Object.values(opensAt).map(Number)))
  const isDue = state !== 'held' && plan === null && !isStale && isOpenStill(run, now)
  return isDue && now.getTime() - opens.getTime() > LATE_AFTER_MS ? [opens] : []
}
