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

/** Only those of the sides that matter here: where it comes from and where it goes. */
const turned = (direction: Direction, { before, now }: { before: string; now: string }) =>
  direction === 'up' ? { from: before, to: now } : { from: now, to: before }

/**
 * Gives the collections of a database made before 0.2.0 their prefix, or takes it away again, in the
 * collections' names and wherever a slug is stored. What has begun goes on from where it stopped;
 * a database that has nothing of it is left alone.
 *
 * @throws Error when both names are there and hold documents.
 */
export async function moveNames(payload: Payload, direction: Direction): Promise<void> {
  const renamings = renamingsOf(payload)
  if ((await moveCollections(payload, { renamings, direction })) === 0) return
  await moveValues(payload, { renamings, direction })
  if (direction === 'down') return
  await renamePeopleFields(payload)
  await ensureIndexes(payload)
}

interface Move {
  renamings: readonly Renaming[]
  direction: Direction
}

async function moveCollections(payload: Payload, { renamings, direction }: Move): Promise<number> {
  const database = databaseOf(payload)
  const known = await namesIn(database)
  const isOurs = renamings
    .filter(({ isOnlyOurs }) => isOnlyOurs)
    .every(({ names }) => names.every((name) => known.has(turned(direction, name).from)))
  const moved = renamings
    .filter(({ isOnlyOurs }) => isOurs || isOnlyOurs)
    .flatMap(({ names }) => names.map((name) => turned(direction, name)))
    .filter(({ from }) => known.has(from))
  for (const { from, to } of moved) {
    if (known.has(to)) await dropEmpty(database, { from, to })
    await database.renameCollection(from, to)
  }
  return moved.length
}

async function namesIn(database: Database): Promise<Set<string>> {
  const all = await database.listCollections({}, { nameOnly: true }).toArray()
  return new Set(all.map(({ name }) => name))
}

/** Payload makes empty collections for the new names before migrations run. */
async function dropEmpty(database: Database, { from, to }: { from: string; to: string }) {
  if ((await database.collection(to).countDocuments({}, { limit: 1 })) > 0) {
    throw new Error(
      `Both "${from}" and "${to}" hold documents, so neither can take the other's place. Move what belongs to "${to}" into it, drop "${from}", and start again.`,
    )
  }
  await database.collection(to).drop()
}

async function moveValues(payload: Payload, { renamings, direction }: Move): Promise<void> {
  const database = databaseOf(payload)
  const nameOf = (slug: string) => {
    const documents = renamings.find((one) => one.slug.now === slug)?.names.at(-1)
    return documents ? turned(direction, documents).to : slug
  }
  for (const { slug } of renamings) {
    const { from, to } = turned(direction, slug)
    for (const [collection, field] of SLUG_FIELDS) {
      const documents = database.collection(nameOf(collection))
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
async function movePreferences(database: Database, { from, to }: { from: string; to: string }) {
  const preferences = database.collection('payload-preferences')
  const key = new RegExp(`^(collection-)?${from}(-list|-[0-9a-f]{24})?$`)
  for (const found of await preferences.find({ key }).toArray()) {
    const moved = String(found.key).replace(from, to)
    await preferences.updateOne({ _id: found._id }, { $set: { key: moved } })
  }
}
