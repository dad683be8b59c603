import { once } from 'node:events'

import { Gauge, Registry, collectDefaultMetrics } from 'prom-client'

import type { Delivery } from './delivery'
import { ledgerCollections } from './ledger/collections'
import type { RunState } from './ledger/states'
import type { WebLog, WebSettings } from './web/webOptions'
import { createWeb } from './web/web'

/** How long settings are used before the database is asked again. */
const FRESH_MS = 2000

interface WebSideOptions {
  delivery: Delivery
  port: number
  publicUrl: string
  log: WebLog
  /** Where the sandbox adds a friend; absent with the real LINE. */
  friendUrl?: string
}

/** Starts the readers' pages and the webhook on a port. */
export async function startWebSide({ delivery, port, publicUrl, log, friendUrl }: WebSideOptions) {
  const { readers, mail, line, ring, now, welcomes } = delivery
  const settings = webSettings(delivery)
  const app = createWeb({
    ...{ readers, settings, mail, line, ring, now, publicUrl, log },
    requestWelcome: welcomes.requestWelcome,
    metrics: createMetrics(delivery),
    isReady: () => isReady(delivery),
    ...(friendUrl === undefined ? {} : { friendUrl: () => friendUrl }),
  })
  const server = app.listen(port)
  await once(server, 'listening')
  return {
    stop: async (): Promise<void> => {
      const closed = once(server, 'close')
      server.close()
      server.closeIdleConnections()
      setTimeout(() => server.closeAllConnections(), 3000).unref()
      await closed
    },
  }
}

function webSettings({ held, now }: Delivery): WebSettings {
  let freshUntil = 0
  const fresh = async () => {
    if (now().getTime() < freshUntil) return held
    await held.refresh()
    freshUntil = now().getTime() + FRESH_MS
    return held
  }
  return {
    municipality: async (code) => (await fresh()).settings(code),
    municipalities: async () => (await fresh()).municipalities(),
    lineAccount: async (id) => (await fresh()).line(id),
    lineAccountByChannel: async (channelId) => (await fresh()).lineByChannel(channelId),
  }
}

async function isReady({ db, held }: Delivery): Promise<boolean> {
  await db.command({ ping: 1 })
  await held.refresh()
  return held.isReady()
}

/** Numbers for the operator: sign of life, runs that wait for a person, runs under way. */
function createMetrics({ db }: Delivery): Registry {
  const registry = new Registry()
  collectDefaultMetrics({ register: registry })
  const heartbeats = db.collection<{ _id: string; at: Date }>('heartbeats')
  new Gauge({
    name: 'kizuna_last_tick_timestamp_seconds',
    help: 'When a worker last computed what is due; alert when it is older than a minute.',
    registers: [registry],
    async collect() {
      const last = await heartbeats.findOne({ _id: 'tick' })
      this.set(last ? last.at.getTime() / 1000 : 0)
    },
  })
  new Gauge({
    name: 'kizuna_runs',
    help: 'Unfinished runs by state; held ones wait for a person.',
    labelNames: ['state'],
    registers: [registry],
    async collect() {
      const states: RunState[] = ['requested', 'planning', 'sending', 'held']
      for (const state of states) {
        this.set({ state }, await ledgerCollections(db).runs.countDocuments({ state }))
      }
    },
  })
  return registry
}
