// Three towns: the real worker and web side in this process, a CMS, LINE and a relay that stand in.
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

import { freePort } from '../../src/local/port'
import { generateKeyRing } from '../../src/secret/seal'
import { openDeliveryHalf, type DeliveryHalf } from '../../worker/app/deliveryHalf'
import { createService, type Service } from '../../worker/app/service'
import { startWebProgram } from '../../worker/app/webProgram'
import { createSandbox, type Sandbox } from '../../worker/sandbox/sandbox'
import { openCms, type CmsStandIn } from './cms'
import { instant, type Day } from './days'
import { accountsOf, createReleases } from './releases'

/** Address of the web side as families read it. */
export const PUBLIC_URL = 'https://web.example'

/** Everything a year lives in. */
export interface World {
  cms: CmsStandIn
  sandbox: Sandbox
  /** Of the worker that lives now: a restart opens another. */
  worker: () => { delivery: DeliveryHalf; service: Service }
  /** Ends the worker and the web side, and starts them again, as an upgrade does. */
  restart: (meanwhile?: () => Promise<unknown>) => Promise<void>
  webUrl: () => string
  goTo: (day: Day, time: string) => void
  now: () => Date
  alerts: Map<string, number>
  /** What programs said of failures, and how often they warned of what. */
  failures: string[]
  warnings: Map<string, number>
  /** Folder of its own, the database and its keys: for a backup. */
  folder: string
  databaseUrl: string
  keys: () => string
  /** Gives the programs other keys; they read them when they start. */
  changeKeys: (change: (keys: string) => string) => void
  newRelease: ReturnType<typeof createReleases>
  close: () => Promise<void>
}

/** Opens the towns on an empty database; the clock stands until it is put on. */
export async function openWorld(of: { databaseUrl: string; first: Day }): Promise<World> {
  let at = new Date(instant(of.first, '00:00'))
  const now = () => at
  const folder = await mkdtemp(join(tmpdir(), 'kizuna-year-'))
  const cms = await openCms()
  const port = await freePort()
  const sandbox = await createSandbox({
    ...{ port: 0, smtpPort: 0, now, folder, perSecond: null },
    channels: accountsOf().map(({ channelId, channelSecret, provider, basicId, name }) => ({
      ...{ channelId, channelSecret, provider, basicId, name },
      webhookUrl: `http://127.0.0.1:${port}/line/${channelId}`,
    })),
  })
  const alerts = new Map<string, number>()
  const failures: string[] = []
  const warnings = new Map<string, number>()
  const told = { alerts, failures, warnings }
  const programs = { ...of, ...told, now, cms, sandbox, port, keys: generateKeyRing() }
  let running = await startPrograms(programs)
  cms.collections.set('kizuna-series', seriesDocuments())
  cms.collections.set('kizuna-line-accounts', accountsOf())
  cms.collections.set('kizuna-releases', [])
  return {
    ...{ cms, sandbox, now, ...told, newRelease: createReleases() },
    ...{ folder, databaseUrl: of.databaseUrl, keys: () => programs.keys },
    changeKeys: (change) => {
      programs.keys = change(programs.keys)
    },
    worker: () => running,
    restart: async (meanwhile) => {
      await running.stop()
      await meanwhile?.()
      running = await startPrograms(programs)
    },
    webUrl: () => `http://127.0.0.1:${port}`,
    goTo: (day, time) => {
      at = new Date(instant(day, time))
    },
    close: async () => {
      await running.stop()
      await Promise.all([sandbox.stop(), cms.close()])
      await rm(folder, { recursive: true, force: true })
    },
  }
}

function seriesDocuments(): Record<string, unknown>[] {
  return ['pregnancy', 'child'].map((code) => ({ id: code, code }))
}

interface Programs {
  databaseUrl: string
  keys: string
  now: () => Date
  cms: CmsStandIn
  sandbox: Sandbox
  port: number
  alerts: Map<string, number>
  failures: string[]
  warnings: Map<string, number>
}

async function startPrograms(of: Programs) {
  const { databaseUrl, keys, now, cms, sandbox, port, alerts, failures, warnings } = of
  const delivery = await openDeliveryHalf({
    ...{ databaseUrl, keys, now, cmsUrl: cms.url, cmsApiKey: 'x'.repeat(20) },
    ...{ lineApiUrl: sandbox.url, smtpUrl: sandbox.smtpUrl, publicUrl: PUBLIC_URL },
    ...{ linePerSecond: Infinity, mailConnections: 10 },
    mailLimits: { perSecond: Infinity, atOnce: Infinity },
    onAlert: (code) => void alerts.set(code, (alerts.get(code) ?? 0) + 1),
  })
  const failed = (fields: object, message: string) =>
    void failures.push(`${message} ${JSON.stringify(fields)}`)
  const warn = (_: object, message: string) =>
    void warnings.set(message, (warnings.get(message) ?? 0) + 1)
  const log = { info: () => undefined, warn, error: failed }
  const service = createService({ delivery, log, onAlert: delivery.onAlert })
  const web = await startWebProgram({
    ...{ delivery, port, publicUrl: PUBLIC_URL, log, trustProxy: 1 },
  })
  return {
    delivery,
    service,
    stop: async () => {
      await web.stop()
      await service.drain()
      await delivery.close()
    },
  }
}
