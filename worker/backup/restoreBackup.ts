import { copyFile, mkdir, readFile } from 'node:fs/promises'
import { basename, join } from 'node:path'

import { BSON, type Db, type Document, type IndexDescription, type MongoClient } from 'mongodb'

import { localDayOf } from '../../src/stage/day'
import { createIncarnations } from '../ledger/incarnation'
import { keyNamespace } from '../ledger/collections'
import { OWN_VERSION } from '../migrations/schemaVersion'
import { carryErasures, eraseAgain } from './carriedErasures'
import { hashOf, readBson } from './bsonFile'
import { manifestSchema, wrongSecrets, type BackedUpCollection, type Manifest } from './manifest'
import { BackupError, connect, MANIFEST, type BackupPlaces } from './takeBackup'
import { RESTORING, type RestoreMark } from './unfinished'

interface RestoreOptions extends BackupPlaces {
  folder: string
  /** What is there may be lost. */
  isReplacing: boolean
  /** Databases beside those of the addresses, for a trial. */
  names?: Record<BackedUpCollection['database'], string>
  now: () => Date
  onProgress: (sentence: string) => Promise<void>
}

/**
 * Puts a backup into the databases: everything is checked first, then documents, indexes and counts.
 * The ledger is another incarnation afterwards and sends nothing until a person accepts it.
 *
 * @throws BackupError when the backup is not whole, its keys are others, or there is something
 * already; nothing is written then.
 */
export async function restoreBackup(options: RestoreOptions): Promise<Manifest> {
  const { folder, onProgress } = options
  const manifest = await readManifest(folder)
  assertSecrets(manifest, options)
  await onProgress('控えを確かめています…')
  await assertWhole(folder, manifest)
  const clients = [await connect(options.cmsUrl), await connect(options.deliveryUrl)] as const
  try {
    const { names } = options
    const databases = { cms: clients[0].db(names?.cms), delivery: clients[1].db(names?.delivery) }
    await assertEmpty(databases, options)
    await write(databases, manifest, options)
    return manifest
  } finally {
    await closeAll(clients)
  }
}

/** @throws BackupError when the folder holds no whole backup of this form, or one of a newer database. */
export async function readManifest(folder: string): Promise<Manifest> {
  const text = await readFile(join(folder, MANIFEST), 'utf8').catch(() => null)
  if (text === null) {
    throw new BackupError(
      `フォルダー ${folder} に ${MANIFEST} がありません。取り終えた控えではないので、使えません。backup --into で取ったものは、その中の「kizuna-日時」のフォルダーを指定してください。`,
    )
  }
  const parsed = manifestSchema.safeParse(parseJson(text))
  if (parsed.success) return ofKnownVersion(parsed.data)
  throw new BackupError(
    `${MANIFEST} を読めません。書き換えられているか、この版の kizuna の控えではありません。控えを取ったときの版の kizuna で戻してください。`,
  )
}

/** An older database is brought forward by the next start; of a newer one this program knows too little. */
function ofKnownVersion(manifest: Manifest): Manifest {
  const { schemaVersion, product } = manifest
  if (schemaVersion <= OWN_VERSION) return manifest
  throw new BackupError(
    `控えの配信のデータベースは版 ${schemaVersion} ですが、このプログラムが知っているのは版 ${OWN_VERSION} までです。戻しませんでした。控えを取ったもの(${product})か、それより新しいプログラムで戻してください。`,
  )
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return null
  }
}

function assertSecrets(manifest: Manifest, { secrets }: RestoreOptions): void {
  const wrong = wrongSecrets(manifest, secrets)
  if (wrong.length === 0) return
  throw new BackupError(
    `${wrong.join('と')}が、控えを取ったときのものと違います(鍵は控えに入っていません)。` +
      '控えを取ったときの KIZUNA_KEYS と PAYLOAD_SECRET を設定するか、練習用なら、元のデータのフォルダーの secrets.json を新しいフォルダーに写してください。',
  )
}

/** Every file is there as it was written, and holds as many documents as were counted. */
async function assertWhole(folder: string, manifest: Manifest): Promise<void> {
  const files = [...manifest.collections.map(({ file }) => file), ...manifest.media]
  for (const { path, bytes, sha256 } of files) {
    const found = await hashOf(join(folder, path)).catch(() => null)
    if (found === null) {
      throw new BackupError(`控えのファイル ${path} がありません。別の控えを使ってください。`)
    }
    if (found.sha256 === sha256 && found.bytes === bytes) continue
    throw new BackupError(
      `控えのファイル ${path} は、取ったときのものと違います(${bytes} バイトのはずが ${found.bytes} バイト、または中身が違います)。写し直すか、別の控えを使ってください。`,
    )
  }
  for (const { file, name, documents } of manifest.collections) {
    let count = 0
    for await (const document of readBson(join(folder, file.path)))
      count += document.length > 0 ? 1 : 0
    if (count !== documents) {
      throw new BackupError(
        `${name} は ${documents} 件のはずですが、${count} 件でした。別の控えを使ってください。`,
      )
    }
  }
}

type Databases = Record<BackedUpCollection['database'], Db>

const LABELS = { cms: 'CMS', delivery: '配信' } as const

/** What a broken-off restore of ours has left is no loss. */
async function assertEmpty(databases: Databases, { isReplacing }: RestoreOptions): Promise<void> {
  const isUnfinished = (await databases.delivery.collection(RESTORING).countDocuments()) > 0
  if (isReplacing || isUnfinished) return
  for (const [database, db] of Object.entries(databases) as [keyof Databases, Db][]) {
    const names = await ownCollections(db)
    for (const name of names) {
      const count = await db.collection(name).estimatedDocumentCount()
      if (count === 0) continue
      throw new BackupError(
        `${LABELS[database]}のデータベースは空ではありません(${name} に ${count} 件など)。戻しませんでした。` +
          '--replace を付けると、いまの原稿・読者・台帳はすべて消え、控えのものに置き換わります。先に backup で今の控えを取ってください。',
      )
    }
  }
}

async function ownCollections(db: Db): Promise<string[]> {
  const found = await db.listCollections({}, { nameOnly: true }).toArray()
  return found.map(({ name }) => name).filter((name) => !name.startsWith('system.'))
}

async function write(
  databases: Databases,
  manifest: Manifest,
  options: RestoreOptions,
): Promise<void> {
  const { folder, onProgress, now } = options
  const marks = databases.delivery.collection<RestoreMark>(RESTORING)
  await marks.updateOne({ _id: 'restore' }, { $set: { startedAt: now() } }, { upsert: true })
  await carryErasures(databases.delivery)
  for (const db of Object.values(databases)) await empty(db)
  for (const collection of manifest.collections) {
    const { name, database, documents } = collection
    await insertAll(databases[database], collection, folder)
    await onProgress(`${database} ${name}: ${documents.toLocaleString('ja')} 件`)
  }
  for (const collection of manifest.collections) {
    await createIndexes(databases[collection.database], collection)
  }
  await assertCounts(databases, manifest)
  const erased = await eraseAgain(databases.delivery, now)
  if (erased > 0)
    await onProgress(`控えのあとにデータを消した ${erased} 人を、もう一度消しました。`)
  await restoreMedia(manifest, options)
  await keyNamespace(databases.delivery)
  const incarnations = createIncarnations({ db: databases.delivery, now })
  const from = localDayOf(manifest.takenAt)
  if (!(await incarnations.begin({ from, shownBy: 'restore' }))) {
    await incarnations.renew({ from, shownBy: 'restore' }) // the backup itself waited for a person
  }
  await marks.drop()
}

async function empty(db: Db): Promise<void> {
  for (const name of await ownCollections(db)) {
    if (name !== RESTORING) await db.collection(name).drop()
  }
}

/** Documents and bytes that are written together. */
const MAX_DOCUMENTS = 1000
const MAX_BYTES = 8 * 1024 * 1024

/** Numbers and binaries keep their types, which the driver's own reading would simplify. */
const EXACT = {
  promoteValues: false,
  promoteLongs: false,
  promoteBuffers: false,
  bsonRegExp: true,
} as const

async function insertAll(
  db: Db,
  { name, file, options }: BackedUpCollection,
  folder: string,
): Promise<void> {
  await db.createCollection(name, options)
  const collection = db.collection(name)
  let batch: Document[] = []
  let bytes = 0
  const flush = async () => {
    if (batch.length > 0) {
      await collection.insertMany(batch, { ordered: true, bypassDocumentValidation: true })
    }
    batch = []
    bytes = 0
  }
  for await (const raw of readBson(join(folder, file.path))) {
    batch.push(BSON.deserialize(raw, EXACT))
    bytes += raw.length
    if (batch.length >= MAX_DOCUMENTS || bytes >= MAX_BYTES) await flush()
  }
  await flush()
}

async function createIndexes(db: Db, { name, indexes }: BackedUpCollection): Promise<void> {
  const own = indexes.map((index) => {
    const { v: _version, ns: _namespace, ...spec } = BSON.EJSON.deserialize(index) as Document
    return spec as IndexDescription
  })
  const missing = own.filter((index) => index.name !== '_id_' && !('clustered' in index))
  if (missing.length > 0) await db.collection(name).createIndexes(missing)
}

async function assertCounts(databases: Databases, { collections }: Manifest): Promise<void> {
  for (const { database, name, documents } of collections) {
    const found = await databases[database].collection(name).countDocuments()
    // what the database forgets by itself may be gone already
    if (found === documents) continue
    if (found < documents && (await forgets(databases[database], name))) continue
    throw new BackupError(
      `${name} は ${documents} 件のはずですが、${found} 件になりました。戻している間にほかのプログラムが書いたかもしれません。すべて止めて、もう一度実行してください。`,
    )
  }
}

async function forgets(db: Db, name: string): Promise<boolean> {
  const indexes = await db.collection(name).listIndexes().toArray()
  return indexes.some((index) => 'expireAfterSeconds' in index)
}

async function restoreMedia({ media }: Manifest, { folder, mediaFolder }: RestoreOptions) {
  await mkdir(mediaFolder, { recursive: true })
  for (const { path } of media) {
    await copyFile(join(folder, path), join(mediaFolder, decodeURIComponent(basename(path))))
  }
}

async function closeAll(clients: readonly MongoClient[]): Promise<void> {
  for (const client of clients) await client.close()
}
