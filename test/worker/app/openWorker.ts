import { afterEach } from '@jest/globals'

import type { BounceSettings } from '../../../src/config/bounces'
import type { OnCallSettings } from '../../../src/config/onCall'
import type { Release } from '../../../src/release/content'
import { generateKeyRing } from '../../../src/secret/seal'
import {
  openDeliveryHalf,
  type DeliveryHalf,
  type DeliveryHalfConfig,
} from '../../../worker/app/deliveryHalf'
import type { Address, Child } from '../../../worker/readers/reader'
import { createSandbox, type Sandbox } from '../../../worker/sandbox/sandbox'
import type { LineAccount, MunicipalitySettings } from '../../../src/plan/settings'
import { testDatabaseUrl } from '../../database'
import { emptyDatabaseUrl, giveBack } from '../../emptyDatabase'
import { settings, TOWN } from '../../src/plan/town'

/** The LINE account of the invented town. */
export const LINE: LineAccount = {
  id: 'L1',
  provider: 'みなと町',
  kind: 'dedicated',
  channelId: '1234567890',
  channelSecret: '0123456789abcdef0123456789abcdef',
  basicId: '@minato',
}

interface WorkerOptions {
  releases: Release[]
  municipalities?: MunicipalitySettings[]
  now?: string
  cmsUrl?: string
  isPractice?: boolean
  /** Accounts besides the town's own. */
  accounts?: LineAccount[]
  /** Where mails come back to. */
  bounces?: BounceSettings
  /** Whom to tell what a person must know. */
  onCall?: OnCallSettings
}

const running = new Set<{ close: () => Promise<void> }>()

afterEach(async () => {
  for (const worker of running) await worker.close()
})

/**
 * A delivery half on a fresh database with a sandbox beside it, and what is held put in; it is
 * closed after the test.
 */
export async function openWorker(options: WorkerOptions) {
  const { releases, municipalities, now, cmsUrl = 'http://127.0.0.1:9' } = options
  const { isPractice, accounts = [], bounces = null, onCall = null } = options
  const clock = { now: new Date(now ?? '2026-10-06T09:30:00+09:00') }
  const machine = { aheadMs: 0 }
  const sandbox = await createSandbox({
    port: 0,
    smtpPort: 0,
    now: () => clock.now,
    perSecond: null,
    channels: [LINE, ...accounts].map((account) => channelOf(account, NOBODY)),
  })
  const databaseUrl = emptyDatabaseUrl()
  const keys = generateKeyRing()
  const env = {
    DATABASE_URL: testDatabaseUrl(),
    DELIVERY_DATABASE_URL: databaseUrl,
    KIZUNA_KEYS: keys,
    CMS_URL: cmsUrl,
    CMS_API_KEY: 'x'.repeat(20),
    PAYLOAD_SECRET: 's'.repeat(32),
    LINE_API_URL: sandbox.url,
    SMTP_URL: sandbox.smtpUrl,
    PUBLIC_URL: 'https://web.example',
  }
  const alerts: { code: string; detail: Record<string, unknown> }[] = []
  const opened: DeliveryHalf[] = []
  const connect = async (changed: Partial<DeliveryHalfConfig> = {}): Promise<DeliveryHalf> => {
    const delivery = await openDeliveryHalf({
      databaseUrl,
      keys,
      cmsUrl,
      cmsApiKey: 'x'.repeat(20),
      lineApiUrl: sandbox.url,
      smtpUrl: sandbox.smtpUrl,
      publicUrl: 'https://web.example',
      now: () => clock.now,
      ownNow: () => new Date(Date.now() + machine.aheadMs),
      linePerSecond: Infinity,
      mailConnections: 10,
      mailLimits: { perSecond: Infinity, atOnce: Infinity },
      ...(isPractice && { isPractice }),
      bounces,
      onCall,
      onAlert: (code, detail) => alerts.push({ code, detail }),
      ...changed,
    })
    opened.push(delivery)
    return delivery
  }
  const delivery = await connect()
  await holdAll(delivery, { releases, municipalities: municipalities ?? [settings()], accounts })
  const close = async () => {
    running.delete(worker)
    for (const one of opened) await one.close()
    await sandbox.stop()
    await giveBack(databaseUrl)
  }
  const worker = { delivery, connect, env, sandbox, clock, machine, alerts, close }
  running.add(worker)
  return worker
}

/** Where nobody listens: the account has a webhook, whose events these tests do not need. */
export const NOBODY = 'http://127.0.0.1:9/line/webhook'

/** An account as the sandbox knows it. */
export function channelOf(account: LineAccount, webhookUrl: string | null) {
  const { channelId, channelSecret, provider, basicId } = account
  return { channelId, channelSecret, provider, basicId, name: 'みなと町', webhookUrl }
}

/** A worker under test. */
export type WorkerUnderTest = Awaited<ReturnType<typeof openWorker>>

/** Puts releases and settings in, as a synchronisation does. */
export function hold(
  delivery: DeliveryHalf,
  releases: Release[],
  municipalities: MunicipalitySettings[],
): Promise<void> {
  return holdAll(delivery, { releases, municipalities, accounts: [] })
}

interface Held {
  releases: Release[]
  municipalities: MunicipalitySettings[]
  /** Accounts besides the town's own. */
  accounts: LineAccount[]
}

/** {@link hold}, with more accounts. */
export async function holdAll(
  { contentStore, syncedContent }: DeliveryHalf,
  { releases, municipalities, accounts }: Held,
): Promise<void> {
  await contentStore.addReleases(releases)
  await contentStore.replaceSettings(
    municipalities.map((one) => ({ ...one, cmsId: `cms-${one.code}` })),
    [LINE, ...accounts],
  )
  await contentStore.saveProgress({ lastReleaseId: null, syncedAt: new Date(0) })
  await syncedContent.refresh()
}

/** A LINE user of the town. */
export function lineUser(number: number): Address {
  const address = `U${number.toString(16).padStart(32, '0')}`
  return { channel: 'line', account: LINE.provider, address }
}

/** A mail address. */
export function mailUser(number: number): Address {
  return { channel: 'mail', account: 'mail', address: `reader${number}@family.example` }
}

interface Family {
  address: Address
  child: Pick<Child, 'dueDate' | 'birthDate'>
  municipality?: string
  edition?: string
  area?: string | null
}

/** Registers a reader with one child. */
export function register({ readers, now }: DeliveryHalf, family: Family) {
  return readers.register({
    municipality: TOWN,
    edition: 'standard',
    relation: 'mother',
    area: null,
    source: null,
    consentedAt: now(),
    consentVersion: '1',
    ...family,
  })
}

/** How often each LINE user and mail address got something, from the sandbox's own logs. */
export function received(sandbox: Sandbox): Map<string, number> {
  const copies = new Map<string, number>()
  const add = (to: string) => copies.set(to, (copies.get(to) ?? 0) + 1)
  for (const call of sandbox.line.accepted()) for (const to of call.to) add(to)
  for (const mail of sandbox.mail.accepted) for (const to of [mail.to].flat()) add(to)
  return copies
}
