import { randomBytes } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { mkdir, open, readdir, rename, statfs, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { Readable } from 'node:stream'
import { createGzip } from 'node:zlib'

import {
  BSON,
  MongoClient,
  MongoServerError,
  type ClientSession,
  type Db,
  type Document,
} from 'mongodb'

import { ledgerCollections } from '../ledger/collections'
import { schemaVersionOf } from '../migrations/schemaVersion'
import { atOneInstant } from './atOneInstant'
import { writeBson, writeHashed } from './bsonFile'
import { fingerprintsOf, FORMAT, type BackedUpCollection, type BackupSecrets } from './manifest'
import type { BackedUpFile, Manifest } from './manifest'

/** A backup cannot be taken or put back; the message is for the person and says what to do. */
export class BackupError extends Error {
  readonly code = 'BACKUP'
}

/** Where the product keeps what is backed up. */
export interface BackupPlaces {
  cmsUrl: string
  deliveryUrl: string
  mediaFolder: string
  secrets: BackupSecrets
}

interface TakeOptions extends BackupPlaces {
  folder: string
  product: string
  now: () => Date
  onProgress: (sentence: string) => Promise<void>
}

/** The name of what is written last: a folder without it is no backup. */
export const MANIFEST = 'manifest.json'

/**
 * Copies both databases and the pictures into a folder. Databases on one replica set are read at one
 * instant; on two, the delivery half's first, so that the CMS never knows less than it.
 *
 * @throws BackupError when the folder is not empty, the disk is too small or the reading took too
 * long; what was written then has no manifest and is no backup.
 */
export async function takeBackup(options: TakeOptions): Promise<Manifest> {
  const { folder, cmsUrl, deliveryUrl, now } = options
  await makeEmptyFolder(folder)
  const clients = [await connect(deliveryUrl), await connect(cmsUrl)] as const
  try {
    const [delivery, cms] = [clients[0].db(), clients[1].db()]
    await assertRoom(folder, [delivery, cms])
    const isOneInstant = await areOneSet(delivery, cms)
    const takenAt = now()
    const other = isOneInstant ? clients[0].db(cms.databaseName) : cms
    const reading = { folder, onProgress: options.onProgress }
    const collections = isOneInstant
      ? await copyAtOnce(
          clients[0],
          [
            ['delivery', delivery],
            ['cms', other],
          ],
          reading,
        )
      : [
          ...(await copyAtOnce(clients[0], [['delivery', delivery]], reading)),
          ...(await copyAtOnce(clients[1], [['cms', cms]], reading)),
        ]
    const installed = await ledgerCollections(delivery).installation.findOne()
    const manifest: Manifest = {
      format: FORMAT,
      product: options.product,
      takenAt,
      isOneInstant,
      schemaVersion: await schemaVersionOf(delivery),
      incarnation: installed?.namespace ?? null,
      keys: fingerprintsOf(options.secrets, randomBytes(16).toString('hex')),
      collections,
      media: await copyMedia(options),
    }
    await writeManifest(folder, manifest)
    return manifest
  } catch (error) {
    throw isTooOld(error) ? new BackupError(TOO_OLD) : error
  } finally {
    for (const client of clients) await client.close()
  }
}

const TOO_OLD =
  '控えを取り終える前に、データベースがその時点の記録を捨てたか、索引が変わりました。' +
  '書き込みの少ない時間にもう一度取るか、MongoDB の minSnapshotHistoryWindowInSeconds を長くしてください。'

/** 239 SnapshotTooOld, 246 SnapshotUnavailable. */
function isTooOld(error: unknown): boolean {
  return error instanceof MongoServerError && (error.code === 239 || error.code === 246)
}

async function makeEmptyFolder(folder: string): Promise<void> {
  await mkdir(folder, { recursive: true, mode: 0o700 })
  const [found] = await readdir(folder)
  if (found === undefined) return
  throw new BackupError(
    `フォルダー ${folder} は空ではありません(${found} など)。空のフォルダーか、新しい名前を指定してください。`,
  )
}

/** Connects as a copy does: it reads and writes exactly what is there. */
export function connect(url: string): Promise<MongoClient> {
  return new MongoClient(url, {
    serverSelectionTimeoutMS: 5000,
    writeConcern: { w: 'majority', journal: true },
  }).connect()
}

/** Databases hold their documents compressed, much as a backup does. */
async function assertRoom(folder: string, databases: Db[]): Promise<void> {
  let needed = 0
  for (const db of databases) {
    const { storageSize } = await db.command({ dbStats: 1 })
    needed += Number(storageSize)
  }
  const { bavail, bsize } = await statfs(folder)
  if (bavail * bsize > needed) return
  const megabytes = (bytes: number) => `${Math.ceil(bytes / 1024 ** 2).toLocaleString('ja')} MB`
  throw new BackupError(
    `${folder} の空きは ${megabytes(bavail * bsize)} ですが、控えには ${megabytes(needed)} ほど要ります。空きを増やすか、別の場所を指定してください。`,
  )
}

/** Whether two databases are on one replica set, and so have a common clock. */
async function areOneSet(a: Db, b: Db): Promise<boolean> {
  const [one, other] = await Promise.all([a, b].map((db) => db.command({ hello: 1 })))
  const setOf = (hello?: { setName?: string; hosts?: string[] }) =>
    hello?.setName && [hello.setName, ...(hello.hosts ?? []).toSorted()].join()
  return setOf(one) !== undefined && setOf(one) === setOf(other)
}

interface Reading {
  folder: string
  onProgress: TakeOptions['onProgress']
}

type Named = [database: BackedUpCollection['database'], db: Db]

/** Copies databases of one server as they are at one instant: that of the session's first read. */
async function copyAtOnce(
  client: MongoClient,
  databases: Named[],
  reading: Reading,
): Promise<BackedUpCollection[]> {
  return atOneInstant(client, async (session) => {
    const copied: BackedUpCollection[] = []
    for (const [database, db] of databases) {
      await mkdir(join(reading.folder, database), { mode: 0o700 })
      for (const listed of await collectionsOf(db)) {
        copied.push(await copyCollection({ db, database, ...listed, session }, reading))
      }
    }
    return copied
  })
}

interface Listed {
  name: string
  options: Document
}

async function collectionsOf(db: Db): Promise<Listed[]> {
  const found = await db.listCollections({ type: 'collection' }, { nameOnly: false }).toArray()
  return found
    .map(({ name, options = {} }) => ({ name, options }))
    .filter(({ name }) => !name.startsWith('system.'))
    .sort((a, b) => (a.name < b.name ? -1 : 1))
}

interface Copying {
  db: Db
  database: BackedUpCollection['database']
  name: string
  options: Document
  session: ClientSession
}

async function copyCollection(
  { db, database, name, options, session }: Copying,
  { folder, onProgress }: Reading,
): Promise<BackedUpCollection> {
  const collection = db.collection(name)
  const indexes = await collection.listIndexes().toArray()
  const path = `${database}/${encodeURIComponent(name)}.bson.gz`
  // raw: every type stays as it is; the driver's type says nothing of it
  const documents = collection.find(
    {},
    { session, raw: true },
  ) as unknown as AsyncIterable<Uint8Array>
  const { documents: count, ...file } = await writeBson(join(folder, path), documents)
  await writeMetadata(join(folder, database), { name, options, indexes })
  await onProgress(`${database} ${name}: ${count.toLocaleString('ja')} 件`)
  const listed = indexes.map((index) => BSON.EJSON.serialize(index, { relaxed: false }))
  return { database, name, documents: count, options, indexes: listed, file: { path, ...file } }
}

/** What `mongorestore --gzip` asks beside the documents. */
async function writeMetadata(
  folder: string,
  { name, options, indexes }: Listed & { indexes: object[] },
): Promise<void> {
  const metadata = { options, indexes, collectionName: name, type: 'collection' }
  const text = BSON.EJSON.stringify(metadata, { relaxed: false })
  const path = join(folder, `${encodeURIComponent(name)}.metadata.json.gz`)
  await writeHashed(path, Readable.from([Buffer.from(text)]), [createGzip()])
}

/** Every picture: none is ever replaced, so one that came later harms nothing. */
async function copyMedia({ folder, mediaFolder }: TakeOptions): Promise<BackedUpFile[]> {
  await mkdir(join(folder, 'media'), { mode: 0o700 })
  const entries = await readdir(mediaFolder, { withFileTypes: true }).catch(() => [])
  const files: BackedUpFile[] = []
  for (const entry of entries.filter((one) => one.isFile())) {
    const path = `media/${encodeURIComponent(entry.name)}`
    const written = await writeHashed(
      join(folder, path),
      createReadStream(join(mediaFolder, entry.name)),
    )
    files.push({ path, ...written })
  }
  return files
}

/** Last, and whole or not at all. */
async function writeManifest(folder: string, manifest: Manifest): Promise<void> {
  const partial = join(folder, `${MANIFEST}.partial`)
  await writeFile(partial, `${JSON.stringify(manifest, null, 2)}\n`, {
    flag: 'wx',
    flush: true,
    mode: 0o600,
  })
  await rename(partial, join(folder, MANIFEST))
  const handle = await open(folder)
  await handle.sync()
  await handle.close()
}
