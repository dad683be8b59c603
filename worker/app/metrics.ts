import type { Db } from 'mongodb'
import { collectDefaultMetrics, Counter, Gauge, Registry } from 'prom-client'

import { OUTCOMES, type DeliveryStatus } from '../../src/operation/status'
import { readBackupLog } from '../ledger/backupLog'
import { readerCollections } from '../readers/collections'
import { readLineHealth } from '../report/keptHealth'
import { createToday } from '../report/today'
import { ledgerCollections } from '../ledger/collections'
import { createLedgerReader } from '../ledger/reading'
import { OPEN_BATCH_STATES, type RunState } from '../ledger/states'
import type { DeliveryHalf } from './deliveryHalf'
import { countLiving } from './workerSign'

/** Runs that are not over. */
const STATES: RunState[] = ['requested', 'planning', 'sending', 'held']

/** A sample: the values of its labels, and its number. */
type Sample = readonly [labels: Record<string, string>, value: number]

/** A metric that is read from the database at each scrape. */
interface Metric {
  name: string
  help: string
  labelNames?: string[]
  /** Whether it only rises. */
  isCounter?: true
  read: (reading: Reading) => Promise<readonly Sample[]>
}

interface Reading extends Pick<
  DeliveryHalf,
  'db' | 'alerts' | 'now' | 'contentStore' | 'halts' | 'unknownMails' | 'syncedContent'
> {
  /** How deliveries stand today, read once a scrape. */
  today: () => Promise<DeliveryStatus>
}

/**
 * Numbers for the operator: the web side's own process, and of all workers what they leave in the
 * database. Of messages and machines, of no person.
 */
export function createMetrics(
  delivery: Omit<Reading, 'today'> & Pick<DeliveryHalf, 'contentStore'>,
): Registry {
  const registry = new Registry()
  collectDefaultMetrics({ register: registry })
  const reader = createToday({ ...delivery, ledger: createLedgerReader(delivery.db) })
  let reading: Promise<DeliveryStatus> | null = null
  const today = () => {
    reading ??= reader.read().finally(() => {
      reading = null
    })
    return reading
  }
  for (const metric of METRICS) add(registry, metric, { ...delivery, today })
  return registry
}

function add(registry: Registry, metric: Metric, reading: Reading): void {
  const { name, help, labelNames = [], isCounter, read } = metric
  const common = { name, help, labelNames, registers: [registry] }
  if (isCounter) {
    new Counter({
      ...common,
      async collect() {
        this.reset()
        for (const [labels, value] of await read(reading)) this.inc(labels, value)
      },
    })
    return
  }
  new Gauge({
    ...common,
    async collect() {
      this.reset()
      for (const [labels, value] of await read(reading)) this.set(labels, value)
    },
  })
}

/** Every metric of ours besides the web side's own. */
const METRICS: readonly Metric[] = [
  {
    name: 'kizuna_last_tick_timestamp_seconds',
    help: 'When a worker last computed what is due; alert when it is older than a minute.',
    read: async ({ db }) => [[{}, seconds((await heartbeatOf(db))?.at)]],
  },
  {
    name: 'kizuna_workers',
    help: 'Workers that have signed within the last minute.',
    read: async (reading) => [[{}, await countLiving(reading)]],
  },
  {
    name: 'kizuna_last_sync_timestamp_seconds',
    help: 'When the CMS was last taken over wholly.',
    read: async ({ contentStore }) => [[{}, seconds((await contentStore.readState()).syncedAt)]],
  },
  {
    name: 'kizuna_runs',
    help: 'Unfinished runs by state; held ones wait for a person.',
    labelNames: ['state'],
    read: async ({ db }) => {
      const { runs } = ledgerCollections(db)
      const counts = await Promise.all(STATES.map((state) => runs.countDocuments({ state })))
      return STATES.map((state, at): Sample => [{ state }, counts[at] ?? 0])
    },
  },
  {
    name: 'kizuna_open_batches',
    help: 'Calls and lists of mails of unfinished runs that are not settled.',
    read: async ({ db }) => {
      const { runs, batches } = ledgerCollections(db)
      const open = await runs.find({ state: { $in: STATES } }, { projection: { _id: 1 } }).toArray()
      const run = { $in: open.map(({ _id }) => _id) }
      return [[{}, await batches.countDocuments({ run, state: { $in: [...OPEN_BATCH_STATES] } })]]
    },
  },
  {
    name: 'kizuna_deliveries_today',
    help: 'Texts of today by what became of them.',
    labelNames: ['outcome'],
    read: async ({ today }) => {
      const runs = (await today()).towns.flatMap((town) => town.runs)
      return OUTCOMES.map((outcome): Sample => {
        const counts = runs.map(({ counts: one }) => one[outcome] ?? 0)
        return [{ outcome }, counts.reduce<number>((sum, one) => sum + Number(one), 0)]
      })
    },
  },
  {
    name: 'kizuna_planning_seconds_max',
    help: 'Longest planning of a daily run of today, from when it was asked for.',
    read: async ({ db, today }) => {
      const { date } = await today()
      const planned = { date, kind: 'daily' as const, plannedAt: { $exists: true } }
      const found = await ledgerCollections(db).runs.find(planned).toArray()
      const took = found.map(
        ({ requestedAt, plannedAt = requestedAt }) => seconds(plannedAt) - seconds(requestedAt),
      )
      return [[{}, Math.max(0, ...took)]]
    },
  },
  {
    name: 'kizuna_unknown_mails',
    help: 'Mails of which nobody knows whether they went; a person decides them.',
    read: async ({ unknownMails }) => [[{}, (await unknownMails.list()).length]],
  },
  {
    name: 'kizuna_halts',
    help: 'What people have stopped and not let go on.',
    read: async ({ halts }) => [[{}, (await halts.all()).length]],
  },
  {
    name: 'kizuna_suppressions',
    help: 'Addresses that nothing is sent to because they refused or complained.',
    read: async ({ db }) => [
      [{}, await readerCollections(db).suppressions.estimatedDocumentCount()],
    ],
  },
  {
    name: 'kizuna_bounces_30d',
    help: 'Mails that came back in the last 30 days, by kind.',
    labelNames: ['kind'],
    read: async ({ db }) => {
      const found = await readerCollections(db)
        .bounces.aggregate<{ _id: string; count: number }>([
          { $group: { _id: '$kind', count: { $sum: 1 } } },
        ])
        .toArray()
      return found.map(({ _id, count }): Sample => [{ kind: _id }, count])
    },
  },
  {
    name: 'kizuna_line_quota_used',
    help: 'Messages of this month by LINE account.',
    labelNames: ['account'],
    read: async (reading) => lineSamples(reading, ({ used }) => used),
  },
  {
    name: 'kizuna_line_quota_limit',
    help: 'Messages that a LINE account may send this month; absent without a limit.',
    labelNames: ['account'],
    read: async (reading) => lineSamples(reading, ({ limit }) => limit),
  },
  {
    name: 'kizuna_line_troubles',
    help: 'What is wrong with a LINE account, by code.',
    labelNames: ['account', 'code'],
    read: async ({ db, syncedContent }) => {
      const kept = [...(await readLineHealth(db)).values()]
      return kept.flatMap(({ _id, troubles }) =>
        troubles.map((code): Sample => [{ account: nameOf(syncedContent, _id), code }, 1]),
      )
    },
  },
  {
    name: 'kizuna_backup_timestamp_seconds',
    help: 'When a backup was last taken, and last put back on trial; 0: never.',
    labelNames: ['what'],
    read: async ({ db }) => {
      const { takenAt, verifiedAt } = await readBackupLog(db)
      return [
        [{ what: 'taken' }, seconds(takenAt)],
        [{ what: 'verified' }, seconds(verifiedAt)],
      ]
    },
  },
  {
    name: 'kizuna_alerts_total',
    help: 'What a person had to know, by code, of all workers since the database was made.',
    labelNames: ['code'],
    isCounter: true,
    read: async ({ alerts }) =>
      (await alerts.all()).map(({ _id: code, count }): Sample => [{ code }, count]),
  },
  {
    name: 'kizuna_last_alert_timestamp_seconds',
    help: 'When an alert of this code last happened.',
    labelNames: ['code'],
    read: async ({ alerts }) =>
      (await alerts.all()).map(({ _id: code, lastAt }): Sample => [{ code }, seconds(lastAt)]),
  },
]

/** Names of the metrics that are read from the database. */
export const METRIC_NAMES: readonly string[] = METRICS.map(({ name }) => name)

function heartbeatOf(db: Db) {
  return ledgerCollections(db).heartbeats.findOne({ _id: 'tick' })
}

async function lineSamples(
  { db, syncedContent }: Reading,
  numberOf: (health: { used: number; limit: number | null }) => number | null,
): Promise<Sample[]> {
  return [...(await readLineHealth(db)).values()].flatMap(({ _id, health }): Sample[] => {
    const value = health && numberOf(health)
    return value === null ? [] : [[{ account: nameOf(syncedContent, _id) }, value]]
  })
}

/** The account's `@…` id, by which people know it. */
function nameOf({ line }: Reading['syncedContent'], id: string): string {
  return line(id)?.basicId ?? id
}

function seconds(at: Date | null | undefined): number {
  return at ? at.getTime() / 1000 : 0
}
