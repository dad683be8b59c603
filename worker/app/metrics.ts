import type { Db } from 'mongodb'
import { collectDefaultMetrics, Counter, Gauge, Registry } from 'prom-client'

import type { Alerts } from './alerts'
import { ledgerCollections } from '../ledger/collections'
import type { RunState } from '../ledger/states'

/** Runs that are not over. */
const STATES: RunState[] = ['requested', 'planning', 'sending', 'held']

/**
 * Numbers for the operator: the web side's own process, and of all workers what they leave in the
 * database (sign of life, runs under way, alerts).
 */
export function createMetrics({ db, alerts }: { db: Db; alerts: Alerts }): Registry {
  const registry = new Registry()
  collectDefaultMetrics({ register: registry })
  addHeartbeat(registry, db)
  addRuns(registry, db)
  addAlerts(registry, alerts)
  return registry
}

function addHeartbeat(registry: Registry, db: Db) {
  const { heartbeats } = ledgerCollections(db)
  new Gauge({
    name: 'kizuna_last_tick_timestamp_seconds',
    help: 'When a worker last computed what is due; alert when it is older than a minute.',
    registers: [registry],
    async collect() {
      const last = await heartbeats.findOne({ _id: 'tick' })
      this.set(last ? last.at.getTime() / 1000 : 0)
    },
  })
}

function addRuns(registry: Registry, db: Db) {
  new Gauge({
    name: 'kizuna_runs',
    help: 'Unfinished runs by state; held ones wait for a person.',
    labelNames: ['state'],
    registers: [registry],
    async collect() {
      for (const state of STATES) {
        this.set({ state }, await ledgerCollections(db).runs.countDocuments({ state }))
      }
    },
  })
}

function addAlerts(registry: Registry, alerts: Alerts) {
  new Counter({
    name: 'kizuna_alerts_total',
    help: 'What a person had to know, by code, of all workers since the database was made.',
    labelNames: ['code'],
    registers: [registry],
    async collect() {
      this.reset()
      for (const { _id: code, count } of await alerts.all()) this.inc({ code }, count)
    },
  })
  new Gauge({
    name: 'kizuna_last_alert_timestamp_seconds',
    help: 'When an alert of this code last happened.',
    labelNames: ['code'],
    registers: [registry],
    async collect() {
      for (const { _id: code, lastAt } of await alerts.all()) {
        this.set({ code }, lastAt.getTime() / 1000)
      }
    },
  })
}
