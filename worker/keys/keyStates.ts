import type { Db } from 'mongodb'

import type { KeyFault } from '../../src/secret/keyFaults'
import type { KeyRing } from '../../src/secret/seal'
import { TEXT_LINK_LIFE_MS } from '../web/link'
import { countSealed, type SealedCount } from './countSealed'
import { findKeyFaults, knownKeys, type KeyCheck } from './keyCheck'

/** A key of the ring, and whether it may be taken out. */
export interface KeyState {
  key: string
  /** It is the one that seals. */
  isCurrent: boolean
  /** What it has sealed, field by field. */
  sealed: Pick<SealedCount, 'collection' | 'field' | 'count'>[]
  left: number
  /**
   * Until when the links of mails that were sent with it are good; null of the one that seals, and of
   * one that has not been seen by a program yet.
   */
  linksUntil: Date | null
  /** Nothing in the database needs it, and no link of a mail any more. */
  mayGo: boolean
}

/** How the keys of an installation stand. */
export interface KeyStates {
  keys: KeyState[]
  /** Keys that are missing or other ones. */
  faults: KeyFault[]
}

/** How the keys of an installation stand; reads all that is sealed. */
export async function readKeyStates(of: {
  db: Db
  ring: KeyRing
  now: () => Date
}): Promise<KeyStates> {
  const { db, ring, now } = of
  const [counts, known] = [await countSealed(db), await knownKeys(db)]
  const keys = [...ring.keys.keys()].map((key) => keyState(key, { ring, counts, known, at: now() }))
  return { keys, faults: await findKeyFaults({ db, ring }) }
}

interface Known {
  ring: Pick<KeyRing, 'currentId'>
  counts: readonly SealedCount[]
  known: readonly KeyCheck[]
  at: Date
}

/** How one key stands. *Pure.* */
export function keyState(key: string, { ring, counts, known, at }: Known): KeyState {
  const isCurrent = key === ring.currentId
  const sealed = counts
    .filter((one) => one.key === key)
    .map(({ collection, field, count }) => ({ collection, field, count }))
  const left = sealed.reduce((sum, { count }) => sum + count, 0)
  const replacedAt = isCurrent ? undefined : known.find(({ _id }) => _id === key)?.replacedAt
  const linksUntil = replacedAt ? new Date(replacedAt.getTime() + TEXT_LINK_LIFE_MS) : null
  const mayGo = left === 0 && linksUntil !== null && linksUntil <= at
  return { key, isCurrent, sealed, left, linksUntil, mayGo }
}
