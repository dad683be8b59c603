import type { Collection, Db } from 'mongodb'

import { ConfigError } from '../../src/config/config'
import { keyFaultSentences, type KeyFault } from '../../src/secret/keyFaults'
import { KEPT_PLACES } from '../../src/secret/keptPlaces'
import { indexKeysOf, markOfKey, open, sealedWith, type KeyRing } from '../../src/secret/seal'
import { indexOf, openIdentity } from '../readers/identity'
import { readerCollections } from '../readers/collections'
import { firstSealedWith } from './countSealed'
import { collectionOf, SEALED_FIELDS, valuesOf, type SealedField } from './sealedFields'

/** A key this installation has used, as stored in `keyChecks`: enough to know it again. */
export interface KeyCheck {
  /** Its name in `KIZUNA_KEYS`, or `index`. */
  _id: string
  /** Tells it from others, and nothing about it. */
  mark: string
  /** Of `index` with keys from before: the marks of all, the oldest first. */
  marks?: string[]
  /** Of `index`: what hashes are being moved to; absent when none are. */
  movingTo?: string[]
  firstSeenAt: Date
  /** Since when another one seals; absent of the one that does, and of `index`. */
  replacedAt?: Date
}

interface KeyCheckOptions {
  db: Db
  ring: KeyRing
  now: () => Date
}

/** `_id` of the check of the index keys. */
export const INDEX = 'index'

/** Values that are opened of each field where no key is known yet. */
const OPENED = 20

/**
 * Compares the keys with those this installation has used, before anything is read or written with
 * them; the first time it notes them.
 *
 * @throws ConfigError with a sentence for each key that is missing or another one.
 */
export async function assertKeys(options: KeyCheckOptions): Promise<void> {
  const faults = await findKeyFaults(options)
  if (faults.length > 0) throw new ConfigError(keyFaultSentences(faults))
  await noteKeys(options)
  const others = await findKeyFaults(options) // of a program that began at the same time
  if (others.length > 0) throw new ConfigError(keyFaultSentences(others))
}

/** The keys of this installation that are missing or other ones; writes nothing. */
export async function findKeyFaults({ db, ring }: Omit<KeyCheckOptions, 'now'>) {
  const known = await knownKeys(db)
  if (known.length === 0) return faultsOfValues({ db, ring })
  const faults: KeyFault[] = []
  for (const check of known) {
    const { _id: key, mark } = check
    if (key === INDEX) {
      faults.push(...indexFaults(check, ring))
      continue
    }
    const own = ring.keys.get(key)
    if (own && markOfKey(own) === mark) continue
    const sealed = await firstSealedWith(db, key)
    if (own) faults.push({ kind: 'wrong', key, what: sealed ? titleOf(sealed) : '連絡先など' })
    else if (sealed) faults.push({ kind: 'missing', key, what: titleOf(sealed) })
  }
  return faults
}

/** Whether what is hashed is hashed by the index keys of the ring. *Pure.* */
function indexFaults({ mark, marks = [mark], movingTo }: KeyCheck, ring: KeyRing): KeyFault[] {
  const own = indexMarksOf(ring)
  const isPart = marks.every((one, at) => one === own[at])
  if (!isPart || marks.length > own.length) return [{ kind: 'wrong', key: INDEX, what: '' }]
  const isMoved = marks.length === own.length && movingTo === undefined
  return isMoved ? [] : [{ kind: 'unmoved', key: INDEX, what: '' }]
}

/** Marks of the index keys of a ring, the oldest first. *Pure.* */
export function indexMarksOf(ring: KeyRing): string[] {
  return indexKeysOf(ring).map(markOfKey)
}

/** The keys this installation has used, by their names. */
export async function knownKeys(db: Db): Promise<KeyCheck[]> {
  return keyChecks(db).find().sort({ _id: 1 }).toArray()
}

/**
 * Notes new keys and which of them seals, and forgets those that are gone and have sealed nothing; a start
 * with the keys of the last one writes nothing.
 */
async function noteKeys({ db, ring, now }: KeyCheckOptions): Promise<void> {
  const checks = keyChecks(db)
  const known = new Map((await knownKeys(db)).map((check) => [check._id, check]))
  for (const check of checksOf(ring)) {
    if (known.has(check._id)) continue
    const { _id, ...marks } = check
    const $setOnInsert = { ...marks, firstSeenAt: now() }
    await checks.updateOne({ _id }, { $setOnInsert }, { upsert: true })
  }
  for (const key of ring.keys.keys()) {
    const isNoted = known.get(key)?.replacedAt !== undefined
    if (key === ring.currentId && isNoted)
      await checks.updateOne({ _id: key }, { $unset: { replacedAt: 1 as const } })
    if (key !== ring.currentId && !isNoted)
      await checks.updateOne({ _id: key }, { $set: { replacedAt: now() } })
  }
  for (const _id of known.keys())
    if (_id !== INDEX && !ring.keys.has(_id)) await checks.deleteOne({ _id })
}

/** What is noted of the keys of a ring. *Pure.* */
function checksOf(ring: KeyRing): Omit<KeyCheck, 'firstSeenAt'>[] {
  const marks = indexMarksOf(ring)
  const index = { _id: INDEX, mark: markOfKey(ring.index), ...(marks.length > 1 && { marks }) }
  return [index, ...[...ring.keys].map(([_id, key]) => ({ _id, mark: markOfKey(key) }))]
}

/** A database from before keys were noted: what is in it says whether they are the right ones. */
async function faultsOfValues({ db, ring }: { db: Db; ring: KeyRing }): Promise<KeyFault[]> {
  const faults = new Map<string, KeyFault>()
  const right = new Set<string>()
  for (const of of SEALED_FIELDS) {
    const some = await collectionOf(db, of).find().limit(OPENED).toArray()
    for (const { sealed, contexts } of some.flatMap((one) => valuesOf(of, one))) {
      const key = sealedWith(sealed)
      const kind = ring.keys.has(key) ? 'wrong' : 'missing'
      if (contexts.some((context) => isOpen(() => open(ring, sealed, context)))) right.add(key)
      else faults.set(key, { kind, key, what: titleOf(of) })
    }
  }
  // a value that somebody has spoilt says nothing of a key that opens others
  const found = [...faults.values()].filter(({ key }) => !right.has(key))
  if (found.length > 0 || (await isIndexRight({ db, ring }))) return found
  return [{ kind: 'wrong', key: INDEX, what: '' }]
}

async function isIndexRight({ db, ring }: { db: Db; ring: KeyRing }): Promise<boolean> {
  const reader = await readerCollections(db).readers.findOne({
    'identities.sealed': { $type: 'string', $ne: '' },
  })
  const identity = reader?.identities.find(({ sealed }) => sealed !== '')
  if (!identity) return true
  try {
    return indexOf(ring, { ...identity, address: openIdentity(ring, identity) }) === identity.index
  } catch {
    return true // spoilt: another one may say more
  }
}

function isOpen(opening: () => string): boolean {
  try {
    opening()
    return true
  } catch {
    return false
  }
}

/** What a field holds, for people. *Pure.* */
export function titleOf({ collection, field }: Pick<SealedField, 'collection' | 'field'>): string {
  const place = KEPT_PLACES.find((one) => one.collection === collection && one.field === field)
  return place?.title ?? collection
}

/** What is known of the keys; a write that is lost is made again at the next start. */
export function keyChecks(db: Db): Collection<KeyCheck> {
  return db.collection<KeyCheck>('keyChecks')
}
