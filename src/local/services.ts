import { join, resolve } from 'node:path'

import { bouncesOf, type BounceSettings } from '../config/bounces'
import { clockEnvironment, systemNow, type PracticeClock } from '../config/clock'
import { dkimKeyOf, type Config } from '../config/config'
import { mailLimitsOf } from '../config/mailLimits'
import { onCallOf, type OnCallSettings } from '../config/onCall'
import { holderOf } from './folderLock'
import { openClock } from './openClock'
import { placesBeside, placesOf, type Places } from './places'
import type { LocalReplicaSet } from './replicaSet'
import { sandboxSecrets } from './sandboxSecrets'

/** The settings with every gap filled: what a program needs to run. */
export interface Settings {
  databaseUrl: string
  deliveryDatabaseUrl: string
  dataDir: string
  cmsPort: number
  webPort: number
  sandboxPort: number
  cmsUrl: string
  publicUrl: string
  lineApiUrl: string
  smtpUrl: string
  /** What our mails are signed with, or null when the relay signs them. */
  dkim: ReturnType<typeof dkimKeyOf>
  /** Where refusals of mails come back to, or null where nobody reads them. */
  bounces: BounceSettings | null
  /** How fast one recipient domain is sent mails. */
  mailLimits: ReturnType<typeof mailLimitsOf>
  /** Whom to tell what a person must know, or null where nobody is. */
  onCall: OnCallSettings | null
  cmsApiKey: string
  payloadSecret: string
  keys: string
  isSandbox: boolean
  /** How many days back the details of deliveries are kept. */
  keptDays: number
  /** The practice clock all programs of a start show, or null. */
  practiceClock: PracticeClock | null
}

/** Settings that are ready to use, and the database behind them. */
export interface LocalServices {
  settings: Settings
  /** The product's clock. */
  now: () => Date
  /** What tells the CMS's database from others; its port on this machine may differ next time. */
  databaseId: string
  /** One Japanese line: which database is used. */
  databaseLine: string
  /** Files that a child program inherits to be counted among those who use the embedded database. */
  userFiles: number[]
  /** Leaves the database; the embedded one is stopped by the last to leave. */
  stop: () => Promise<void>
}

interface LocalOptions {
  config: Config
  env: Record<string, string | undefined>
  /** This machine's clock. @default {@link systemNow} */
  ownNow?: () => Date
  onProgress?: (sentence: string) => void
  /** Ends a start that is under way; the call then fails and leaves nothing running. */
  signal?: AbortSignal
}

/**
 * Fills what the configuration leaves open: URLs from the ports (those of the `npm start` that has the
 * data folder, where one has it), secrets of a sandbox from its data folder, and the database from an
 * embedded mongod that is joined or started.
 *
 * @throws ConfigError when the settings are at odds with those of the start that has the folder.
 */
export async function openLocalServices(options: LocalOptions): Promise<LocalServices> {
  const { config, ownNow = systemNow } = options
  const clock = await openClock(config, ownNow)
  const running = await holderOf(config.KIZUNA_DATA_DIR)
  const { ports, ...places } = running ? placesBeside(running, config) : placesOf(config)
  const secrets = await requiredSecrets(config)
  const database = await openDatabase(options, ports)
  return {
    databaseId: places.databaseId,
    databaseLine: database.line,
    userFiles: database.userFiles,
    stop: database.stop,
    now: clock.now,
    settings: {
      databaseUrl: database.cmsUrl,
      deliveryDatabaseUrl: database.deliveryUrl,
      dataDir: resolve(config.KIZUNA_DATA_DIR),
      cmsPort: ports.cms,
      webPort: ports.web,
      sandboxPort: ports.sandbox,
      cmsUrl: places.cmsUrl,
      publicUrl: places.publicUrl,
      lineApiUrl: config.LINE_API_URL ?? `http://127.0.0.1:${ports.sandbox}`,
      smtpUrl: config.SMTP_URL ?? `smtp://127.0.0.1:${ports.sandbox + 1}`,
      dkim: dkimKeyOf(config),
      bounces: bouncesOf(config),
      mailLimits: mailLimitsOf(config),
      onCall: onCallOf(config),
      isSandbox: places.isSandbox,
      keptDays: config.KIZUNA_KEEP_DAYS,
      practiceClock: clock.practice,
      ...secrets,
    },
  }
}

/** The settings as environment for a child program, so that it starts nothing itself. *Pure.* */
export function childEnvironment(settings: Settings): Record<string, string> {
  return {
    DATABASE_URL: settings.databaseUrl,
    DELIVERY_DATABASE_URL: settings.deliveryDatabaseUrl,
    KIZUNA_DATA_DIR: settings.dataDir,
    CMS_PORT: String(settings.cmsPort),
    WEB_PORT: String(settings.webPort),
    SANDBOX_PORT: String(settings.sandboxPort),
    CMS_URL: settings.cmsUrl,
    PUBLIC_URL: settings.publicUrl,
    CMS_API_KEY: settings.cmsApiKey,
    PAYLOAD_SECRET: settings.payloadSecret,
    KIZUNA_KEYS: settings.keys,
    KIZUNA_KEEP_DAYS: String(settings.keptDays),
    ...clockEnvironment(settings.practiceClock),
  }
}

async function requiredSecrets(config: Config) {
  const { PAYLOAD_SECRET, KIZUNA_KEYS, CMS_API_KEY } = config
  if (PAYLOAD_SECRET && KIZUNA_KEYS && CMS_API_KEY) {
    return { payloadSecret: PAYLOAD_SECRET, keys: KIZUNA_KEYS, cmsApiKey: CMS_API_KEY }
  }
  const generated = await sandboxSecrets(config.KIZUNA_DATA_DIR)
  return {
    payloadSecret: PAYLOAD_SECRET ?? generated.PAYLOAD_SECRET,
    keys: KIZUNA_KEYS ?? generated.KIZUNA_KEYS,
    cmsApiKey: CMS_API_KEY ?? generated.CMS_API_KEY,
  }
}

interface OpenDatabase {
  cmsUrl: string
  deliveryUrl: string
  line: string
  userFiles: number[]
  stop: () => Promise<void>
}

async function openDatabase(options: LocalOptions, ports: Places['ports']): Promise<OpenDatabase> {
  const { config } = options
  const { DATABASE_URL, DELIVERY_DATABASE_URL } = config
  if (DATABASE_URL) {
    return {
      cmsUrl: DATABASE_URL,
      deliveryUrl: DELIVERY_DATABASE_URL ?? deliveryBeside(DATABASE_URL),
      line: 'データベース: DATABASE_URL の MongoDB',
      userFiles: [],
      stop: async () => undefined,
    }
  }
  const { database, source } = await embedded(options, ports)
  return {
    cmsUrl: database.url('kizuna-cms'),
    deliveryUrl: DELIVERY_DATABASE_URL ?? database.url('kizuna-delivery'),
    line: `データベース: 内蔵(${source}、${join(config.KIZUNA_DATA_DIR, 'mongodb')})`,
    userFiles: [database.userFile],
    stop: database.stop,
  }
}

async function embedded(
  { config, env, onProgress, signal }: LocalOptions,
  { cms, web, sandbox }: Places['ports'],
): Promise<{ database: LocalReplicaSet; source: string }> {
  const { findMongod } = await import('./mongod')
  const { startReplicaSet } = await import('./replicaSet')
  const { binary, source } = await findMongod({ env, onProgress, signal })
  const folder = join(resolve(config.KIZUNA_DATA_DIR), 'mongodb')
  signal?.throwIfAborted()
  const reservedPorts = [cms, web, sandbox, sandbox + 1]
  const database = await startReplicaSet({ binary, folder, reservedPorts, signal, onProgress })
  return { database, source: database.isJoined ? '動いているものに接続' : source }
}

/** The delivery database on the server of the CMS's, named `<name>-delivery`. *Pure.* */
export function deliveryBeside(databaseUrl: string): string {
  return databaseUrl.replace(/^(mongodb(?:\+srv)?:\/\/[^/]+\/[^?]+)/, '$1-delivery')
}
