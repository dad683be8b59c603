import { BSON, type ClientSession, type Db } from 'mongodb'

import { idsWithin } from '../database/idsWithin'
import type { KeyRing } from '../../src/secret/seal'
import { writeArchive, type ArchiveFile } from '../../src/archive/encryptedZip'
import type { CmsPart } from '../../src/archive/ownPart'
import { fieldTable } from '../../src/archive/fieldTable'
import { MANIFEST_PATH, TAKEOUT_FORMAT, type TakeoutManifest } from '../../src/archive/manifest'
import { atOneInstant } from '../backup/atOneInstant'
import { ledgerCollections } from '../ledger/collections'
import { accountMarks } from '../readers/accountMarks'
import { readerCollections } from '../readers/collections'
import { suppressionId } from '../readers/identity'
import type { Child, Reader } from '../readers/reader'
import type { Pair } from '../readers/pair'
import { DELIVERY_FIELDS_PATH, INTRO_PATH, introOf } from './intro'
import { PAYLOAD_TABLE, tablePath, TAKEN_TABLES, type TakenDocument } from './tables'
import { takenReader } from './takenReader'

/** What an archive is made of. */
export interface TakeoutOptions {
  db: Db
  ring: KeyRing
  now: () => Date
  /** Name and version of this product. */
  product: string
  /** The municipality, and whether it pauses. */
  municipality: TakeoutManifest['municipality'] & { isActive: boolean }
  /** What comes from the CMS. */
  cms: CmsPart
  passphrase: string
  target: WritableStream<Uint8Array>
}

/**
 * Writes all that is a municipality's own into one encrypted archive: the delivery half as it is at one
 * instant, then what the CMS has. The manifest is the last file, so one without it is not whole.
 */
export async function takeOut(options: TakeoutOptions): Promise<TakeoutManifest> {
  const { db, now, product, passphrase, target, cms } = options
  const cmsPaths = await cms.paths() // where it does not answer, nothing is begun
  return atOneInstant(db.client, async (session) => {
    const { isActive, ...municipality } = options.municipality
    const isFinal = !isActive && !(await isUnderWay(options, session))
    const head = {
      format: TAKEOUT_FORMAT,
      product,
      takenAt: now().toISOString(),
      municipality,
      isFinal,
    } as const
    const manifest: TakeoutManifest = { ...head, files: [] }
    await writeArchive(target, passphrase, filesOf(options, { session, manifest, cmsPaths }))
    return manifest
  })
}

/** Runs that may still send something. */
const OPEN_RUNS = ['requested', 'planning', 'sending'] as const

/** Something may still be sent, or readers are between two accounts: an archive would hold half of it. */
async function isUnderWay(
  { db, municipality: { code: municipality } }: TakeoutOptions,
  session: ClientSession,
): Promise<boolean> {
  const { runs } = ledgerCollections(db)
  const only = { session, projection: { _id: 1 } } as const
  const open = { municipality, state: { $in: [...OPEN_RUNS] } }
  const found = [
    await runs.findOne(open, only),
    await accountMarks(db).findOne({ municipality }, only),
  ]
  return found.some((one) => one !== null)
}

interface Writing {
  session: ClientSession
  manifest: TakeoutManifest
  cmsPaths: readonly string[]
}

async function* filesOf(
  options: TakeoutOptions,
  { session, manifest, cmsPaths }: Writing,
): AsyncGenerator<ArchiveFile> {
  yield { path: INTRO_PATH, content: whole(`\uFEFF${introOf(manifest)}`) }
  yield { path: DELIVERY_FIELDS_PATH, content: whole(fieldTable(deliveryFields())) }
  const lines = (path: string, from: AsyncIterable<unknown>): ArchiveFile => {
    const file = { path, lines: 0 }
    manifest.files.push(file)
    return { path, content: counted(file, from) }
  }
  const taking = await openTaking(options, session)
  for (const table of TAKEN_TABLES) yield lines(tablePath(table), taking.documents(table))
  yield lines(tablePath(PAYLOAD_TABLE), taking.payloads())
  for (const path of cmsPaths) {
    yield { path, content: options.cms.content(path) }
  }
  yield { path: MANIFEST_PATH, content: whole(JSON.stringify(manifest, null, 2)) }
}

async function* whole(content: string | Uint8Array) {
  yield content
}

async function* counted(file: { lines: number }, documents: AsyncIterable<unknown>) {
  for await (const document of documents) {
    file.lines += 1
    yield `${BSON.EJSON.stringify(document, { relaxed: true })}\n`
  }
}

/** What each field of the delivery half's files means. *Pure.* */
export function deliveryFields() {
  return [...TAKEN_TABLES, PAYLOAD_TABLE].flatMap((table) =>
    Object.entries(table.fields).map(([field, meaning]) => {
      return { file: tablePath(table), field, meaning, kind: '' }
    }),
  )
}

/** Readers whose refusals are asked for together. */
const AT_ONCE = 500

async function openTaking(options: TakeoutOptions, session: ClientSession) {
  const { db, ring, municipality } = options
  const { code } = municipality
  const { readers, children, suppressions } = readerCollections(db)
  const ids = async (found: AsyncIterable<{ _id: string }>) => {
    const own = new Set<string>()
    for await (const { _id } of found) own.add(_id)
    return own
  }
  const only = { session, projection: { _id: 1 } } as const
  const own = {
    // who had their data erased is named by nothing any more, from here on at once
    readers: await ids(readers.find({ municipality: code, isErased: { $exists: false } }, only)),
    children: await ids(children.find({ municipality: code }, only)),
  }

  async function* withRefusals(found: Reader[]) {
    const asked = found.flatMap(({ identities }) => identities.map(suppressionId))
    const refusals = await suppressions.find({ _id: { $in: asked } }, { session }).toArray()
    const byId = new Map(refusals.map((one) => [one._id, one]))
    for (const reader of found) yield takenReader(ring, reader, byId)
  }

  async function* allReaders() {
    const found: Reader[] = []
    for await (const reader of readers.find({ municipality: code }, { session })) {
      found.push(reader)
      if (found.length === AT_ONCE) yield* withRefusals(found.splice(0))
    }
    yield* withRefusals(found)
  }

  return {
    documents: async function* (table: (typeof TAKEN_TABLES)[number]): AsyncGenerator<object> {
      if (table.name === 'readers') return yield* allReaders()
      const found = db.collection<TakenDocument>(table.name).find(table.own(code), { session })
      for await (const document of found) yield asOwn(table.name, document, own)
    },
    payloads: async function* (): AsyncGenerator<object> {
      const { batches, payloads } = ledgerCollections(db)
      const hashes = await batches.distinct('payload', { _id: idsWithin(code) }, { session })
      yield* payloads.find({ _id: { $in: hashes } }, { session })
    },
  }
}

interface Own {
  readers: ReadonlySet<string>
  children: ReadonlySet<string>
}

/** A document without what is another municipality's, or nothing without our keys. *Pure.* */
function asOwn(name: string, document: object, own: Own): object {
  if (name === 'children') return ownChild(document as Child, own)
  if (name === 'pairs') return ownPair(document as Pair, own)
  if (name === 'counterLog') {
    const { index: _index, ...entry } = document as { index?: string }
    return entry
  }
  return document
}

function ownChild({ sameAs, left, corrected, keepers, ...child }: Child, own: Own): Child {
  const among = (ids: readonly string[]) => ids.filter((id) => own.readers.has(id))
  return {
    ...child,
    readers: among(child.readers),
    ...(left && { left: among(left) }),
    ...(corrected && { corrected: among(corrected) }),
    ...(keepers && { keepers: among(keepers) }),
    ...(sameAs !== undefined && own.children.has(sameAs) && { sameAs }),
  }
}

/** The pair of somebody who has moved to another town, or is erased, names nobody here. */
function ownPair({ former, ...pair }: Pair, own: Own): Pair {
  const here = former?.filter((id) => id.startsWith(`${pair.municipality}:`)) ?? []
  const named = { ...pair, ...(here.length > 0 && { former: here }) }
  return own.readers.has(pair.reader) ? named : { ...named, reader: '', child: '', isActive: false }
}
