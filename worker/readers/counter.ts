import { createHash, randomInt, randomUUID } from 'node:crypto'

import { blindIndex, type KeyRing } from '../../src/secret/seal'
import type { Entrance } from '../../src/secret/entrance'

import { isDuplicateKey } from '../database/transaction'
import {
  forgottenAfter,
  readerCollections,
  type CounterAct,
  type CounterVisit,
  type StoreContext,
} from './collections'
import { indexOf } from './identity'
import { MAIL_ACCOUNT, type Reader } from './reader'

const MINUTE_MS = 60_000

/** How long the counter is open after it was entered. */
export const COUNTER_LIFE_MS = 30 * MINUTE_MS

/** How long a number opens its reader's registration at the counter. */
export const COUNTER_NUMBER_LIFE_MS = 10 * MINUTE_MS

/** How long it is known who did what at a counter (days): a fiscal year, and the month after it. */
export const COUNTER_LOG_DAYS = 400

/** How often one person may look somebody up, or register somebody, in an hour. */
export const COUNTER_ACTS_PER_HOUR = 60

/** What somebody at the counter looks a reader up by: what that reader has said or shown. */
export type CounterQuestion = { mail: string } | { number: string }

/** `tooOften`: nobody was looked up; `none`: no reader of this municipality, and no word of others. */
export type CounterAnswer = { status: 'found'; handle: string } | { status: 'none' | 'tooOften' }

/** What was done at a counter, to whom. */
export interface CounterNote {
  act: CounterAct
  reader?: string
  child?: string
  /** Names of what was changed, or how: never a value. */
  detail?: string
  /** An address that is not a reader's yet. */
  mail?: string
}

/** The counter, where staff act for a reader who is there; each step is written down. */
export interface CounterStore {
  /** Uses an entrance up in one browser; the same press again gives the same cookie, null otherwise. */
  enter: (entered: Entrance & { browser: string }) => Promise<{ cookie: string } | null>
  /** Whose cookie it is, while the counter is open. */
  visitOf: (cookie: string) => Promise<CounterVisit | null>
  /** Closes the counter; its entrance opens it no more. */
  close: (visit: CounterVisit) => Promise<void>
  /** Looks a reader up; one at a time, by the whole address or by the number they show. */
  find: (visit: CounterVisit, asked: CounterQuestion) => Promise<CounterAnswer>
  /** The reader of a handle that this visit has found; null for any other. */
  readerOf: (visit: CounterVisit, handle: string) => Promise<Reader | null>
  /** Whether this person has done as much as anybody may in an hour. */
  isTooOften: (visit: Pick<CounterVisit, 'by'>) => Promise<boolean>
  /** Writes a step down, before it is made. */
  note: (visit: CounterVisit, done: CounterNote) => Promise<void>
  /** A new number (8 digits) that a reader shows at the counter; those before it open nothing. */
  giveNumber: (reader: Pick<Reader, '_id' | 'municipality'>) => Promise<string>
}

/** Opens the counter's part of the store. */
export function createCounter(context: StoreContext): CounterStore {
  return {
    enter: (entered) => enter(context, entered),
    visitOf: (cookie) => visitOf(context, cookie),
    close: async ({ _id }) => {
      await readerCollections(context.db).counterVisits.updateOne(
        { _id },
        { $set: { openUntil: context.now() } },
      )
    },
    find: (visit, asked) => find(context, visit, asked),
    readerOf: (visit, handle) => readerOf(context, visit, handle),
    isTooOften: ({ by }) => isTooOften(context, by),
    note: (visit, done) => note(context, visit, done),
    giveNumber: (reader) => giveNumber(context, reader),
  }
}

async function enter(
  context: StoreContext,
  { by, municipality, isTakeout, key, browser, expiresAt }: Entrance & { browser: string },
): Promise<{ cookie: string } | null> {
  const { db, ring, now } = context
  const { counterVisits } = readerCollections(db)
  const cookie = blindIndex(ring, `${key} ${browser}`, 'counter-cookie')
  const openUntil = new Date(now().getTime() + COUNTER_LIFE_MS)
  const visit: CounterVisit = {
    _id: hashOf(cookie),
    entrance: hashOf(key),
    by,
    municipality,
    ...(isTakeout && { isTakeout }),
    found: [],
    openUntil,
    removeAt: forgottenAfter(COUNTER_LIFE_MS + expiresAt.getTime() - now().getTime()),
  }
  try {
    await counterVisits.insertOne(visit)
  } catch (error) {
    if (!isDuplicateKey(error)) throw error
    return (await visitOf(context, cookie)) && { cookie } // pressed twice, in the same browser
  }
  await note(context, visit, { act: 'enter' })
  return { cookie }
}

function visitOf({ db, now }: StoreContext, cookie: string): Promise<CounterVisit | null> {
  const { counterVisits } = readerCollections(db)
  return counterVisits.findOne({ _id: hashOf(cookie), openUntil: { $gt: now() } })
}

async function find(
  context: StoreContext,
  visit: CounterVisit,
  asked: CounterQuestion,
): Promise<CounterAnswer> {
  if (await isTooOften(context, visit.by)) return { status: 'tooOften' }
  const reader = await ('mail' in asked
    ? readerByMail(context, visit, asked.mail)
    : readerByNumber(context, visit, asked.number))
  if (!reader) {
    await note(context, visit, { act: 'findNobody' })
    return { status: 'none' }
  }
  const handle = handleOf(context.ring, visit, reader._id)
  await note(context, visit, { act: 'find', reader: reader._id })
  await readerCollections(context.db).counterVisits.updateOne(
    { _id: visit._id },
    { $addToSet: { found: { handle, reader: reader._id } } },
  )
  return { status: 'found', handle }
}

function readerByMail(
  { db, ring }: StoreContext,
  { municipality }: CounterVisit,
  address: string,
): Promise<Reader | null> {
  const same = { channel: 'mail' as const, account: MAIL_ACCOUNT }
  const index = indexOf(ring, { ...same, address })
  const identities = { $elemMatch: { ...same, index } }
  return readerCollections(db).readers.findOne({
    municipality,
    identities,
    isForgotten: { $exists: false },
  })
}

/** A number is good once, for the visit that typed it first. */
async function readerByNumber(
  { db, ring, now }: StoreContext,
  { _id: visit, municipality }: CounterVisit,
  number: string,
): Promise<Reader | null> {
  const { counterNumbers, readers } = readerCollections(db)
  const _id = numberId(ring, { municipality, number })
  const given = await counterNumbers.findOneAndUpdate(
    { _id, expiresAt: { $gt: now() }, $or: [{ usedBy: null }, { usedBy: visit }] },
    { $set: { usedBy: visit } },
  )
  return given && readers.findOne({ _id: given.reader, municipality })
}

async function readerOf(
  { db }: StoreContext,
  { found, municipality }: CounterVisit,
  handle: string,
): Promise<Reader | null> {
  const reader = found.find((one) => one.handle === handle)?.reader
  if (!reader) return null
  return readerCollections(db).readers.findOne({ _id: reader, municipality })
}

async function isTooOften({ db, now }: StoreContext, by: string): Promise<boolean> {
  const { counterLog } = readerCollections(db)
  const at = { $gt: new Date(now().getTime() - 60 * MINUTE_MS) }
  const act = { $in: ['find', 'findNobody', 'register'] as CounterAct[] }
  return (await counterLog.countDocuments({ by, at, act })) >= COUNTER_ACTS_PER_HOUR
}

async function note(
  { db, ring, now }: StoreContext,
  { by, municipality }: Pick<CounterVisit, 'by' | 'municipality'>,
  { mail, ...done }: CounterNote,
): Promise<void> {
  const index = mail && indexOf(ring, { channel: 'mail', account: MAIL_ACCOUNT, address: mail })
  await readerCollections(db).counterLog.insertOne({
    _id: randomUUID(),
    at: now(),
    by,
    municipality,
    ...done,
    ...(index && { index }),
    removeAt: forgottenAfter(COUNTER_LOG_DAYS * 24 * 60 * MINUTE_MS),
  })
}

async function giveNumber(
  context: StoreContext,
  reader: Pick<Reader, '_id' | 'municipality'>,
): Promise<string> {
  const { db, ring, now } = context
  const { counterNumbers } = readerCollections(db)
  await counterNumbers.deleteMany({ reader: reader._id })
  const number = String(randomInt(10 ** 8)).padStart(8, '0')
  try {
    await counterNumbers.insertOne({
      _id: numberId(ring, { ...reader, number }),
      reader: reader._id,
      usedBy: null,
      expiresAt: new Date(now().getTime() + COUNTER_NUMBER_LIFE_MS),
      removeAt: forgottenAfter(COUNTER_NUMBER_LIFE_MS),
    })
    return number
  } catch (error) {
    if (isDuplicateKey(error)) return giveNumber(context, reader) // somebody has it just now
    throw error
  }
}

function numberId(
  ring: KeyRing,
  { municipality, number }: { municipality: string; number: string },
): string {
  return blindIndex(ring, `${municipality} ${number}`, 'counter-number')
}

/** Names a reader in the addresses of one visit, and nowhere else. */
function handleOf(ring: KeyRing, { _id }: CounterVisit, reader: string): string {
  return blindIndex(ring, `${_id} ${reader}`, 'counter-reader').slice(0, 32)
}

function hashOf(text: string): string {
  return createHash('sha256').update(text).digest('hex')
}
