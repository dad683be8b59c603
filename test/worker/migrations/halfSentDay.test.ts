// A database as version 0 left it at ten past eight: LINE has its texts, mails wait for nine.
import { readFile } from 'node:fs/promises'
import { resolve } from 'node:path'

import { afterEach, expect, test } from '@jest/globals'
import { BSON, MongoClient, type Db, type Document } from 'mongodb'

import { ConfigError } from '../../../src/config/config'
import { openDeliveryHalf } from '../../../worker/app/deliveryHalf'
import { createLedgerReader } from '../../../worker/ledger/reading'
import {
  doneMigrations,
  OWN_VERSION,
  schemaVersionOf,
} from '../../../worker/migrations/schemaVersion'
import { createSandbox } from '../../../worker/sandbox/sandbox'
import { emptyDatabaseUrl, giveBack } from '../../emptyDatabase'
import { DAY_45, never, RUN } from '../app/day'
import { channelOf, LINE, lineUser, NOBODY, received, register } from '../app/openWorker'

/** Documents by the name of their collection, and the keys that open them: invented people. */
const STORED = BSON.EJSON.parse(
  await readFile(resolve(import.meta.dirname, 'halfSentDay.json'), 'utf8'),
) as { keys: string; collections: Record<string, Document[]> }

const now = () => new Date('2026-10-06T09:30:00+09:00')
const undo: (() => Promise<unknown>)[] = []

afterEach(async () => {
  for (const step of undo.splice(0).reverse()) await step()
})

/** A database with what is stored, and how a program of now opens it at half past nine. */
async function put(names = Object.keys(STORED.collections)) {
  const databaseUrl = emptyDatabaseUrl()
  undo.push(() => giveBack(databaseUrl))
  const client = await new MongoClient(databaseUrl).connect()
  undo.push(() => client.close())
  const db = client.db()
  for (const name of names) await db.collection(name).insertMany(STORED.collections[name] ?? [])
  const channels = [channelOf(LINE, NOBODY)]
  const sandbox = await createSandbox({ port: 0, smtpPort: 0, now, perSecond: null, channels })
  undo.push(sandbox.stop)
  const told: string[] = []
  const open = async () => {
    const delivery = await openDeliveryHalf({
      databaseUrl,
      keys: STORED.keys,
      cmsUrl: 'http://127.0.0.1:9',
      cmsApiKey: 'x'.repeat(20),
      lineApiUrl: sandbox.url,
      smtpUrl: sandbox.smtpUrl,
      publicUrl: 'https://web.example',
      now,
      onProgress: (sentence) => told.push(sentence),
    })
    undo.push(delivery.close)
    return delivery
  }
  return { db, sandbox, open, told }
}

async function collectionsOf(db: Db, names: string[]) {
  const found = names.map((name) => db.collection(name).find().sort({ _id: 1 }).toArray())
  return Object.fromEntries((await Promise.all(found)).map((all, at) => [names[at], all]))
}

test('an upgrade in the middle of a day sends the rest, and nothing twice', async () => {
  const { db, sandbox, open, told } = await put()
  const delivery = await open()
  expect(told).toHaveLength(OWN_VERSION)
  expect(await schemaVersionOf(db)).toBe(OWN_VERSION)
  const kept = ['readers', 'children', 'pairs', 'runs', 'batches', 'deliveries', 'payloads']
  expect(STORED.collections).toMatchObject(await collectionsOf(db, kept))
  await delivery.syncedContent.refresh()
  expect(await delivery.worker.work(RUN, never)).toEqual({ status: 'finished' })
  const mails = [0, 1, 2].map((at) => [`reader${at}@family.example`, 1])
  expect([...received(sandbox)].toSorted()).toEqual(mails) // those on LINE had theirs before
  const run = await delivery.runs.find(RUN)
  expect(await createLedgerReader(db).statusCounts(run!)).toEqual({
    line: { accepted: 3 },
    mail: { accepted: 3 },
  })
})

test('a reader of then is known again, and is not registered twice', async () => {
  const { open } = await put()
  const delivery = await open()
  const again = await register(delivery, { address: lineUser(0), child: DAY_45 })
  const known = STORED.collections['readers']?.map(({ _id }) => String(_id))
  expect(known).toContain(again.readerId)
})

test('readers from before pairs get theirs, and the former index goes', async () => {
  const { db, open } = await put(['installation', 'readers', 'children'])
  const readers = db.collection('readers')
  const key = { municipality: 1, 'identities.channel': 1 } as const
  await readers.createIndex(key, { name: 'one_reader_per_identity' })
  await open()
  const readersOf = (all: Document[] = []) => all.map(({ reader }) => String(reader)).toSorted()
  expect(readersOf(await db.collection('pairs').find().toArray())).toEqual(
    readersOf(STORED.collections['pairs']),
  )
  expect(await readers.indexExists('one_reader_per_identity')).toBe(false)
  expect(await readers.indexExists('one_reader_per_address')).toBe(true)
})

test('a program that is older than the database does not begin, and writes nothing', async () => {
  const { db, open } = await put(['installation', 'readers', 'children'])
  const newer = { _id: OWN_VERSION + 1, what: '', at: new Date(0), tookMs: 0 }
  await doneMigrations(db).insertOne(newer)
  await expect(open()).rejects.toThrow(ConfigError)
  expect(await db.collection('keyChecks').countDocuments()).toBe(0)
})
