// A delivery database is brought forward once, by one process, and never by a program that is older.
import { afterEach, beforeEach, expect, test } from '@jest/globals'
import { MongoClient, type Db } from 'mongodb'

import { migrate } from '../../../worker/migrations/migrate'
import { MIGRATIONS, type Migration } from '../../../worker/migrations/migrations'
import {
  assertVersionKnown,
  doneMigrations,
  OWN_VERSION,
  schemaVersionOf,
} from '../../../worker/migrations/schemaVersion'
import { emptyDatabaseUrl, giveBack } from '../../emptyDatabase'
import { killAt } from '../killAt'

const now = () => new Date('2026-12-01T03:00:00Z')

let url: string
let client: MongoClient
let db: Db

beforeEach(async () => {
  url = emptyDatabaseUrl()
  client = await new MongoClient(url).connect()
  db = client.db()
})

afterEach(async () => {
  await client.close()
  await giveBack(url)
})

/** A step that leaves a document each time it is begun, and another one at its end. */
function step(version: number, between: () => Promise<void> = async () => undefined): Migration {
  const up = async (of: Db) => {
    await of.collection('begun').insertOne({ version })
    await between()
    await of.collection('ended').updateOne({ version }, { $set: { version } }, { upsert: true })
  }
  return { version, what: `${version} つ目です。`, up }
}

const versionsIn = async (name: string) =>
  (await db.collection(name).find().toArray()).map(({ version }) => version as number)

/** When the turn of whoever is at it ends. */
const endOfTurn = async () =>
  (await db.collection<{ _id: string; until: Date }>('migrations').findOne({ _id: 'turn' }))!.until

/** The database was used before: there is somebody to tell. */
const useIt = () => db.collection('installation').insertOne({ namespace: 'x' })

test('the versions of the migrations are counted from 1', () => {
  expect(MIGRATIONS.map(({ version }) => version)).toEqual(MIGRATIONS.map((_, at) => at + 1))
})

test('a fresh database has the newest version at once, and nobody is told', async () => {
  const told: string[] = []
  await migrate({ db, now, onProgress: (sentence) => told.push(sentence) })
  expect(await schemaVersionOf(db)).toBe(OWN_VERSION)
  expect(told).toEqual([])
})

test('what was done is noted and not done again; what came since is', async () => {
  await useIt()
  const told: string[] = []
  const onProgress = (sentence: string) => told.push(sentence)
  await migrate({ db, now, migrations: [step(1)], onProgress })
  await migrate({ db, now, migrations: [step(1)], onProgress })
  await migrate({ db, now, migrations: [step(1), step(2)], onProgress })
  expect(await versionsIn('begun')).toEqual([1, 2])
  expect(told).toEqual([
    'データベースを版 1 にします: 1 つ目です。',
    'データベースを版 2 にします: 2 つ目です。',
  ])
  expect(await doneMigrations(db).findOne({ _id: 2 })).toMatchObject({
    what: '2 つ目です。',
    at: now(),
    tookMs: expect.any(Number),
  })
})

test('of two processes one migrates, however long, and the other waits and says for whom', async () => {
  const leaseMs = 200
  const told: string[] = []
  const long = step(1, async () => {
    const first = (await endOfTurn()).getTime()
    while ((await endOfTurn()).getTime() < first + 2 * leaseMs || told.length === 0);
  })
  const one = migrate({ db, now, migrations: [long], leaseMs, owner: 'one:1' })
  while ((await versionsIn('begun')).length === 0);
  const onProgress = (sentence: string) => told.push(sentence)
  await migrate({ db, now, migrations: [long], leaseMs, owner: 'other:2', onProgress })
  await one
  expect(told).toEqual(['データベースの移行を one:1 がしています。終わるのを待ちます。'])
  expect(await versionsIn('begun')).toEqual([1])
})

test('wherever a process is killed, the next one goes on and ends with the same', async () => {
  const migrations = [step(1), step(2)]
  let write = 0
  for (let hasKilled = true; hasKilled;) {
    write += 1
    for (const name of ['migrations', 'begun', 'ended']) await db.collection(name).deleteMany({})
    const killed = killAt(db, { write, when: 'before' })
    const first = migrate({ db: killed.db, now, migrations, leaseMs: 100 })
    await first.catch((error: unknown) => expect(error).toEqual(new Error('killed')))
    hasKilled = killed.hasKilled()
    await migrate({ db, now, migrations, leaseMs: 100 })
    expect(await versionsIn('ended')).toEqual([1, 2])
    expect(await schemaVersionOf(db)).toBe(2)
  }
  expect(write).toBeGreaterThan(8)
})

test('one that fails lets the next one try at once, and is not noted', async () => {
  const failing = step(2, () => Promise.reject(new Error('the disk is full')))
  await expect(migrate({ db, now, migrations: [step(1), failing] })).rejects.toThrow('disk')
  expect(await schemaVersionOf(db)).toBe(1)
  await migrate({ db, now, migrations: [step(1), step(2)] })
  expect(await versionsIn('begun')).toEqual([1, 2, 2])
})

test('a program that is older than the database refuses, and says what to do', async () => {
  await migrate({ db, now, migrations: [step(1), step(2)] })
  const refusal = /版 2 ですが、.*版 1 までです。新しいほうのプログラム.*restore/
  await expect(assertVersionKnown(db, 1)).rejects.toThrow(refusal)
  await expect(migrate({ db, now, migrations: [step(1)] })).rejects.toThrow(refusal)
  await assertVersionKnown(db, 2)
})
