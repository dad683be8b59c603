import { afterEach, expect, test } from '@jest/globals'
import {
  appendFile,
  mkdtemp,
  mkdir,
  readdir,
  readFile,
  rm,
  unlink,
  writeFile,
} from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

import { Binary, Decimal128, Double, Int32, Long, MongoClient, type Document } from 'mongodb'

import { generateKeyRing, parseKeyRing } from '../../../src/secret/seal'
import { restoreBackup } from '../../../worker/backup/restoreBackup'
import { createWorkerSign } from '../../../worker/app/workerSign'
import { runningPrograms } from '../../../worker/backup/running'
import { newestBackup, removeRotated, rotatedName } from '../../../worker/backup/rotation'
import { verifyBackup } from '../../../worker/backup/verifyBackup'
import { takeBackup } from '../../../worker/backup/takeBackup'
import { assertRestoreFinished, RESTORING } from '../../../worker/backup/unfinished'
import { OWN_VERSION } from '../../../worker/migrations/schemaVersion'
import { keyNamespace } from '../../../worker/ledger/collections'
import { createIncarnations } from '../../../worker/ledger/incarnation'
import { createReaderStore } from '../../../worker/readers/store'
import { testDatabaseUrl } from '../../database'
import { registration, TARO } from '../readers/openStore'

const now = () => new Date('2026-10-06T09:00:00+09:00')
const secrets = { keys: generateKeyRing(), payloadSecret: 's'.repeat(32) }
const ODD: Document[] = [
  {
    _id: 1 as never,
    at: new Date(0),
    whole: new Int32(1),
    long: Long.fromString('9007199254740993'),
  },
  { _id: 2 as never, half: new Double(1), money: new Decimal128('0.10'), none: null, text: '葛󠄀' },
  {
    _id: 3 as never,
    bytes: new Binary(Buffer.from([0, 255]), 4),
    list: [[], {}],
    undef: undefined,
  },
]
let undo: (() => Promise<unknown>)[] = []

afterEach(async () => {
  for (const step of undo.reverse()) await step()
  undo = []
})

/** Two databases, a picture, and where to. */
async function open() {
  const home = await mkdtemp(join(tmpdir(), 'kizuna-backup-'))
  undo.push(() => rm(home, { recursive: true }))
  const [cmsUrl, deliveryUrl] = [testDatabaseUrl(), testDatabaseUrl()]
  const client = await new MongoClient(cmsUrl).connect()
  undo.push(() => client.close())
  const [cms, delivery] = [client.db(), client.db(new URL(deliveryUrl).pathname.slice(1))]
  for (const db of [cms, delivery]) undo.push(() => db.dropDatabase())
  const mediaFolder = join(home, 'media')
  const places = {
    cmsUrl,
    deliveryUrl,
    mediaFolder,
    secrets,
    now,
    onProgress: async () => undefined,
  }
  return { home, cms, delivery, places, folder: join(home, 'backup') }
}

async function openFilled() {
  const opened = await open()
  const { cms, delivery, places } = opened
  await cms.collection('manuscripts').insertMany(ODD, { ignoreUndefined: true })
  await cms.collection('manuscripts').createIndex({ text: 1 }, { name: 'by_text', sparse: true })
  await delivery.createCollection('ordered', {
    clusteredIndex: { key: { _id: 1 }, unique: true },
  })
  await delivery.collection('readers').insertOne({ name: 'sealed' })
  await keyNamespace(delivery)
  await mkdir(places.mediaFolder)
  await writeFile(join(places.mediaFolder, '絵.png'), 'png')
  const taken = await takeBackup({ ...places, folder: opened.folder, product: 'test' })
  return { ...opened, taken }
}

/** Raw bytes of a collection, by which every type is compared. */
async function bytesOf(db: ReturnType<MongoClient['db']>, name: string): Promise<string[]> {
  const found = await db.collection(name).find({}, { raw: true }).sort({ _id: 1 }).toArray()
  return found.map((one) => Buffer.from(one as unknown as Buffer).toString('hex'))
}

test('what is put back is what was there, in every type, with indexes and pictures', async () => {
  const { cms, delivery, folder, taken } = await openFilled()
  expect(taken.isOneInstant).toBe(true)
  const target = await open()
  await restoreBackup({ ...target.places, folder, isReplacing: false })
  expect(await bytesOf(target.cms, 'manuscripts')).toEqual(await bytesOf(cms, 'manuscripts'))
  expect(await bytesOf(target.delivery, 'readers')).toEqual(await bytesOf(delivery, 'readers'))
  expect(await target.cms.collection('manuscripts').indexes()).toEqual(
    await cms.collection('manuscripts').indexes(),
  )
  const [ordered] = await target.delivery.listCollections({ name: 'ordered' }).toArray()
  expect(ordered).toMatchObject({ options: { clusteredIndex: { unique: true } } })
  expect(await readFile(join(target.places.mediaFolder, '絵.png'), 'utf8')).toBe('png')
})

test('a restored ledger is another incarnation and waits for a person', async () => {
  const { folder, taken, delivery } = await openFilled()
  const target = await open()
  await restoreBackup({ ...target.places, folder, isReplacing: false })
  expect(await keyNamespace(target.delivery)).not.toBe(taken.incarnation)
  expect(await keyNamespace(delivery)).toBe(taken.incarnation)
  expect(await createIncarnations({ db: target.delivery, now }).open()).toMatchObject({
    from: '2026-10-06',
    shownBy: 'restore',
  })
})

test('who had their data erased after a backup is erased again when it is put back', async () => {
  const opened = await open()
  const { delivery, places, folder } = opened
  const ring = parseKeyRing(secrets.keys)
  const readers = createReaderStore({ db: delivery, ring, now })
  await readers.ensureIndexes()
  await keyNamespace(delivery)
  await mkdir(places.mediaFolder)
  const [gone, stays] = [
    await readers.register(registration()),
    await readers.register(registration({ address: TARO })),
  ]
  await takeBackup({ ...places, folder, product: 'test' })
  await readers.eraseReader({ readerId: gone.readerId })
  await restoreBackup({ ...places, folder, isReplacing: true })
  expect(await readers.findReader(gone.readerId)).toBeNull()
  expect(await readers.findChild(gone.childId)).toBeNull()
  expect(await readers.findReader(stays.readerId)).toMatchObject({ status: 'active' })
  expect(await delivery.collection('erasures').countDocuments()).toBe(1)
  await assertRestoreFinished(delivery)
})

test('no secret is in a backup, and other keys are refused by name', async () => {
  const { folder } = await openFilled()
  const manifest = await readFile(join(folder, 'manifest.json'), 'utf8')
  for (const secret of [
    secrets.payloadSecret,
    ...secrets.keys.split(/[,:]/).filter((k) => k.length > 9),
  ]) {
    expect(manifest).not.toContain(secret)
  }
  const target = await open()
  const wrong = { keys: generateKeyRing(), payloadSecret: secrets.payloadSecret }
  await expect(
    restoreBackup({ ...target.places, secrets: wrong, folder, isReplacing: false }),
  ).rejects.toThrow(/KIZUNA_KEYS の「index」.*secrets\.json/)
  expect(await target.cms.listCollections().toArray()).toEqual([])
})

test.each([
  [
    'without its manifest',
    (f: string) => unlink(join(f, 'manifest.json')),
    /取り終えた控えではない/,
  ],
  [
    'with a changed file',
    (f: string) => appendFile(join(f, 'delivery/readers.bson.gz'), 'x'),
    /readers/,
  ],
  ['with a file missing', (f: string) => unlink(join(f, 'cms/manuscripts.bson.gz')), /ありません/],
  [
    'with half a manifest',
    (f: string) => writeFile(join(f, 'manifest.json'), '{"format":1'),
    /読めません/,
  ],
  [
    'of a newer database',
    async (f: string) => {
      const path = join(f, 'manifest.json')
      const manifest = JSON.parse(await readFile(path, 'utf8')) as object
      await writeFile(path, JSON.stringify({ ...manifest, schemaVersion: OWN_VERSION + 1 }))
    },
    /版 \d+ ですが、.*版 \d+ まで.*test.*新しいプログラムで戻して/,
  ],
])('a backup %s is refused before anything is written', async (_label, spoil, sentence) => {
  const { folder } = await openFilled()
  await spoil(folder)
  const target = await open()
  const restoring = restoreBackup({ ...target.places, folder, isReplacing: true })
  await expect(restoring).rejects.toThrow(sentence)
  expect(await target.delivery.listCollections().toArray()).toEqual([])
})

test('what is there is replaced only when that is said', async () => {
  const { folder } = await openFilled()
  const target = await open()
  await target.cms.collection('users').insertOne({})
  await expect(restoreBackup({ ...target.places, folder, isReplacing: false })).rejects.toThrow(
    /空ではありません\(users に 1 件.*--replace/,
  )
  await restoreBackup({ ...target.places, folder, isReplacing: true })
  expect(await target.cms.collection('users').countDocuments()).toBe(0)
})

test('a folder that is not empty takes no backup', async () => {
  const { folder, places } = await openFilled()
  await expect(takeBackup({ ...places, folder, product: 'test' })).rejects.toThrow(
    /空ではありません/,
  )
})

test('all collections are of one instant, whatever is written meanwhile', async () => {
  const { home, cms, delivery, places } = await openFilled()
  const folder = join(home, 'second')
  const onProgress = async () => {
    await delivery.collection('readers').insertOne({})
    await cms.collection('manuscripts').deleteOne({})
  }
  const taken = await takeBackup({ ...places, folder, product: 'test', onProgress })
  const counts = Object.fromEntries(taken.collections.map((one) => [one.name, one.documents]))
  expect(counts).toMatchObject({ manuscripts: 3, readers: 1 })
})

test('a restore that was broken off is used by nobody and may be done again', async () => {
  const { folder } = await openFilled()
  const target = await open()
  await target.delivery.collection(RESTORING).insertOne({ _id: 'restore' as never })
  await target.cms.collection('users').insertOne({})
  await expect(assertRestoreFinished(target.delivery)).rejects.toThrow(/途中で止まった/)
  await restoreBackup({ ...target.places, folder, isReplacing: false })
  await assertRestoreFinished(target.delivery)
})

test('who works on the databases now is named', async () => {
  const { delivery } = await openFilled()
  const options = { delivery, addresses: [], holder: null, now }
  expect(await runningPrograms(options)).toEqual([])
  const [one, other] = [
    createWorkerSign({ db: delivery, now }),
    createWorkerSign({ db: delivery, now }),
  ]
  await one.give()
  await other.give()
  expect(await runningPrograms(options)).toHaveLength(1)
  await one.takeAway()
  expect(await runningPrograms(options)).toHaveLength(1)
  await other.takeAway()
  expect(await runningPrograms(options)).toEqual([])
})

test('a worker that was killed is waited for until its sign is old', async () => {
  const { delivery } = await openFilled()
  await createWorkerSign({ db: delivery, now }).give()
  const options = { delivery, addresses: [], holder: null }
  expect(await runningPrograms({ ...options, now })).toHaveLength(1)
  const later = () => new Date(now().getTime() + 61_000)
  expect(await runningPrograms({ ...options, now: later })).toEqual([])
})

test('a backup is put back on trial beside the real databases, which it does not touch', async () => {
  const { places, folder, cms, delivery } = await openFilled()
  await delivery.collection('readers').deleteMany({})
  const before = await Promise.all([bytesOf(cms, 'manuscripts'), bytesOf(delivery, 'readers')])
  const readers = createReaderStore({ db: delivery, ring: parseKeyRing(secrets.keys), now })
  await readers.register(registration())
  await rm(folder, { recursive: true })
  await takeBackup({ ...places, folder, product: 'test' })
  const verified = await verifyBackup({ ...places, folder })
  expect(verified).toMatchObject({ takenAt: now(), files: 1, opened: 1 })
  expect(await bytesOf(cms, 'manuscripts')).toEqual(before[0])
  expect(await delivery.collection('readers').countDocuments()).toBe(1)
  expect(await trialsOf(cms)).toEqual([])
  // one that cannot be put back says why, and leaves nothing
  await appendFile(join(folder, 'cms', 'manuscripts.bson.gz'), 'x')
  await expect(verifyBackup({ ...places, folder })).rejects.toThrow('取ったときのものと違います')
  expect(await trialsOf(cms)).toEqual([])
})

async function trialsOf({ client }: ReturnType<MongoClient['db']>): Promise<string[]> {
  const { databases } = await client.db().admin().listDatabases({ nameOnly: true })
  return databases.map(({ name }) => name).filter((name) => name.startsWith('kizuna_verify'))
}

test('a rotation keeps days, weeks and months, touches nothing of others, and finds the newest', async () => {
  const { places, home, cms } = await open()
  await cms.collection('manuscripts').insertOne({ text: 'a' })
  const place = join(home, 'rotation')
  await expect(newestBackup(place)).rejects.toThrow('取り終えた控えがありません')
  for (const day of ['2026-08-01', '2026-10-05', '2026-10-06']) {
    const at = new Date(`${day}T02:10:00+09:00`)
    await takeBackup({
      ...places,
      now: () => at,
      folder: join(place, rotatedName(at)),
      product: 't',
    })
  }
  await mkdir(join(place, 'kizuna-2026-01-01T021000')) // broken off: nothing whole
  await mkdir(join(place, 'somebody-else'))
  expect((await newestBackup(place)).folder).toBe(join(place, 'kizuna-2026-10-06T021000'))
  expect(await removeRotated(place, { now: now(), keptDays: 30 })).toEqual([
    join(place, 'kizuna-2026-08-01T021000'),
  ])
  expect((await readdir(place)).toSorted()).toEqual([
    'kizuna-2026-01-01T021000',
    'kizuna-2026-10-05T021000',
    'kizuna-2026-10-06T021000',
    'somebody-else',
  ])
})
