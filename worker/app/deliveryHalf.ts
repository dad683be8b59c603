import { hostname } from 'node:os'

import { MongoClient } from 'mongodb'

import { parseKeyRing } from '../../src/secret/seal'
import type { LocalDay } from '../../src/stage/day'
import { createAlerts } from './alerts'
import { createAudience } from '../planning/audience'
import { createLineChannel } from '../channel/line'
import { createMailChannel } from '../channel/mail'
import { createPace, SYSTEM_CLOCK } from '../channel/pace'
import { createCms } from '../content/cms'
import { createSyncedContent } from '../content/syncedContent'
import { createContentStore } from '../content/store'
import { createSync } from '../content/sync'
import { createPauses } from '../deliver/pause'
import { createRecipients, type Recipient } from '../deliver/recipients'
import { createSender } from '../deliver/run'
import { ensureLedgerIndexes, keyNamespace } from '../ledger/collections'
import { createPlanningStore } from '../ledger/plans'
import { createRunStore } from '../ledger/runs'
import { createSendingStore } from '../ledger/sending'
import { createPlanner } from '../planning/planner'
import type { Identity } from '../readers/reader'
import { createReaderStore } from '../readers/store'
import { createRunWorker } from '../runs/runWorker'
import { createLinks } from '../web/link'
import { createWelcomes, WELCOME_TEXT } from '../runs/welcomes'

/** Where everything is; each a plain address or secret. */
export interface DeliveryHalfConfig {
  databaseUrl: string
  cmsUrl: string
  cmsApiKey: string
  lineApiUrl: string
  smtpUrl: string
  /** Address of the web side as readers see it. */
  publicUrl: string
  /** In the notation of `parseKeyRing`. */
  keys: string
  now: () => Date
  /** Something a person must know; codes and numbers, never personal data. */
  onAlert?: (code: string, detail: Record<string, unknown>) => void
  /** Open connections to the relay. */
  mailConnections?: number
  /** Requests a second of one LINE channel; the vendor's limit by default. */
  linePerSecond?: number
}

/**
 * Connects the delivery half: database, what is synced of the CMS, channels, ledger and run worker.
 * Used by the worker, the web side and the commands.
 *
 * @throws MongoServerSelectionError when the database does not answer within 5 s.
 */
export async function openDeliveryHalf(config: DeliveryHalfConfig) {
  const { now } = config
  const client = new MongoClient(config.databaseUrl, {
    serverSelectionTimeoutMS: 5000,
    ignoreUndefined: true,
    maxPoolSize: 40,
  })
  await client.connect()
  const db = client.db()
  await db.command({ ping: 1 })
  const alerts = createAlerts({ db, now })
  const onAlert = (code: string, detail: Record<string, unknown>): void => {
    alerts.record(code)
    config.onAlert?.(code, detail)
  }
  const ring = parseKeyRing(config.keys)
  const readers = createReaderStore({ db, ring, now })
  await Promise.all([ensureLedgerIndexes(db), readers.ensureIndexes()])

  const contentStore = createContentStore({ db, ring })
  const syncedContent = createSyncedContent(contentStore)
  const cms = createCms({ url: config.cmsUrl, apiKey: config.cmsApiKey })
  const sync = createSync({ cms, store: contentStore, now, onAlert })

  const { linePerSecond: perSecond } = config
  const pace = createPace({
    clock: SYSTEM_CLOCK,
    ...(perSecond === undefined ? {} : { perSecond }),
  })
  const line = createLineChannel({ baseUrl: config.lineApiUrl, pace, now })
  const { smtpUrl, mailConnections: maxConnections } = config
  const mail = createMailChannel({ smtpUrl, now, ...(maxConnections ? { maxConnections } : {}) })

  const owner = `${hostname()}:${process.pid}`
  const runs = createRunStore({ db, now, owner })
  const audience = createAudience(db)
  const planning = createPlanningStore(db)
  const namespace = await keyNamespace(db)
  const planner = createPlanner({ audience, store: planning, namespace, welcome: WELCOME_TEXT })
  const sending = createSendingStore({ db, now })
  const recipients = createRecipients({ db, openAddress: readers.openAddress })
  const links = createLinks({ ring, publicUrl: config.publicUrl, now })
  const linksOf = (reader: string) => ({
    unsubscribeUrl: links.unsubscribeUrl(reader),
    myPageUrl: links.myPageUrl(reader),
  })
  const send = createSender({
    syncedContent,
    store: sending,
    recipients,
    line,
    mail,
    now,
    linksOf,
    onAlert,
    pauses: createPauses({ now }),
    onAddressFault: (recipient: Recipient) => suppress(recipient),
    onMaybeFilter: async ({ identity }: Recipient, date: LocalDay) => {
      if (identity) await readers.noteMaybeFilter({ ...addressOf(identity), date })
    },
  })
  const worker = createRunWorker({
    syncedContent,
    runs,
    planning,
    planner,
    audience,
    send,
    now,
    onAlert,
  })

  const suppress = async ({ identity }: Recipient): Promise<void> => {
    if (!identity) return
    const reason = identity.channel === 'mail' ? ('bounced' as const) : ('notTaken' as const)
    await readers.suppress({ ...addressOf(identity), reason })
  }

  const close = async (): Promise<void> => {
    await mail.close()
    await alerts.settled()
    await client.close()
  }
  return {
    client,
    db,
    ring,
    readers,
    contentStore,
    syncedContent,
    cms,
    sync,
    line,
    mail,
    runs,
    audience,
    planning,
    sending,
    worker,
    close,
    now,
    alerts,
    onAlert,
    welcomes: createWelcomes({ db, now }),
  }
}

/** What an address is known by, without the address. */
function addressOf({ channel, account, index }: Identity) {
  return { channel, account, index }
}

/** The delivery half, connected. */
export type DeliveryHalf = Awaited<ReturnType<typeof openDeliveryHalf>>
