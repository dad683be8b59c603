import type { Payload } from 'payload'

import { ensureIndexes, renamingsOf, type Renaming } from './renamedCollections'

/** The driver's database, as far as it is needed here; Payload brings the driver. */
interface Database {
  listCollections: (filter: object, options: { nameOnly: true }) => Cursor<{ name: string }>
  renameCollection: (from: string, to: string) => Promise<unknown>
  collection: (name: string) => Documents
}

interface Documents {
  find: (filter: object) => Cursor<Record<string, unknown>>
  countDocuments: (filter: object, options?: { limit: number }) => Promise<number>
  updateOne: (filter: object, update: object) => Promise<unknown>
  updateMany: (filter: object, update: object) => Promise<unknown>
  deleteMany: (filter: object) => Promise<unknown>
  drop: () => Promise<unknown>
}

interface Cursor<T> {
  toArray: () => Promise<T[]>
}

const databaseOf = (payload: Payload) =>
  (payload.db as unknown as { connection: { db: Database } }).connection.db

/** Fields that hold a slug, by the collection as it is called now. */
const SLUG_FIELDS = [
  ['kizuna-releases', 'document.relationTo'],
  ['kizuna-approvals', 'document.relationTo'],
  ['kizuna-comments', 'document.relationTo'],
  ['kizuna-audit-log', 'collection'],
  ['kizuna-audit-log', 'actor.relationTo'],
  ['payload-query-presets', 'relatedCollection'],
] as const

type Direction = 'down' | 'up'

/** Where a name comes from and where it goes. *Pure.* */
const turned = (direction: Direction, { before, now }: { before: string; now: string }): Move =>
  direction === 'up' ? { from: before, to: now } : { from: now, to: before }

/**
 * Gives the collections of a database made before 0.1.0 their prefix, or takes it away again, in the
 * collections' names and wherever a slug is stored. The names come last: as long as one of before is
 * there, everything is done again, so what was broken off goes on. A database that has nothing of it
 * is left alone.
 *
 * @throws Error when both names are there and hold documents.
 */
export async function moveNames(payload: Payload, direction: Direction): Promise<void> {
  const database = databaseOf(payload)
  const renamings = renamingsOf(payload)
  const known = await namesIn(database)
  const moves = movesIn(known, { renamings, direction })
  if (moves.length === 0) return
  for (const move of moves) await refuseTwo(database, move)
  await moveValues(database, { renamings, direction, moves })
  if (direction === 'up') await renamePeopleFields(payload)
  for (const { from, to } of moves) {
    if (known.has(to)) await database.collection(to).drop() // Payload made it, for the new name
    await database.renameCollection(from, to)
  }
  if (direction === 'up') await ensureIndexes(payload)
}

interface Move {
  from: string
  to: string
}

interface Turn {
  renamings: readonly Renaming[]
  direction: Direction
}

/** What is there under the name to be left, and is ours. *Pure.* */
function movesIn(known: ReadonlySet<string>, { renamings, direction }: Turn): Move[] {
  const isOurs = renamings
    .filter(({ isOnlyOurs }) => isOnlyOurs)
    .every(({ names }) => names.every((name) => known.has(turned(direction, name).from)))
  return renamings
    .filter(({ isOnlyOurs }) => isOurs || isOnlyOurs)
    .flatMap(({ names }) => names.map((name) => turned(direction, name)))
    .filter(({ from }) => known.has(from))
}

async function namesIn(database: Database): Promise<Set<string>> {
  const all = await database.listCollections({}, { nameOnly: true }).toArray()
  return new Set(all.map(({ name }) => name))
}

async function refuseTwo(database: Database, { from, to }: Move): Promise<void> {
  if ((await database.collection(to).countDocuments({}, { limit: 1 })) === 0) return
  throw new Error(
    `Both "${from}" and "${to}" hold documents, so neither can take the other's place. Move what belongs to "${to}" into it, drop "${from}", and start again.`,
  )
}

async function moveValues(
  database: Database,
  { renamings, direction, moves }: Turn & { moves: readonly Move[] },
): Promise<void> {
  /** Where documents of a slug are now: not yet moved, or moved by a run that was broken off. */
  const placeOf = (slug: string): string => {
    const documents = renamings.find((one) => one.slug.now === slug)?.names.at(-1)
    if (!documents) return slug
    const { from, to } = turned(direction, documents)
    return moves.some((move) => move.from === from) ? from : to
  }
  for (const { slug } of renamings) {
    const { from, to } = turned(direction, slug)
    for (const [collection, field] of SLUG_FIELDS) {
      const documents = database.collection(placeOf(collection))
      await documents.updateMany({ [field]: from }, { $set: { [field]: to } })
    }
    const locks = database.collection('payload-locked-documents')
    await locks.deleteMany({ 'document.relationTo': from }) // whoever is writing takes it anew
    await movePreferences(database, { from, to })
  }
}

/** Fields of people before they began with `kizuna`. */
const PEOPLE_FIELDS = {
  name: 'kizunaName',
  roles: 'kizunaRoles',
  disciplines: 'kizunaDisciplines',
  municipality: 'kizunaMunicipality',
  wantsDigest: 'kizunaWantsDigest',
  lastDigestOn: 'kizunaLastDigestOn',
}

/** Where nobody has a role under the new name, the old names are ours and not the host's. */
async function renamePeopleFields(payload: Payload): Promise<void> {
  const people = databaseOf(payload).collection(payload.config.admin.user)
  const renamed = await people.countDocuments({ kizunaRoles: { $exists: true } }, { limit: 1 })
  if (renamed === 0) await people.updateMany({}, { $rename: PEOPLE_FIELDS })
}

/** Columns of lists and open parts of forms, by a key that has the slug in it. */
async function movePreferences(database: Database, { from, to }: Move): Promise<void> {
  const preferences = database.collection('payload-preferences')
  const key = new RegExp(`^(collection-)?${from}(-list|-[0-9a-f]{24})?$`)
  for (const found of await preferences.find({ key }).toArray()) {
    const moved = String(found.key).replace(from, to)
    await preferences.updateOne({ _id: found._id }, { $set: { key: moved } })
  }
}
