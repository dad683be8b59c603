import type { Collection, Db } from 'mongodb'

import { systemNow } from '../../src/config/clock'
import type { KeyRing } from '../../src/secret/seal'
import type { LocalDay } from '../../src/stage/day'

import type { Pair } from './pair'
import type { Child, Reader, Suppression } from './reader'

/** Whether somebody is a friend of a LINE account now, and since which event. */
export interface FriendshipState {
  /** `${lineAccount}:${index}` */
  _id: string
  /** Absent: LINE has not said so far. */
  isFriend?: boolean
  /** Of the event; without one, of the first registration. */
  at: Date
  /** Grows with each registration, so that one and a block at the same time cannot miss each other. */
  registrations?: number
}

/** What waits for the owner of an address, by mail or in the talk on LINE. */
export interface Confirmation {
  /**
   * SHA-256 of the token in the mail, or `line:` and the key of the link on LINE; before either
   * `contact:` when a reader's contact waits and no registration.
   */
  _id: string
  municipality: string
  /** Id of the reader whose contact waits. */
  reader?: string
  /** Blind index of the address, for the limit per address; empty while no LINE friend has come. */
  index: string
  /** What waits, sealed; gone once it was used, unless something is `asked`. */
  sealed?: string
  /** What has to be asked before the child is registered: of whom, and the id it will have. */
  asked?: { readerId: string; childId: string }
  createdAt: Date
  expiresAt: Date
  usedAt: Date | null
  /** The contact is another reader's of this town, so that it was not taken. */
  isTaken?: true
  /** The friend who was asked said no. */
  isRefused?: true
  /** When the database forgets it. */
  removeAt: Date
}

/** A form somebody is filling in. */
export interface KeptForm {
  /** SHA-256 of the id in the page's address. */
  _id: string
  /** Keyed hash of the browser that is filling it in; nobody else can open it. */
  holder: string
  /** What was typed, sealed. */
  sealed: string
  expiresAt: Date
  /** When the database forgets it. */
  removeAt: Date
}

/** A link to a reader's own page that was pressed. */
export interface UsedLink {
  /** SHA-256 of the link's key. */
  _id: string
  /** Keyed hash of the browser it is good in. */
  holder: string
  /** When the database forgets it; the link has ended anyhow. */
  removeAt: Date
}

/** A reader's own page that is open in a browser. */
export interface StoredVisit {
  /** Keyed hash of the browser and the reader; also what its address carries. */
  _id: string
  readerId: string
  openUntil: Date
  stopsUntil: Date
  /** Path of the page that was left when it had ended, with what was typed there; or absent. */
  place?: string
  /** When the database forgets it. */
  removeAt: Date
}

/** What somebody has stopped, as long as they may undo it; shown to nobody else. */
export interface StopNote {
  /** `kind:reader`, with the child that was stopped or left. */
  _id: string
  /** Id of the reader who stopped it, or on whose behalf it was. */
  reader: string
  /**
   * A child for all who share it, one for oneself, everything of the reader's, or mail; or a rest
   * that was begun by a link.
   */
  kind: 'child' | 'own' | 'all' | 'mail' | 'rest'
  /** Ids of the children it ended, its doubles too. */
  children: string[]
  /** The reader had chosen corrected age for the child that was left. */
  isCorrected?: boolean
  /** Mail was all the reader had, so that they were stopped with it. */
  isWhole?: boolean
  /** Keyed hash of the browser that stopped by a link, which may undo it without opening more. */
  holder?: string
  /** Staff stopped it, on the reader's behalf. */
  isByStaff?: boolean
  at: Date
  undoUntil: Date
  /** When the database forgets it. */
  removeAt: Date
}

/** Somebody is to be told that dates of their children were changed by another reader. */
export interface DateNote {
  /** Id of the reader. */
  _id: string
  /** Ids of the children. */
  children: string[]
  /** When nothing more is waited for. */
  dueAt: Date
  /** When the database forgets it. */
  removeAt: Date
}

/** A counter that somebody of a municipality has open in a browser. */
export interface CounterVisit {
  /** SHA-256 of its cookie. */
  _id: string
  /** SHA-256 of the key of the entrance: one entrance opens one counter. */
  entrance: string
  /** Id of the person in the CMS. */
  by: string
  /** Code of the municipality, whose readers alone are found. */
  municipality: string
  /** It was entered to take away all that is the municipality's. */
  isTakeout?: true
  /** The readers that were looked up, by what the addresses of the pages carry. */
  found: { handle: string; reader: string }[]
  openUntil: Date
  /** When the database forgets it. */
  removeAt: Date
}

/** A number that a reader shows at the counter, to be found by it. */
export interface CounterNumber {
  /** Keyed hash of the municipality and the number. */
  _id: string
  /** Id of the reader. */
  reader: string
  /** Id of the visit to the counter that typed it. */
  usedBy: string | null
  expiresAt: Date
  /** When the database forgets it. */
  removeAt: Date
}

/** What is done at a counter. */
export type CounterAct =
  'enter' | 'find' | 'findNobody' | 'register' | 'change' | 'stop' | 'undo' | 'takeout'

/** One step of somebody at a counter: who, when, what, about whom; no address and no value. */
export interface CounterEntry {
  _id: string
  at: Date
  /** Id of the person in the CMS. */
  by: string
  municipality: string
  act: CounterAct
  /** Id of the reader. */
  reader?: string
  /** Id of the child. */
  child?: string
  /** Names of what was changed, or how. */
  detail?: string
  /** Blind index of an address that was no reader's yet. */
  index?: string
  /** When the database forgets it. */
  removeAt: Date
}

/** A refusal that may have been the reader's own filter; no address in clear. */
export interface FilterNote {
  /** As the `_id` of a suppression: `${channel}:${account}:${index}` */
  _id: string
  /** Day of the texts that were refused first. */
  firstOn: LocalDay
}

/** Refusals of a mailbox that was full or out of reach, by the days of the texts; no address in clear. */
export interface SoftBounces {
  /** As the `_id` of a suppression: `${channel}:${account}:${index}` */
  _id: string
  /** Days of the texts that came back, each once, in order. */
  days: LocalDay[]
  /** When the database forgets it. */
  removeAt: Date
}

/** What a mail that came back was read as: `gone` and `old` concern nobody any more. */
export type BounceKind =
  'hard' | 'soft' | 'ours' | 'complaint' | 'ignored' | 'unmatched' | 'gone' | 'old'

/** A mail that came back and was dealt with, without the mail; no address in clear. */
export interface TakenBounce {
  /** SHA-256 of the message, so that it changes nothing a second time. */
  _id: string
  kind: BounceKind
  /** `5.1.1`, `abuse`, `nobody` … */
  code: string
  at: Date
  /** Of a hard one: blind index of the address, and when and whether it is to be suppressed. */
  hard?: HardBounce
  /** When the database forgets it. */
  removeAt: Date
}

/** An address of which a server says that it does not exist, until that is believed. */
export interface HardBounce {
  index: string
  /** Keyed hash of the address's domain: many of one domain at once are not believed. */
  domain: string
  /** The domain, sealed: told to a person only where it is of many. */
  sealedDomain: string
  /** `waiting` for others of its domain, `held` for a person, `believed` or `dropped`. */
  state: 'waiting' | 'held' | 'believed' | 'dropped'
  /** When it waits no more. */
  dueAt: Date
}

/** An erasure: what a backup from before it must not bring back. */
export interface Erasure {
  /** Id of the reader. */
  _id: string
  at: Date
  /** Ids of the pairs the deliveries name; gone when these name nobody any more. */
  pairs?: string[]
}

/** How many changes the people of a municipality had. */
export interface ChangeCounter {
  /** Code of the municipality. */
  _id: string
  /** Number of the latest change. */
  last: number
  /** How many pairs it has ever had: the number of the latest. */
  pairs?: number
}

/** A LINE webhook event that was dealt with. */
export interface WebhookEvent {
  /** `webhookEventId` */
  _id: string
  at: Date
  /** When the database forgets it. */
  removeAt: Date
}

/** What every part of the store needs. */
export interface StoreContext {
  db: Db
  ring: KeyRing
  now: () => Date
}

/** The collections of readers in the delivery database; writes wait for majority and journal. */
export interface ReaderCollections {
  readers: Collection<Reader>
  children: Collection<Child>
  pairs: Collection<Pair>
  suppressions: Collection<Suppression>
  friendships: Collection<FriendshipState>
  filterNotes: Collection<FilterNote>
  softBounces: Collection<SoftBounces>
  bounces: Collection<TakenBounce>
  confirmations: Collection<Confirmation>
  keptForms: Collection<KeptForm>
  usedLinks: Collection<UsedLink>
  visits: Collection<StoredVisit>
  stopNotes: Collection<StopNote>
  dateNotes: Collection<DateNote>
  counterVisits: Collection<CounterVisit>
  counterNumbers: Collection<CounterNumber>
  counterLog: Collection<CounterEntry>
  erasures: Collection<Erasure>
  webhookEvents: Collection<WebhookEvent>
  changeCounters: Collection<ChangeCounter>
}

/** Opens the collections; creates nothing. */
export function readerCollections(db: Db): ReaderCollections {
  const durable = { writeConcern: { w: 'majority', journal: true } } as const
  return {
    readers: db.collection<Reader>('readers', durable),
    children: db.collection<Child>('children', durable),
    pairs: db.collection<Pair>('pairs', durable),
    suppressions: db.collection<Suppression>('suppressions', durable),
    friendships: db.collection<FriendshipState>('friendships', durable),
    filterNotes: db.collection<FilterNote>('filterNotes', durable),
    softBounces: db.collection<SoftBounces>('softBounces', durable),
    bounces: db.collection<TakenBounce>('bounces', durable),
    confirmations: db.collection<Confirmation>('confirmations', durable),
    keptForms: db.collection<KeptForm>('keptForms', durable),
    usedLinks: db.collection<UsedLink>('usedLinks', durable),
    visits: db.collection<StoredVisit>('visits', durable),
    stopNotes: db.collection<StopNote>('stopNotes', durable),
    dateNotes: db.collection<DateNote>('dateNotes', durable),
    counterVisits: db.collection<CounterVisit>('counterVisits', durable),
    counterNumbers: db.collection<CounterNumber>('counterNumbers', durable),
    counterLog: db.collection<CounterEntry>('counterLog', durable),
    erasures: db.collection<Erasure>('erasures', durable),
    webhookEvents: db.collection<WebhookEvent>('webhookEvents', durable),
    changeCounters: db.collection<ChangeCounter>('changeCounters', durable),
  }
}

/** How long an event is known that LINE may deliver again. */
export const WEBHOOK_EVENTS_KEPT_MS = 30 * 24 * 3600_000

/**
 * When the database forgets what is to be kept for a while: it goes by its machine's clock, whatever
 * a practice clock shows.
 */
export function forgottenAfter(keptMs: number): Date {
  return new Date(systemNow().getTime() + keptMs)
}

/** What the last-second check asks for; only what was ever changed is in it. */
const CHANGES = {
  name: 'by_change_number',
  key: { municipality: 1, changeNumber: 1 },
  partialFilterExpression: { changeNumber: { $exists: true } },
} as const

/** Pairs that go on. */
const ACTIVE = { partialFilterExpression: { isActive: true } } as const

/** Pairs that are planned by themselves: one in twelve. */
const SPECIAL = { partialFilterExpression: { isSpecial: true } } as const

/** Creates the indexes; the unique one is what makes double registration impossible. */
export async function ensureReaderIndexes(db: Db): Promise<void> {
  const { readers, children, pairs, friendships, confirmations } = readerCollections(db)
  const { keptForms, usedLinks, visits, stopNotes, dateNotes, webhookEvents } =
    readerCollections(db)
  const { softBounces, bounces } = readerCollections(db)
  await readers.createIndexes([
    {
      name: 'one_reader_per_address',
      key: {
        municipality: 1,
        'identities.channel': 1,
        'identities.account': 1,
        'identities.index': 1,
      },
      unique: true,
      // who has given their only address up has none, and is not the same as the next one who has
      partialFilterExpression: { 'identities.index': { $exists: true } },
    },
    { name: 'by_blind_index', key: { 'identities.index': 1 } },
    {
      name: 'by_former_index',
      key: { 'former.index': 1 },
      partialFilterExpression: { 'former.index': { $exists: true } },
    },
    { name: 'by_municipality', key: { municipality: 1, status: 1 } },
    {
      name: 'by_joined',
      key: { joinedTo: 1 },
      partialFilterExpression: { joinedTo: { $exists: true } },
    },
    {
      name: 'by_left_town',
      key: { 'leftTowns.municipality': 1, 'leftTowns.changeNumber': 1 },
      partialFilterExpression: { 'leftTowns.changeNumber': { $exists: true } },
    },
    {
      name: 'stopped_by_age',
      key: { isForgotten: 1, changedAt: 1 },
      partialFilterExpression: { status: 'stopped' },
    },
    {
      name: 'by_end_of_rest',
      key: { 'rest.until': 1 },
      partialFilterExpression: { 'rest.until': { $exists: true } },
    },
    {
      name: 'by_fallback',
      key: { fallbackSince: 1 },
      partialFilterExpression: { fallbackSince: { $exists: true } },
    },
    {
      name: 'by_support',
      key: { municipality: 1, 'support.from': 1 },
      partialFilterExpression: { 'support.from': { $exists: true } },
    },
    {
      name: 'by_announcement',
      key: { 'announce.on': 1 },
      partialFilterExpression: { 'announce.on': { $exists: true } },
    },
    {
      name: 'by_supported_child',
      key: { 'support.child': 1 },
      partialFilterExpression: { 'support.child': { $exists: true } },
    },
    CHANGES,
  ])
  await children.createIndexes([
    { name: 'by_due_date', key: { municipality: 1, dueDate: 1 } },
    { name: 'by_birth_date', key: { municipality: 1, birthDate: 1 } },
    {
      name: 'by_entry_date',
      key: { municipality: 1, entryDate: 1 },
      partialFilterExpression: { entryDate: { $exists: true } },
    },
    { name: 'by_reader', key: { readers: 1 } },
    {
      name: 'by_same_child',
      key: { sameAs: 1 },
      partialFilterExpression: { sameAs: { $exists: true } },
    },
    {
      name: 'by_former_reader',
      key: { left: 1 },
      partialFilterExpression: { left: { $exists: true } },
    },
    CHANGES,
  ])
  await pairs.createIndexes([
    {
      name: 'by_cell',
      key: { municipality: 1, anchor: 1, cell: 1, _id: 1 },
      partialFilterExpression: { anchor: { $exists: true } },
    },
    { name: 'by_reader', key: { reader: 1 } },
    { name: 'by_child', key: { child: 1 } },
    { name: 'ended', key: { isActive: 1, _id: 1 }, partialFilterExpression: { isActive: false } },
    { name: 'by_birth_date', key: { municipality: 1, birthDate: 1 }, ...ACTIVE },
    { name: 'by_due_date', key: { municipality: 1, dueDate: 1 }, ...ACTIVE },
    {
      name: 'special_by_birth_date',
      key: { municipality: 1, birthDate: 1, isSpecial: 1 },
      ...SPECIAL,
    },
    {
      name: 'by_support',
      key: { municipality: 1, supportFrom: 1 },
      partialFilterExpression: { supportFrom: { $exists: true } },
    },
    {
      name: 'by_announcement',
      key: { municipality: 1, announceOn: 1 },
      partialFilterExpression: { announceOn: { $exists: true } },
    },
    { name: 'special_by_due_date', key: { municipality: 1, dueDate: 1, isSpecial: 1 }, ...SPECIAL },
  ])
  await friendships.createIndex({ at: 1 }, { name: 'by_age' })
  await confirmations.createIndexes([
    {
      name: 'by_question',
      key: { 'asked.childId': 1 },
      partialFilterExpression: { 'asked.childId': { $exists: true } },
    },
    { name: 'forget', key: { removeAt: 1 }, expireAfterSeconds: 0 },
    { name: 'by_address', key: { index: 1, createdAt: 1 } },
    {
      name: 'by_reader',
      key: { reader: 1 },
      partialFilterExpression: { reader: { $exists: true } },
    },
  ])
  await stopNotes.createIndexes([
    { name: 'by_reader', key: { reader: 1 } },
    { name: 'by_child', key: { children: 1 } },
  ])
  await ensureCounterIndexes(db)
  const { erasures } = readerCollections(db)
  await erasures.createIndex({ at: 1 }, { name: 'by_age' })
  await dateNotes.createIndex({ dueAt: 1 }, { name: 'by_time' })
  const isHard = { partialFilterExpression: { 'hard.state': { $exists: true } } }
  await bounces.createIndexes([
    { name: 'by_domain', key: { 'hard.domain': 1, 'hard.state': 1 }, ...isHard },
    { name: 'by_address', key: { 'hard.index': 1, 'hard.state': 1 }, ...isHard },
  ])
  const endings = [keptForms, usedLinks, visits, stopNotes, dateNotes, webhookEvents] as const
  for (const ending of [...endings, softBounces, bounces]) {
    await ending.createIndex({ removeAt: 1 }, { name: 'forget_at', expireAfterSeconds: 0 })
  }
}

async function ensureCounterIndexes(db: Db): Promise<void> {
  const { counterVisits, counterNumbers, counterLog } = readerCollections(db)
  await counterVisits.createIndex({ entrance: 1 }, { name: 'once', unique: true })
  await counterNumbers.createIndex({ reader: 1 }, { name: 'by_reader' })
  await counterLog.createIndexes([
    { name: 'by_person', key: { by: 1, at: 1 } },
    { name: 'by_municipality', key: { municipality: 1, at: 1 } },
    { name: 'by_reader', key: { reader: 1 }, sparse: true },
  ])
  for (const ending of [counterVisits, counterNumbers, counterLog] as const) {
    await ending.createIndex({ removeAt: 1 }, { name: 'forget_at', expireAfterSeconds: 0 })
  }
}
