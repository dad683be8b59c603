import type { ClientSession, Collection, Db } from 'mongodb'

import type { Release } from '../../src/release/content'
import { systemNow } from '../../src/config/clock'
import { open, seal, type KeyRing } from '../../src/secret/seal'
import type { LineAccount } from '../../src/plan/settings'
import type { SyncedMunicipality } from '../../src/plan/readCmsDocuments'
import {
  CONTENT_KEY,
  createChangeCounters,
  nextNumber,
  type ChangeCounters,
} from '../database/changeCounters'
import { inTransaction } from '../database/transaction'
import type { Settings } from './missing'
import { createPictureStore } from './pictures'

/** A release as stored: its id is the CMS's. */
type SyncedRelease = Omit<Release, 'id'> & { _id: string }

/** Settings as stored: one document a kind and id, with a hash-like version of its content. */
interface SyncedSetting {
  /** `municipality:code` or `lineAccount:id` */
  _id: string
  kind: 'municipality' | 'lineAccount'
  /** Secrets inside are sealed. */
  value: SyncedMunicipality | LineAccount
}

/** A municipality's settings as they were until others replaced them. */
export interface ReplacedSettings {
  /** Its code. */
  municipality: string
  replacedAt: Date
  /** Null when it was not there before. */
  value: SyncedMunicipality | null
}

/** Where the synchronisation stands. */
interface SyncState {
  _id: 'content'
  lastReleaseId: string | null
  syncedAt: Date | null
}

/** Secrets of LINE accounts are sealed with this context in the delivery database. */
export const SYNCED_SECRET_CONTEXT = 'synced-line-account'

interface ContentStoreOptions {
  db: Db
  ring: KeyRing
  /** @default {@link systemNow} */
  now?: () => Date
  /** Shared with whoever else asks for numbers of changes. */
  counters?: ChangeCounters
}

/**
 * What is synced of the CMS, in the delivery database. What a write changes and the version that
 * tells the other processes so are one transaction: a crash between them would hide the change from
 * them for good.
 */
export function createContentStore(options: ContentStoreOptions) {
  const { db, ring, now = systemNow, counters = createChangeCounters(db) } = options
  const stored: Stored = {
    db,
    releases: db.collection<SyncedRelease>('synced_releases'),
    settings: db.collection<SyncedSetting>('synced_settings'),
    replaced: db.collection<ReplacedSettings>('replaced_settings'),
    state: db.collection<SyncState>('sync_state'),
    ring,
    now,
  }
  return {
    /** Where the synchronisation stands. */
    readState: () => readState(stored),
    /** Rises whenever anything synced changes, so that every process reads it again. */
    version: (): Promise<number> => counters.last(CONTENT_KEY),
    /** Notes how far it came; `syncedAt` only when everything was taken over. */
    saveProgress: (reached: Reached) => saveProgress(stored, reached),
    /** Every release, withdrawals too. */
    allReleases: () => allReleases(stored),
    /** One release of a text, whatever came after it; null where it is not kept. */
    release: (of: Pick<Release, 'key' | 'revision'>) => findRelease(stored, of),
    /** Keys of what was withdrawn since an instant, whether or not it is back. */
    withdrawnSince: (since: Date) => withdrawnSince(stored, since),
    /** What was replaced of the municipalities' settings after an instant, oldest first. */
    replacedSince: (instant: Date): Promise<ReplacedSettings[]> =>
      stored.replaced
        .find({ replacedAt: { $gt: instant } })
        .sort({ replacedAt: 1 })
        .toArray(),
    /** Forgets releases and settings that newer ones had replaced before an instant. */
    forgetReplaced: (before: Date) => forgetReplaced(stored, before),
    /** How many releases that would forget, and how many there are. */
    countReplaced: async (before: Date) => ({
      replaced: (await replacedReleases(stored, before)).length,
      all: await stored.releases.countDocuments(),
    }),
    /** Adds releases; they never change, so known ones are left alone. Tells how many were new. */
    addReleases: (added: Release[]) => addReleases(stored, added),
    /** Replaces all settings. Tells whether anything was different. */
    replaceSettings: (municipalities: SyncedMunicipality[], accounts: LineAccount[]) =>
      changeSettings(stored, () => ({ municipalities, accounts })),
    /**
     * Replaces all settings by what is made of those that are there; `change` may be called again.
     * Tells whether anything was different.
     */
    changeSettings: (change: (before: Settings) => Settings) => changeSettings(stored, change),
    /** Settings of all municipalities, by code. */
    allMunicipalities: () => allMunicipalities(stored),
    /** All LINE accounts, their secrets opened. */
    allAccounts: () => allAccounts(stored),
    /** Pictures of released texts. */
    pictures: createPictureStore(db),
  }
}

/** What is synced of the CMS, in the database. */
export type ContentStore = ReturnType<typeof createContentStore>

interface Stored {
  db: Db
  releases: Collection<SyncedRelease>
  settings: Collection<SyncedSetting>
  replaced: Collection<ReplacedSettings>
  state: Collection<SyncState>
  ring: KeyRing
  now: () => Date
}

interface Reached {
  lastReleaseId: string | null
  syncedAt?: Date
}

async function readState({ state }: Stored): Promise<SyncState> {
  const found = await state.findOne({ _id: 'content' })
  return { _id: 'content', lastReleaseId: null, syncedAt: null, ...found }
}

async function saveProgress({ state }: Stored, reached: Reached): Promise<void> {
  await state.updateOne(
    { _id: 'content' },
    { $set: reached },
    { upsert: true, writeConcern: { w: 'majority', journal: true } },
  )
}

async function allReleases({ releases }: Stored): Promise<Release[]> {
  const found = await releases.find({}).toArray()
  return found.map(({ _id: id, ...release }) => ({ id, ...release }))
}

async function findRelease(
  { releases }: Stored,
  { key, revision }: Pick<Release, 'key' | 'revision'>,
): Promise<Release | null> {
  const found = await releases.findOne({ key, revision, action: 'publish' })
  if (!found) return null
  const { _id: id, ...release } = found
  return { id, ...release }
}

function withdrawnSince({ releases }: Stored, since: Date): Promise<string[]> {
  const publishedAt = { $gte: since.toISOString() }
  return releases.distinct('key', { action: 'withdraw', publishedAt })
}

async function forgetReplaced(stored: Stored, before: Date) {
  await stored.replaced.deleteMany({ replacedAt: { $lt: before } })
  const replaced = await replacedReleases(stored, before)
  if (replaced.length === 0) return
  await stored.releases.deleteMany({ _id: { $in: replaced } })
}

/** Ids of releases that newer ones had replaced before an instant. */
async function replacedReleases({ releases }: Stored, before: Date): Promise<string[]> {
  const publishedAt = { $lt: before.toISOString() }
  const projection = { key: 1, revision: 1 } as const
  const old = await releases.find({ publishedAt }, { projection }).toArray()
  const newest = new Map<string, number>()
  for (const { key, revision } of old) newest.set(key, Math.max(revision, newest.get(key) ?? 0))
  const replaced = old.filter(({ key, revision }) => revision < (newest.get(key) ?? 0))
  return replaced.map(({ _id }) => _id)
}

async function addReleases(stored: Stored, added: Release[]): Promise<number> {
  if (added.length === 0) return 0
  const writes = added.map(({ id, ...release }) => ({
    updateOne: { filter: { _id: id }, update: { $setOnInsert: release }, upsert: true },
  }))
  return inTransaction(stored.db, async (session) => {
    const { upsertedCount } = await stored.releases.bulkWrite(writes, { session })
    if (upsertedCount > 0) await nextNumber(stored.db, CONTENT_KEY, session)
    return upsertedCount
  })
}

function changeSettings(stored: Stored, change: (before: Settings) => Settings): Promise<boolean> {
  return inTransaction(stored.db, async (session) => {
    // one after the other: a transaction has one command at a time
    const municipalities = await allMunicipalities(stored, session)
    const accounts = await allAccounts(stored, session)
    const before = { municipalities, accounts }
    const after = inOrder(change(before))
    if (isSame(before, after)) return false
    await keepReplaced(stored, { before, after }, session)
    await writeSettings(stored, after, session)
    return true
  })
}

function inOrder({ municipalities, accounts }: Settings): Settings {
  return {
    municipalities: municipalities.toSorted((a, b) => (a.code < b.code ? -1 : 1)),
    accounts: accounts.toSorted((a, b) => (a.id < b.id ? -1 : 1)),
  }
}

/** A day that is over is judged by the settings it was planned with, so these stay a while. */
async function keepReplaced(
  { replaced, now }: Stored,
  { before, after }: { before: Settings; after: Settings },
  session: ClientSession,
): Promise<void> {
  const known = new Map(before.municipalities.map((one) => [one.code, one]))
  const replacedAt = now()
  const rows = after.municipalities.flatMap((one): ReplacedSettings[] => {
    const value = known.get(one.code) ?? null
    return value && isSame(value, one) ? [] : [{ municipality: one.code, replacedAt, value }]
  })
  if (rows.length > 0) await replaced.insertMany(rows, { session })
}

async function writeSettings(
  stored: Stored,
  { municipalities, accounts }: Settings,
  session: ClientSession,
): Promise<void> {
  const { settings, ring } = stored
  const values: SyncedSetting[] = [
    ...municipalities.map((value) => asSetting('municipality', value.code, value)),
    ...accounts.map((value) => asSetting('lineAccount', value.id, sealed(value, ring))),
  ]
  const writes = values.map((value) => ({
    replaceOne: { filter: { _id: value._id }, replacement: value, upsert: true },
  }))
  if (writes.length > 0) await settings.bulkWrite(writes, { session })
  await settings.deleteMany({ _id: { $nin: values.map(({ _id }) => _id) } }, { session })
  await nextNumber(stored.db, CONTENT_KEY, session)
}

async function allMunicipalities(
  { settings }: Stored,
  session?: ClientSession,
): Promise<SyncedMunicipality[]> {
  const found = await settings
    .find({ kind: 'municipality' }, { session })
    .sort({ _id: 1 })
    .toArray()
  return found.map(({ value }) => value as SyncedMunicipality)
}

async function allAccounts(
  { settings, ring }: Stored,
  session?: ClientSession,
): Promise<LineAccount[]> {
  const found = await settings.find({ kind: 'lineAccount' }, { session }).sort({ _id: 1 }).toArray()
  return found.map(({ value }) => opened(value as LineAccount, ring))
}

function sealed(account: LineAccount, ring: KeyRing): LineAccount {
  return withSecrets(account, (secret) => seal(ring, secret, SYNCED_SECRET_CONTEXT))
}

function opened(account: LineAccount, ring: KeyRing): LineAccount {
  return withSecrets(account, (secret) => open(ring, secret, SYNCED_SECRET_CONTEXT))
}

function withSecrets(account: LineAccount, change: (secret: string) => string): LineAccount {
  const { channelSecret, login } = account
  return {
    ...account,
    channelSecret: change(channelSecret),
    ...(login && { login: { ...login, channelSecret: change(login.channelSecret) } }),
  }
}

function asSetting(
  kind: SyncedSetting['kind'],
  id: string,
  value: SyncedSetting['value'],
): SyncedSetting {
  return { _id: `${kind}:${id}`, kind, value }
}

function isSame(a: unknown, b: unknown): boolean {
  return JSON.stringify(sorted(a)) === JSON.stringify(sorted(b))
}

function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted)
  if (value === null || typeof value !== 'object') return value
  const entries = Object.entries(value).map(([key, inner]) => [key, sorted(inner)] as const)
  return Object.fromEntries(entries.sort(([a], [b]) => (a < b ? -1 : 1)))
}
