import { hostname } from 'node:os'

import { MongoClient, type Db } from 'mongodb'

import { createChangeCounters, type ChangeCounters } from '../database/changeCounters'
import { createClockWatch, type ClockWatch } from '../database/databaseClock'
import { parseKeyRing, type KeyRing } from '../../src/secret/seal'
import type { LocalDay } from '../../src/stage/day'
import { assertRestoreFinished } from '../backup/unfinished'
import { createBounceWork, type BounceWork } from '../bounce/bounceWork'
import { createReturnPaths, type ReturnPaths } from '../bounce/returnPath'
import type { LineChannel, MailChannel } from '../channel/channel'
import { createLineChannel } from '../channel/line'
import { createLineLogin, type LineLogin } from '../channel/lineLogin'
import { createLineHealthChannel, type LineHealthChannel } from '../channel/lineHealthChannel'
import { createLineMenuChannel, type LineMenuChannel } from '../channel/lineMenuChannel'
import { createMailChannel } from '../channel/mail'
import type { DkimKey } from '../channel/mailPool'
import { createDomainPace, type DomainLimits } from '../channel/domainPace'
import { createPace, SYSTEM_CLOCK, type PaceClock } from '../channel/pace'
import { ensureAskedSurveys } from '../content/askedSurveys'
import { createCms, type Cms } from '../content/cms'
import { createContentStore, type ContentStore } from '../content/store'
import { createSync, type Accepting, type SyncReport } from '../content/sync'
import { createSyncedContent, type SyncedContent } from '../content/syncedContent'
import { createHalts, type Halts } from '../deliver/halts'
import { createPauses } from '../deliver/pause'
import { createRecipients, type Recipient } from '../deliver/recipients'
import { createRunSender } from '../deliver/run'
import { assertKeys } from '../keys/keyCheck'
import { ensureLedgerIndexes, keyNamespace } from '../ledger/collections'
import { createIncarnations, type Incarnations } from '../ledger/incarnation'
import { migrate } from '../migrations/migrate'
import { assertVersionKnown } from '../migrations/schemaVersion'
import { createPlanningStore, type PlanningStore } from '../planning/planningStore'
import type { Run } from '../ledger/documents'
import { createRunStore, type RunStore } from '../ledger/runs'
import { createSendingStore, type SendingStore } from '../ledger/sending'
import { createReached } from '../ledger/reached'
import { createUnknownMails, type UnknownMails } from '../ledger/unknownMails'
import { createAudience, type Audience } from '../planning/audience'
import { createPlanner } from '../planning/planner'
import { createChanges, type Changes } from '../readers/changeNumber'
import type { Identity } from '../readers/reader'
import type { BounceSettings } from '../../src/config/bounces'
import { KEPT_DAYS } from '../../src/config/config'
import { MAIL_LIMITS } from '../../src/config/mailLimits'
import type { OnCallSettings } from '../../src/config/onCall'
import { ensureOnCall } from '../onCall/incidentStore'
import { createOnCallWays, type OnCallWay } from '../onCall/ways'
import { createActs, type Acts } from '../report/acts'
import { ensureAlertIndexes } from '../report/alertsSent'
import { ensureReportIndexes } from '../report/dailyReports'
import { ensureMonthIndexes } from '../report/monthFigures'
import { ensureDayForecasts } from '../report/tomorrow'
import { ensureVoiceIndexes } from '../report/voices'
import { yieldingOf } from '../report/yielding'
import { ensureSurveyCollections } from '../survey/collections'
import { createReaderStore, type ReaderStore } from '../readers/store'
import { createRunWorker, type RunWorker } from '../runs/runWorker'
import { createWelcomes, type Welcomes } from '../runs/welcomes'
import { createAccountMovesWork, type AccountMovesWork } from '../web/accounts/accountMoves'
import { createDateNotes, type DateNotes } from '../web/family/dateNotes'
import { createLinks } from '../web/link'
import { isLoopback } from '../web/loopback'
import { createAlerts, type Alerts } from './alerts'
import { createLineMenus, type LineMenus } from './lineMenus'

/** Where everything is; each a plain address or secret. */
export interface DeliveryHalfConfig {
  databaseUrl: string
  cmsUrl: string
  cmsApiKey: string
  lineApiUrl: string
  smtpUrl: string
  /** What mails are signed with; null when the relay signs them. */
  dkim?: DkimKey | null
  /** Where refusals of mails come back to; null where nobody reads them. */
  bounces?: BounceSettings | null
  /** Whom to tell what a person must know; null where nobody is. */
  onCall?: OnCallSettings | null
  /** Address of the web side as readers see it. */
  publicUrl: string
  /** In the notation of `parseKeyRing`. */
  keys: string
  /** LINE and the relay are the practice inbox of this machine: drills may go there. @default false */
  isPractice?: boolean
  now: () => Date
  /** This machine's own clock, without a practice clock; compared with the database's. */
  ownNow?: () => Date
  /** Something a person must know; codes and numbers, never personal data. */
  onAlert?: OnAlert
  /** Is told what is done to a database of an earlier version, and whom this one waits for. */
  onProgress?: (sentence: string) => void
  /** Open connections to the relay. */
  mailConnections?: number
  /** How fast one recipient domain is sent mails. @default {@link MAIL_LIMITS} */
  mailLimits?: DomainLimits
  /** Time as the pace of mails sees it. @default {@link SYSTEM_CLOCK} */
  mailClock?: PaceClock
  /** Requests a second of one LINE channel; the vendor's limit by default. */
  linePerSecond?: number
  /** How many days back the details of deliveries are kept. @default {@link KEPT_DAYS} */
  keptDays?: number
  /** Opens with keys that are missing or other ones, too: to say which. @default false */
  takesAnyKeys?: boolean
}

/** Settings of a program, as far as the delivery half is concerned. */
export interface DeliverySettings extends Pick<
  DeliveryHalfConfig,
  'cmsUrl' | 'cmsApiKey' | 'keys' | 'lineApiUrl' | 'smtpUrl' | 'publicUrl'
> {
  deliveryDatabaseUrl: string
  dkim: DkimKey | null
  bounces: BounceSettings | null
  mailLimits: DomainLimits
  onCall: OnCallSettings | null
  keptDays: number
  /** LINE is the practice one of this machine. */
  isSandbox: boolean
}

/** The part of a program's settings that the delivery half takes. *Pure.* */
export function deliveryConfigOf(
  settings: DeliverySettings,
): Omit<DeliveryHalfConfig, 'now' | 'onAlert'> {
  return {
    databaseUrl: settings.deliveryDatabaseUrl,
    cmsUrl: settings.cmsUrl,
    cmsApiKey: settings.cmsApiKey,
    keys: settings.keys,
    lineApiUrl: settings.lineApiUrl,
    smtpUrl: settings.smtpUrl,
    dkim: settings.dkim,
    bounces: settings.bounces,
    mailLimits: settings.mailLimits,
    onCall: settings.onCall,
    publicUrl: settings.publicUrl,
    keptDays: settings.keptDays,
    isPractice:
      settings.isSandbox && [settings.lineApiUrl, settings.smtpUrl].every(isOfThisMachine),
  }
}

type OnAlert = (code: string, detail: Record<string, unknown>) => void

/** The database, and what every part of the delivery half is given. */
export interface Foundation {
  client: MongoClient
  db: Db
  /** Numbers of the latest changes; whoever asks at one time shares a read. */
  counters: ChangeCounters
  /** Seals identities and links. */
  ring: KeyRing
  now: () => Date
  alerts: Alerts
  /** Counts what a person must know, and passes it on. */
  onAlert: OnAlert
  /** Whether this machine's clock can be relied on. */
  clock: ClockWatch
  /** How many days back the details of deliveries are kept. */
  keptDays: number
}

/** What is taken over of the CMS. */
export interface Content {
  cms: Cms
  contentStore: ContentStore
  syncedContent: SyncedContent
  /** Takes over what is new in the CMS. */
  sync: (accepting?: Accepting) => Promise<SyncReport>
}

/** The ways out. */
export interface Channels {
  line: LineChannel
  mail: MailChannel
  /** Asks LINE who holds a browser. */
  lineLogin: LineLogin
  lineMenuChannel: LineMenuChannel
  lineHealthChannel: LineHealthChannel
}

/** The ledger, and the audience it is planned for. */
export interface LedgerStores {
  runs: RunStore
  incarnations: Incarnations
  changes: Changes
  audience: Audience
  planning: PlanningStore
  sending: SendingStore
  halts: Halts
  unknownMails: UnknownMails
}

/** The delivery half, connected. */
export interface DeliveryHalf extends Foundation, Content, Channels, LedgerStores {
  readers: ReaderStore
  /** Takes in mails that came back; null where nobody reads them. */
  bounces: BounceWork | null
  welcomes: Welcomes
  lineMenus: LineMenus
  dateNotes: DateNotes
  /** Everything goes into the practice inbox of this machine. */
  isPractice: boolean
  accountMoves: AccountMovesWork
  worker: RunWorker
  /** Does what people ask of deliveries. */
  acts: Acts
  /** Address of the web side as readers see it. */
  publicUrl: string
  /** Ways to people on call; none where nobody is set. */
  onCallWays: readonly OnCallWay[]
  close: () => Promise<void>
}

/**
 * Connects the delivery half: database, what is synced of the CMS, channels, ledger and run worker.
 * Used by the worker, the web side and the commands.
 *
 * @throws MongoServerSelectionError when the database does not answer within 5 s.
 * @throws ConfigError when a key is missing, or not the one that was used before, and when the
 * database is newer than this program.
 */
export async function openDeliveryHalf(config: DeliveryHalfConfig): Promise<DeliveryHalf> {
  const foundation = await openFoundation(config)
  const readers = createReaderStore(foundation)
  await Promise.all([
    ensureLedgerIndexes(foundation.db),
    ensureReportIndexes(foundation.db),
    ensureMonthIndexes(foundation.db),
    ensureVoiceIndexes(foundation.db),
    ensureAlertIndexes(foundation.db),
    ensureDayForecasts(foundation.db),
    ensureSurveyCollections(foundation.db),
    ensureAskedSurveys(foundation.db),
    ensureOnCall(foundation.db),
    readers.ensureIndexes(),
  ])
  const content = createContent(config, foundation)
  const channels = createChannels(config)
  const ledger = createLedgerStores(foundation)
  const links = createLinks({ ...foundation, publicUrl: config.publicUrl })
  const returnPaths = returnPathsOf(config, foundation)
  const worker = await openRunWorker(config, {
    ...foundation,
    ...content,
    ...channels,
    ...ledger,
    readers,
    returnPaths,
  })
  return {
    ...foundation,
    ...content,
    ...channels,
    ...ledger,
    readers,
    bounces: createBounceWork(config, { ...foundation, readers, returnPaths }),
    welcomes: createWelcomes(foundation),
    dateNotes: createDateNotes({
      ...content,
      ...channels,
      ...ledger,
      readers,
      links,
      now: config.now,
    }),
    accountMoves: createAccountMovesWork({
      ...content,
      ...channels,
      ...ledger,
      readers,
      links,
      namespace: () => keyNamespace(foundation.db),
      now: config.now,
    }),
    lineMenus: createLineMenus({
      ...foundation,
      ...content,
      menus: channels.lineMenuChannel,
      links,
    }),
    worker,
    acts: createActs({ ...foundation, ...content, ...ledger }),
    publicUrl: config.publicUrl,
    onCallWays: createOnCallWays({ ...config, ...content, ...channels }),
    isPractice: config.isPractice === true,
    close: async () => {
      await channels.mail.close()
      await foundation.alerts.settled()
      await foundation.client.close()
    },
  }
}

async function openFoundation({
  databaseUrl,
  keys,
  now,
  ownNow,
  onAlert: pass,
  onProgress,
  keptDays = KEPT_DAYS,
  takesAnyKeys = false,
}: DeliveryHalfConfig): Promise<Foundation> {
  const client = new MongoClient(databaseUrl, {
    serverSelectionTimeoutMS: 5000,
    ignoreUndefined: true,
    maxPoolSize: 40,
    readConcern: { level: 'majority' },
    writeConcern: { w: 'majority', journal: true },
  })
  await client.connect()
  const db = client.db()
  await db.command({ ping: 1 })
  const ring = parseKeyRing(keys)
  try {
    await assertRestoreFinished(db)
    await assertVersionKnown(db)
    if (!takesAnyKeys) await assertKeys({ db, ring, now })
    await migrate({ db, now, onProgress })
  } catch (error) {
    await client.close()
    throw error
  }
  const alerts = createAlerts({ db, now })
  const onAlert: OnAlert = (code, detail) => {
    alerts.record(code)
    pass?.(code, detail)
  }
  const clock = createClockWatch({ db, ownNow, onAlert })
  const counters = createChangeCounters(db)
  return { client, db, counters, ring, now, alerts, onAlert, clock, keptDays }
}

function returnPathsOf({ bounces }: DeliveryHalfConfig, { ring }: Foundation): ReturnPaths | null {
  return bounces ? createReturnPaths({ ring, address: bounces.address }) : null
}

function createContent({ cmsUrl, cmsApiKey }: DeliveryHalfConfig, foundation: Foundation): Content {
  const cms = createCms({ url: cmsUrl, apiKey: cmsApiKey })
  const contentStore = createContentStore(foundation)
  const { now, onAlert } = foundation
  return {
    cms,
    contentStore,
    syncedContent: createSyncedContent(contentStore),
    sync: createSync({ cms, store: contentStore, now, onAlert }),
  }
}

function createChannels(config: DeliveryHalfConfig): Channels {
  const { lineApiUrl, linePerSecond, smtpUrl, dkim, mailConnections, now, isPractice } = config
  const pace = createPace({ clock: SYSTEM_CLOCK, perSecond: linePerSecond })
  return {
    line: createLineChannel({ baseUrl: lineApiUrl, pace, now, isPractice }),
    mail: createMailChannel({ smtpUrl, dkim, now, maxConnections: mailConnections, isPractice }),
    lineLogin: createLineLogin({ apiUrl: lineApiUrl, now }),
    lineMenuChannel: createLineMenuChannel({ baseUrl: lineApiUrl, now }),
    lineHealthChannel: createLineHealthChannel({ baseUrl: lineApiUrl, now }),
  }
}

function createLedgerStores({ db, counters, now }: Foundation): LedgerStores {
  return {
    runs: createRunStore({ db, now, owner: `${hostname()}:${process.pid}` }),
    incarnations: createIncarnations({ db, now }),
    changes: createChanges(db, counters),
    audience: createAudience(db),
    planning: createPlanningStore(db),
    sending: createSendingStore({ db, now }),
    halts: createHalts({ db }),
    unknownMails: createUnknownMails({ db, now }),
  }
}

type Parts = Omit<
  DeliveryHalf,
  | 'worker'
  | 'welcomes'
  | 'lineMenus'
  | 'dateNotes'
  | 'accountMoves'
  | 'bounces'
  | 'acts'
  | 'publicUrl'
  | 'onCallWays'
  | 'isPractice'
  | 'close'
> & { returnPaths: ReturnPaths | null }

async function openRunWorker(config: DeliveryHalfConfig, parts: Parts): Promise<RunWorker> {
  const { publicUrl, mailLimits: limits = MAIL_LIMITS, mailClock = SYSTEM_CLOCK } = config
  const { db, ring, readers, audience, planning, now } = parts
  const links = createLinks({ ring, publicUrl, now })
  await keyNamespace(db)
  const namespace = () => keyNamespace(db)
  return createRunWorker({
    ...parts,
    yieldingOf: (code) => yieldingOf(parts, code),
    planner: createPlanner({
      audience,
      store: planning,
      namespace,
      reached: createReached(db),
      placesOf: ({ settings, line }) => links.quietPlaces(settings, line),
    }),
    sendRun: createRunSender({
      ...parts,
      store: parts.sending,
      recipients: createRecipients({ db, openAddress: readers.openAddress }),
      pauses: createPauses({ now }),
      domainPace: createDomainPace({ limits, now: mailClock.now }),
      mailClock,
      linksOf: (of) => ({
        unsubscribeUrl: links.unsubscribeUrl(of),
        myPageUrl: links.textUrl(of),
      }),
      returnPathOf: (of) => returnPathOf(parts.returnPaths, of),
      onUntriedKey: ({ run }) => noteUntriedKey(parts, run),
      onAddressFault: (recipient) => suppress(readers, recipient),
      onMaybeFilter: (recipient, date) => noteMaybeFilter(readers, recipient, date),
      onSoftRefusal: (recipient, date) => noteSoftRefusal(readers, recipient, date),
      pictureOf: (name) => parts.contentStore.pictures.read(name),
    }),
  })
}

function returnPathOf(
  paths: ReturnPaths | null,
  { recipient, town, date }: { recipient: Recipient; town: string; date: LocalDay },
): string | null {
  const { identity } = recipient
  return paths && identity ? paths.of({ index: identity.index, town, sentOn: date }) : null
}

/** LINE knows a key of a ledger that was put back by hand: nothing more is sent. */
async function noteUntriedKey({ incarnations, onAlert }: Parts, run: Run): Promise<void> {
  const isNew = await incarnations.begin({ from: run.date, shownBy: 'key' })
  if (isNew) onAlert('ledger-behind', { shownBy: 'key', run: run._id })
}

async function suppress(readers: ReaderStore, { identity }: Recipient): Promise<void> {
  if (!identity) return
  const reason = identity.channel === 'mail' ? ('bounced' as const) : ('notTaken' as const)
  await readers.suppress({ ...addressOf(identity), reason })
}

async function noteMaybeFilter(readers: ReaderStore, { identity }: Recipient, date: LocalDay) {
  if (identity) await readers.noteMaybeFilter({ ...addressOf(identity), date })
}

async function noteSoftRefusal(readers: ReaderStore, { identity }: Recipient, date: LocalDay) {
  if (identity) await readers.noteSoftRefusal({ ...addressOf(identity), date })
}

/** What an address is known by, without the address. */
function addressOf({ channel, account, index }: Identity) {
  return { channel, account, index }
}

/** Whether an address is one of this machine alone. */
function isOfThisMachine(url: string): boolean {
  const { hostname } = new URL(url)
  return hostname === 'localhost' || isLoopback(hostname)
}
