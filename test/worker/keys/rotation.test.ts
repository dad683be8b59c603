// A new key takes the place of an older one while readers come and go; a lost one ends the start.
import { randomBytes } from 'node:crypto'

import { expect, test } from '@jest/globals'
import type { Db, Document } from 'mongodb'

import { KEPT_PLACES } from '../../../src/secret/keptPlaces'
import { parseKeyRing, seal } from '../../../src/secret/seal'
import { DOMAIN_CONTEXT } from '../../../worker/bounce/hardBounces'
import { countSealed } from '../../../worker/keys/countSealed'
import { createResealing } from '../../../worker/keys/resealing'
import { SEALED_FIELDS } from '../../../worker/keys/sealedFields'
import { ledgerCollections } from '../../../worker/ledger/collections'
import { readerCollections } from '../../../worker/readers/collections'
import { ANSWER_CONTEXT, BANDS_CONTEXT } from '../../../worker/survey/sealed'
import { childTexts, TOWN } from '../../src/plan/town'
import { DAY_45, families, openService } from '../app/day'
import { LINE, mailUser, openWorker, register, type WorkerUnderTest } from '../app/openWorker'
import { runIn } from '../cli/io'
import { killAt } from '../killAt'

const LOGIN = { ...LINE, id: 'L2', channelId: '22', basicId: '@l2' }

/** A town with something in every field that is sealed. */
async function openTown() {
  const login = { channelId: '33', channelSecret: 'f'.repeat(32) }
  const worker = await openWorker({ releases: childTexts(), accounts: [{ ...LOGIN, login }] })
  const { delivery } = worker
  const { line, mail } = await families(worker, { line: 2, mail: 3 })
  const { db, ring, readers, now } = delivery
  await readers.requestConfirmation({
    ...registration(delivery.now()),
    address: mailUser(8),
  })
  const readerId = mail[0]!.readerId
  const asked = await readers.askContactByMail({
    readerId,
    municipality: TOWN,
    address: 'new@family.example',
    once: 'once',
  })
  await readers.keepForm({ id: 'form', holder: 'h', values: { name: 'x' } })
  const removeAt = new Date(Date.now() + 3600_000) // the database forgets by the real clock
  const people = readerCollections(db)
  const hard = { index: 'i', domain: 'd', sealedDomain: seal(ring, 'a.example', DOMAIN_CONTEXT) }
  const held = { ...hard, state: 'held' as const, dueAt: now() }
  const bounce = { kind: 'hard' as const, code: '5.1.1', at: now(), removeAt }
  await people.bounces.insertOne({ _id: 'b', ...bounce, hard: held })
  for (const [name, context] of [
    ['surveyTokens', BANDS_CONTEXT],
    ['surveyAnswers', ANSWER_CONTEXT],
  ] as const)
    await db
      .collection<{ _id: string; sealed: string }>(name)
      .insertOne({ _id: name, sealed: seal(ring, '{}', context) })
  return { worker, line, mail, token: asked!.token }
}

const registration = (consentedAt: Date) => ({
  municipality: TOWN,
  edition: 'standard',
  relation: 'mother' as const,
  area: null,
  source: null,
  consentedAt,
  consentVersion: '1',
  child: DAY_45,
})

const newKey = () => randomBytes(32).toString('base64')
const withNew = (keys: string, name = 'k2') => keys.replace('k1:', `${name}:${newKey()},k1:`)
const parts = (keys: string) => {
  const [index, ...others] = keys.split(',')
  return { index: index!, others }
}

const keysOf = ({ env }: WorkerUnderTest) => env.KIZUNA_KEYS

const resealingOf = (worker: WorkerUnderTest, keys: string, db: Db = worker.delivery.db) =>
  createResealing({ db, ring: parseKeyRing(keys), now: () => worker.clock.now, piece: 2 })

async function all(resealSome: () => Promise<boolean>) {
  while (await resealSome());
}

const keysIn = async (db: Db) => [...new Set((await countSealed(db)).map(({ key }) => key))]

/** Where in the database something looks as if a key had sealed it. */
async function sealedPlaces(db: Db, key: string) {
  const found = new Set<string>()
  const look = (value: unknown, collection: string, path: string): void => {
    if (typeof value === 'string' && value.startsWith(`${key}.`)) found.add(`${collection} ${path}`)
    if (Array.isArray(value)) for (const one of value) look(one, collection, path)
    else if (value !== null && typeof value === 'object' && !(value instanceof Date))
      for (const [name, inner] of Object.entries(value as Document))
        look(inner, collection, path ? `${path}.${name}` : name)
  }
  for (const { name } of await db.listCollections({}, { nameOnly: true }).toArray())
    for (const document of await db.collection(name).find().toArray()) look(document, name, '')
  return [...found].sort()
}

test('all that is sealed is sealed anew, broken off anywhere, and opens as before', async () => {
  const { worker, mail, token } = await openTown()
  const { db } = worker.delivery
  const places = SEALED_FIELDS.map(({ collection, field }) => `${collection} ${field}`).sort()
  expect(await sealedPlaces(db, 'k1')).toEqual(places)
  const keys = withNew(keysOf(worker))
  for (const when of ['before', 'after', 'before', 'after'] as const) {
    const killed = killAt(db, { write: 2, when })
    await all(resealingOf(worker, keys, killed.db)).catch(() => undefined)
    expect(killed.hasKilled()).toBe(true)
    expect((await keysIn(db)).sort()).toEqual(['k1', 'k2']) // both are readable meanwhile
  }
  await all(resealingOf(worker, keys))
  expect(await sealedPlaces(db, 'k1')).toEqual([])
  expect(await sealedPlaces(db, 'k2')).toEqual(places)
  const withoutOld = keys.split(',').slice(0, 2).join(',')
  const later = await worker.connect({ keys: withoutOld })
  const people = await readerCollections(db).readers.find().toArray()
  const addresses = people.flatMap(({ identities }) => identities).map(later.readers.openAddress)
  expect(addresses).toContain(mailUser(2).address)
  expect(await later.readers.findForm({ id: 'form', holder: 'h' })).toEqual({ name: 'x' })
  expect(await later.readers.confirmContact(token)).toMatchObject({ status: 'changed' })
  await later.syncedContent.refresh()
  expect(later.syncedContent.line('L2')?.login?.channelSecret).toBe('f'.repeat(32))
  // the reader is found by the old index, and is no second one
  const again = await register(later, { address: mailUser(2), child: DAY_45 })
  expect(again.readerId).toBe(mail[2]!.readerId)
})

test('what changes while it is sealed anew is not lost, and nothing is done beside a run', async () => {
  const { worker, token } = await openTown()
  const { db, readers } = worker.delivery
  const keys = withNew(keysOf(worker))
  const runs = ledgerCollections(db).runs
  const leaseUntil = new Date(worker.clock.now.getTime() + 60_000)
  await runs.insertOne({ _id: 'r', state: 'sending', leaseUntil } as never)
  const resealSome = resealingOf(worker, keys)
  expect(await resealSome()).toBe(true)
  expect(await keysIn(db)).toEqual(['k1'])
  await runs.deleteOne({ _id: 'r' })
  const changing = changedBefore(db, () => readers.confirmContact(token))
  await all(resealingOf(worker, keys, changing))
  const contacts = (await readerCollections(db).readers.find().toArray()).flatMap(
    ({ identities }) => identities,
  )
  const opened = await worker.connect({ keys })
  expect(contacts.map(opened.readers.openAddress)).toContain('new@family.example')
  expect(contacts.map(opened.readers.openAddress)).not.toContain(mailUser(0).address)
  // a program with the old key has sealed since: the next day's round finds it
  worker.clock.now = new Date(worker.clock.now.getTime() + 24 * 3600_000)
  await all(resealingOf(worker, keys))
  expect(await keysIn(db)).toEqual(['k2'])
})

/** A database in which something else is done between the first reading and its writing. */
function changedBefore(db: Db, change: () => Promise<unknown>): Db {
  let isDone = false
  return new Proxy(db, {
    get: (target, name) => {
      const value: unknown = Reflect.get(target, name, target)
      if (name !== 'collection') return typeof value === 'function' ? value.bind(target) : value
      return (called: string) =>
        new Proxy(target.collection(called), {
          get: (collection, method) => {
            const of: unknown = Reflect.get(collection, method, collection)
            if (typeof of !== 'function') return of
            if (method !== 'bulkWrite' || isDone) return of.bind(collection)
            return async (...args: unknown[]) => {
              isDone = true
              await change()
              return of.apply(collection, args)
            }
          },
        })
    },
  })
}

test('a key that is missing or another one ends the start with what to do; the right ones begin it', async () => {
  const { worker } = await openTown()
  const { db } = worker.delivery
  const keys = keysOf(worker)
  const { index, others } = parts(keys)
  const starts = (given: string) => worker.connect({ keys: given })
  await expect(starts(`${index},k2:${newKey()}`)).rejects.toThrow(
    /鍵「k1」がありません.*「連絡先」/s,
  )
  await expect(starts(`${index},k1:${newKey()}`)).rejects.toThrow(/「k1」が、いままで使っていた/)
  const another = `index:${newKey()},${others.join(',')}`
  await expect(starts(another)).rejects.toThrow(/検索用の鍵「index」が.*戻してください/)
  expect(await db.collection('keyChecks').distinct('_id')).toEqual(['index', 'k1'])
  // of a database from before keys were noted, what is in it says it
  await db.collection('keyChecks').deleteMany({})
  await expect(starts(`${index},k2:${newKey()}`)).rejects.toThrow(/鍵「k1」がありません/)
  await expect(starts(`${index},k1:${newKey()}`)).rejects.toThrow(/「k1」が、いままで/)
  await expect(starts(another)).rejects.toThrow(/「index」/)
  await starts(keys)
  expect(await db.collection('keyChecks').distinct('_id')).toEqual(['index', 'k1'])
  const doctor = await runIn(
    { env: { ...worker.env, KIZUNA_KEYS: `${index},k2:${newKey()}` }, now: () => worker.clock.now },
    ['doctor'],
  )
  expect(doctor.out).toContainEqual(expect.stringMatching(/^× 鍵: .*「k1」がありません/))
})

test('kizuna keys says what each key has sealed, and from when an older one may go', async () => {
  const { worker } = await openTown()
  const keys = withNew(keysOf(worker))
  const env = { ...worker.env, KIZUNA_KEYS: keys }
  const say = async (at = worker.clock.now) => (await runIn({ env, now: () => at }, ['keys'])).out
  const later = await worker.connect({ keys })
  expect(await say()).toContainEqual(expect.stringMatching(/^鍵 k1: 残り \d+ 件.*まだ抜けません/))
  await openService({ delivery: later }).tick()
  await all(resealingOf(worker, keys))
  const done = await say()
  expect(done[0]).toMatch(/^鍵 k2: いま封じている鍵です\(連絡先 5、.*抜けません/)
  expect(done[1]).toMatch(
    /^鍵 k1: データベースには残っていません。抜くのは 2027年11月10日.* のあと/,
  )
  const afterLinks = new Date('2027-11-12T00:00:00+09:00')
  const json = await worker.connect({ keys, now: () => afterLinks })
  expect(json).toBeDefined()
  const { code, json: states } = await runIn(
    { env: { ...env, KIZUNA_KEYS: keys.split(',').slice(0, 2).join(',') }, now: () => afterLinks },
    ['keys', '--json'],
  )
  expect([code, states()]).toMatchObject([
    0,
    { faults: [], keys: [{ key: 'k2', isCurrent: true }] },
  ])
})

test('every place that is sealed in the delivery database is sealed anew', () => {
  const kept = KEPT_PLACES.filter(({ side, how }) => side === 'delivery' && how === 'sealed')
  const named = (one: { collection: string; field: string }) => `${one.collection} ${one.field}`
  expect(SEALED_FIELDS.map(named).sort()).toEqual(kept.map(named).sort())
})
