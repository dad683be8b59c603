// A new index key takes the place of an older one, without anybody's address, and everybody is found by it.
import { randomBytes } from 'node:crypto'

import { expect, test } from '@jest/globals'
import type { Db } from 'mongodb'

import { KEPT_PLACES } from '../../../src/secret/keptPlaces'
import { blindIndex, createRehash, generateKeyRing, parseKeyRing } from '../../../src/secret/seal'
import { addDays } from '../../../src/stage/day'
import { fingerprintsOf, wrongSecrets, type Manifest } from '../../../worker/backup/manifest'
import { HASHED_COLLECTIONS, MOVED } from '../../../worker/keys/hashedFields'
import { moveIndex } from '../../../worker/keys/moveIndex'
import { ledgerCollections } from '../../../worker/ledger/collections'
import { readerCollections } from '../../../worker/readers/collections'
import { indexOf, suppressionId } from '../../../worker/readers/identity'
import { groupByReader } from '../../../worker/readers/importedReader'
import type { ImportedRow } from '../../../worker/readers/importedRow'
import type { Address } from '../../../worker/readers/reader'
import { surveyCollections } from '../../../worker/survey/collections'
import { childTexts, TODAY, TOWN } from '../../src/plan/town'
import { DAY_45, families } from '../app/day'
import { LINE, lineUser, mailUser, openWorker, register } from '../app/openWorker'
import { runIn } from '../cli/io'
import { killAt } from '../killAt'

const newIndex = (keys: string) =>
  keys.replace('index:', `index:${randomBytes(32).toString('base64')},index-1:`)

test('what the older key has hashed goes on with the newer one, and a list names the same reader', () => {
  const old = generateKeyRing()
  const [before, after] = [parseKeyRing(old), parseKeyRing(newIndex(old))]
  expect(after.currentId).toBe('k1')
  const hash = blindIndex(before, 'x', 'c')
  expect(createRehash([after.index], 'c')(hash)).toBe(blindIndex(after, 'x', 'c'))
  expect(blindIndex(after, 'x', 'c')).not.toBe(hash)
  const row = { address: mailUser(1), municipality: TOWN } as ImportedRow
  const [one] = groupByReader(before, [row])
  const [other] = groupByReader(after, [row])
  expect(other!.id).toBe(one!.id)
  expect(other!.index).not.toBe(one!.index)
})

test('a backup from before is put back with the newer key beside its own, and none with its own alone', () => {
  const payloadSecret = 's'
  const old = generateKeyRing()
  const [before, after] = [old, newIndex(old)].map((keys) => ({ keys, payloadSecret }))
  const taken = (secrets: typeof before) => ({ keys: fingerprintsOf(secrets!, 'salt') }) as Manifest
  expect(wrongSecrets(taken(before), after!)).toEqual([])
  expect(wrongSecrets(taken(after), after!)).toEqual([])
  expect(wrongSecrets(taken(after), before!)).toEqual(['KIZUNA_KEYS の「index」'])
  const others = { keys: generateKeyRing(), payloadSecret }
  expect(wrongSecrets(taken(before), others)).toContain('KIZUNA_KEYS の「index」')
})

test('every hash that outlives a move is moved; the others end by themselves', () => {
  const names = HASHED_COLLECTIONS.map(({ open }) => open(NO_DB).collectionName)
  const kept = KEPT_PLACES.filter(({ how }) => how === 'hashed').map((one) => one.collection)
  const left = kept.filter((name) => !names.includes(name))
  expect([...new Set(left)].sort()).toEqual(
    ['counterNumbers', 'counterVisits', 'keptForms', 'stopNotes', 'surveyMarks'].concat(
      'surveyTokens',
      'usedLinks',
      'visits',
    ),
  )
  expect(names.every((name) => kept.includes(name))).toBe(true)
})

/** Opens no collection, and knows its name. */
const NO_DB = { collection: (collectionName: string) => ({ collectionName }) } as unknown as Db

/** A town with something in every collection that has hashes. */
async function openTown() {
  const worker = await openWorker({ releases: childTexts() })
  const { db, readers, ring, now } = worker.delivery
  const { mail, line } = await families(worker, { line: 2, mail: 4 })
  const people = readerCollections(db)
  const address = (of: Address) => {
    const { channel, account } = of
    return { channel, account, index: indexOf(ring, of) }
  }
  await readers.suppress({ ...address(mailUser(1)), reason: 'complained' })
  await readers.noteMaybeFilter({ ...address(mailUser(2)), date: TODAY })
  await readers.noteSoftRefusal({ ...address(mailUser(2)), date: TODAY })
  const change = { readerId: mail[0]!.readerId, municipality: TOWN, once: 'once' }
  const asked = await readers.askContactByMail({ ...change, address: 'new@family.example' })
  await readers.confirmContact(asked!.token)
  const waits = { ...change, readerId: mail[2]!.readerId, address: 'waits@family.example' }
  const waiting = await readers.askContactByMail(waits)
  const friend = { lineAccount: LINE.id, provider: LINE.provider, municipalities: [TOWN] }
  const blocks = { ...friend, userId: lineUser(9).address, isFriend: false, at: now() }
  await readers.recordFriendship(blocks)
  const forgotten = { $set: { isForgotten: true as const, 'identities.0.sealed': '' } }
  await people.readers.updateOne({ _id: mail[3]!.readerId }, forgotten)
  return { worker, people, mail, line, token: waiting!.token }
}

test('all hashes are moved, broken off at any write, and everybody is who they were', async () => {
  const { worker, people, mail, token } = await openTown()
  const { db } = worker.delivery
  const keys = newIndex(worker.env.KIZUNA_KEYS)
  const ring = parseKeyRing(keys)
  const options = { db, ring, now: () => worker.clock.now, piece: 2 }
  await expect(worker.connect({ keys })).rejects.toThrow(/まだ移していません.*--move-index/)
  for (let write = 1, isKilled = true; isKilled; write += 1) {
    const killed = killAt(db, { write: 1 + (write % 3), when: write % 2 ? 'before' : 'after' })
    await moveIndex({ ...options, db: killed.db }).catch(() => undefined)
    isKilled = killed.hasKilled()
    const isOver =
      (await db
        .collection('keyChecks')
        .countDocuments({ 'marks.1': { $exists: true }, movingTo: { $exists: false } })) === 1
    if (!isOver) await expect(worker.connect({ keys })).rejects.toThrow(/まだ移していません/)
    expect(write).toBeLessThan(60)
    if (write > 12) await moveIndex(options) // far enough
  }
  expect(await moveIndex(options)).toBe(0)
  for (const { open } of HASHED_COLLECTIONS)
    expect(await open(db).countDocuments({ [MOVED]: true })).toBe(0)
  const later = await worker.connect({ keys })
  await expect(worker.connect()).rejects.toThrow(/検索用の鍵「index」/)
  const idOf = (of: Address) => suppressionId({ ...of, index: indexOf(ring, of) })
  expect(await people.suppressions.distinct('_id')).toEqual([idOf(mailUser(1))])
  expect(await people.filterNotes.distinct('_id')).toEqual([idOf(mailUser(2))])
  expect(await people.softBounces.distinct('_id')).toEqual([idOf(mailUser(2))])
  const stored = await people.readers.find().toArray()
  const byId = new Map(stored.map((reader) => [reader._id, reader]))
  expect(byId.get(mail[0]!.readerId)!.former![0]!.index).toBe(indexOf(ring, mailUser(0)))
  expect(byId.get(mail[3]!.readerId)!.identities[0]!.index).toBe(indexOf(ring, mailUser(3)))
  const again = await register(later, { address: mailUser(2), child: DAY_45 })
  expect(again.readerId).toBe(mail[2]!.readerId)
  const twice = { address: mailUser(7), child: DAY_45 }
  const both = await Promise.all([register(later, twice), register(later, twice)])
  expect(new Set(both.map(({ readerId }) => readerId)).size).toBe(1)
  expect(await later.readers.confirmContact(token)).toMatchObject({ status: 'changed' })
  const blocked = await later.readers.register({
    municipality: TOWN,
    address: lineUser(9),
    edition: 'standard',
    relation: 'mother',
    area: null,
    source: null,
    consentedAt: later.now(),
    consentVersion: '1',
    child: DAY_45,
    lineAccount: LINE.id,
  })
  const friend = await people.readers.findOne({ _id: blocked.readerId })
  expect(friend!.identities[0]!.status).toBe('blocked')
})

test('kizuna keys moves it, while nobody is at work and no survey is answered', async () => {
  const { worker } = await openTown()
  const { delivery, clock } = worker
  const env = { ...worker.env, KIZUNA_KEYS: newIndex(worker.env.KIZUNA_KEYS) }
  const say = () => runIn({ env, now: () => clock.now }, ['keys', '--move-index'])
  const { workers } = ledgerCollections(delivery.db)
  await workers.insertOne({ _id: 'w', at: new Date() })
  expect((await say()).err).toEqual([expect.stringContaining('worker が動いています')])
  await workers.deleteMany({})
  const { surveys } = surveyCollections(delivery.db)
  const content = { endsOn: addDays(TODAY, 4000) }
  const removeAt = new Date(Date.now() + 3600_000)
  await surveys.insertOne({ _id: 's', hash: '', content, removeAt } as never)
  expect((await say()).err).toEqual([expect.stringContaining('アンケート')])
  await surveys.deleteMany({})
  const done = await say()
  expect([done.code, done.out]).toEqual([0, [expect.stringMatching(/^\d+ 件を.*移しました/)]])
  expect((await say()).out).toEqual([expect.stringContaining('移すものはありません')])
})
