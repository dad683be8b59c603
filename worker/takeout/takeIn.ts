import { BSON, type Collection, type Db } from 'mongodb'

import type { KeyRing } from '../../src/secret/seal'
import { ArchiveError, type OpenArchive } from '../../src/archive/encryptedZip'
import { MANIFEST_PATH, takeoutManifest, type TakeoutManifest } from '../../src/archive/manifest'
import { createChangeCounters } from '../database/changeCounters'
import { insertNew } from '../database/insertNew'
import { inTurn } from '../database/transaction'
import { DURABLE, ledgerCollections } from '../ledger/collections'
import { readerCollections } from '../readers/collections'
import type { Suppression } from '../readers/reader'
import { refreshPairs } from '../readers/writePairs'
import { PAYLOAD_TABLE, tablePath, TAKEN_TABLES, type TakenDocument } from './tables'
import { broughtReader, type TakenReader } from './takenReader'

/** That a municipality was brought, or is being brought: only then may it be brought once more. */
export interface TakeinMark {
  /** Code of the municipality. */
  _id: string
  startedAt: Date
  /** When what was brought was taken out. */
  takenAt: string
  /** Absent while it is under way, or was broken off. */
  finishedAt?: Date
  /** Number of the latest change of its people when it was there. */
  last?: number
}

/** The municipalities that came from another installation. */
export function takeinMarks(db: Db): Collection<TakeinMark> {
  return db.collection<TakeinMark>('takeins', DURABLE)
}

/**
 * What an archive says of itself.
 *
 * @throws ArchiveError when it is not whole, of another form, or a copy of what still goes on.
 */
export async function readTakeout(archive: OpenArchive): Promise<TakeoutManifest> {
  const text = new TextDecoder().decode(await archive.bytes(MANIFEST_PATH))
  const parsed = takeoutManifest.safeParse(JSON.parse(text))
  if (!parsed.success) {
    throw new ArchiveError(
      '持ち出しのファイルの形が、この版の kizuna のものではありません。持ち出した側と同じ版の kizuna を使ってください。',
    )
  }
  return parsed.data
}

/** What a delivery half is brought into. */
export interface TakeinOptions {
  db: Db
  ring: KeyRing
  now: () => Date
  archive: OpenArchive
  manifest: TakeoutManifest
}

/** What was brought: documents by the name of their collection. */
export type Brought = Readonly<Record<string, number>>

/**
 * Why nothing may be brought, in a sentence; null when it may.
 *
 * @param isActive whether the municipality's texts go out here
 */
export async function takeinFault(
  { db, manifest }: Pick<TakeinOptions, 'db' | 'manifest'>,
  isActive: boolean,
): Promise<string | null> {
  const { code, name } = manifest.municipality
  if (!manifest.isFinal) {
    return `このファイルは、${name}の配信が続いている間の写しです。元のしくみで配信をお休みにし、その日の配信も LINE アカウントの引っ越しも終わってから、もう一度持ち出してください。そうしないと、同じ文が二度届きます。`
  }
  if (isActive) {
    return `${name}の配信は、ここで続いています。持ち込むと、いまの読者が消えます。何もしませんでした。`
  }
  const mark = await takeinMarks(db).findOne({ _id: code })
  if (mark) {
    if (await hasBegun(db, mark)) {
      return `${name}は、持ち込んだあとに、ここで配信を始めています。もう一度持ち込むと、それからの配信の記録が消え、同じ文が二度届きます。何もしませんでした。`
    }
    if (await hasChanged(db, mark)) {
      return `${name}では、持ち込んだあとに、ここで登録や停止がありました。もう一度持ち込むと、それが消えます。何もしませんでした。`
    }
    return manifest.takenAt < mark.takenAt
      ? `このファイルは、前に持ち込んだものより古いものです(${manifest.takenAt} に持ち出したもの)。いちばん新しいものを持ち込んでください。`
      : null
  }
  const { readers } = readerCollections(db)
  const there = await readers.countDocuments({ municipality: code }, { limit: 1 })
  return there === 0
    ? null
    : `${name}には、ここで登録した読者がいます。持ち込むと混ざるので、何もしませんでした。`
}

/** Whether texts have gone out here since it was brought. */
async function hasBegun(db: Db, mark: TakeinMark): Promise<boolean> {
  const { _id: municipality, startedAt, finishedAt = startedAt } = mark
  const since = { municipality, requestedAt: { $gt: finishedAt } }
  return (await ledgerCollections(db).runs.findOne(since)) !== null
}

/** Whether somebody has registered, stopped or changed something here since it was there. */
async function hasChanged(db: Db, { _id, finishedAt, last = 0 }: TakeinMark): Promise<boolean> {
  return finishedAt !== undefined && (await createChangeCounters(db).last(_id)) > last
}

/**
 * Brings a municipality's readers and ledger into this installation, with its keys. What an earlier
 * bringing has left of them is replaced, so that one that was broken off is simply done again. Sends
 * nothing, and whatever was delivered stays delivered.
 *
 * @throws ArchiveError when a file is broken or has not the lines it should.
 */
export async function takeIn(options: TakeinOptions): Promise<Brought> {
  const { db, now, manifest } = options
  const { code } = manifest.municipality
  const { takenAt } = manifest
  await takeinMarks(db).replaceOne({ _id: code }, { startedAt: now(), takenAt }, { upsert: true })
  for (const { name, own } of BRINGING.toReversed()) {
    await db.collection<TakenDocument>(name, DURABLE).deleteMany(own(code))
  }
  const brought: Record<string, number> = {}
  for (const { name } of [PAYLOAD_TABLE, ...BRINGING]) {
    brought[name] = await bringTable(options, name)
  }
  await refreshAll(db, code)
  const last = await createChangeCounters(db).last(code)
  await takeinMarks(db).updateOne({ _id: code }, { $set: { finishedAt: now(), last } })
  return brought
}

/** Whoever is planned for, last: nobody is here before all that is known of what they were sent. */
const PEOPLE: ReadonlySet<string> = new Set(['readers', 'children', 'pairs'])
const BRINGING = TAKEN_TABLES.toSorted(
  (a, b) => Number(PEOPLE.has(a.name)) - Number(PEOPLE.has(b.name)),
)

/**
 * Reads all of an archive once, so that nothing is begun with one that is broken.
 *
 * @throws ArchiveError when a file is broken, or has not the lines it should.
 */
export async function assertWhole(archive: OpenArchive, { files }: TakeoutManifest): Promise<void> {
  const expected = new Map(files.map(({ path, lines }) => [path, lines]))
  for (const path of new Set([...archive.paths, ...expected.keys()])) {
    const wanted = expected.get(path)
    if (wanted === undefined) await archive.bytes(path)
    else assertLines(path, { count: await linesOf(archive, path), wanted })
  }
}

async function linesOf(archive: OpenArchive, path: string): Promise<number> {
  let count = 0
  for await (const line of archive.lines(path)) {
    BSON.EJSON.parse(line)
    count += 1
  }
  return count
}

function assertLines(path: string, { count, wanted }: { count: number; wanted: number }): void {
  if (count === wanted) return
  throw new ArchiveError(
    `持ち出しのファイルの ${path} は ${wanted} 行のはずですが、${count} 行でした。もう一度、最後まで写してください。`,
  )
}

/** Documents that are written together. */
const AT_ONCE = 1000

async function bringTable(options: TakeinOptions, name: string): Promise<number> {
  const { archive, manifest } = options
  const path = tablePath({ name })
  const expected = manifest.files.find((file) => file.path === path)?.lines ?? 0
  let count = 0
  const found: TakenDocument[] = []
  const flush = () => bring(options, name, found.splice(0))
  for await (const line of archive.lines(path)) {
    found.push(BSON.EJSON.parse(line) as TakenDocument)
    count += 1
    if (found.length === AT_ONCE) await flush()
  }
  await flush()
  assertLines(path, { count, wanted: expected })
  return count
}

async function bring({ db, ring }: TakeinOptions, name: string, found: TakenDocument[]) {
  if (name === 'readers') return bringReaders({ db, ring }, found as unknown as TakenReader[])
  await insertNew(db.collection<TakenDocument>(name, DURABLE), found)
}

async function bringReaders(
  { db, ring }: Pick<TakeinOptions, 'db' | 'ring'>,
  found: TakenReader[],
) {
  const brought = found.map((taken) => broughtReader(ring, taken))
  const refused: Suppression[] = brought.flatMap(({ suppressions }) => suppressions)
  const { readers, suppressions } = readerCollections(db)
  await insertNew(suppressions, refused)
  const taken = await insertNew(
    readers,
    brought.map(({ reader }) => reader),
  )
  if (taken.length === 0) return
  throw new ArchiveError(
    `読者 ${taken.length} 人の番号か連絡先が、ここにもうあります。同じファイルに二度あるか、この人はほかの自治体の読者です。`,
  )
}

/** Readers whose pairs are looked at in one transaction. */
const REFRESHED = 200

/** What planning reads follows from readers and children, here as where they come from. */
async function refreshAll(db: Db, municipality: string): Promise<void> {
  const { readers } = readerCollections(db)
  const refresh = (ids: string[]) => inTurn(db, (session) => refreshPairs({ db, session }, ids))
  const ids: string[] = []
  for await (const { _id } of readers.find({ municipality }, { projection: { _id: 1 } })) {
    ids.push(_id)
    if (ids.length === REFRESHED) await refresh(ids.splice(0))
  }
  await refresh(ids)
}
