import type { AnyBulkWriteOperation, Collection, Db, Document } from 'mongodb'

import { createRehash, open, type KeyRing } from '../../src/secret/seal'
import { DOMAIN_CONTEXT } from '../bounce/hardBounces'
import { REGISTRATION_CONTEXT } from '../readers/confirmation'
import { CONTACT_CONTEXT } from '../readers/contactChange'
import { readerCollections } from '../readers/collections'
import { contextOfIdentity } from '../readers/identity'
import { MAIL_ACCOUNT, type Address, type FormerIdentity } from '../readers/reader'

/** A document, as far as a move of hashes looks at it. */
export type HashedDocument = Document & { _id: string }

/** What a move knows when it begins. */
export interface MoveContext {
  /** Index keys that are new, the oldest first. */
  added: readonly Buffer[]
  ring: KeyRing
  /** LINE provider of each account, by its id. */
  providers: ReadonlyMap<string, string>
}

/** A collection with hashes that are moved, and what becomes of a document; null: it goes. */
export interface HashedCollection {
  open: (db: Db) => Collection<HashedDocument>
  moved: (document: HashedDocument, context: MoveContext) => HashedDocument | null
}

const MAIL = contextOfIdentity({ channel: 'mail', account: MAIL_ACCOUNT })

/**
 * Every collection with hashes that outlive a move. What is bound to a browser (visits, forms, pressed
 * links) and the marks of surveys that are over are left: it ends by itself.
 */
export const HASHED_COLLECTIONS: readonly HashedCollection[] = [
  {
    open: (db) => any(readerCollections(db).readers),
    moved: ({ identities = [], former, ...reader }, context) => ({
      ...(reader as HashedDocument),
      identities: (identities as FormerIdentity[]).map((one) => movedAddress(one, context)),
      ...(former !== undefined && {
        former: (former as FormerIdentity[]).map((one) => movedAddress(one, context)),
      }),
    }),
  },
  named((db) => readerCollections(db).suppressions),
  named((db) => readerCollections(db).filterNotes),
  named((db) => readerCollections(db).softBounces),
  {
    open: (db) => any(readerCollections(db).friendships),
    moved: ({ _id, ...rest }, context) => {
      const [account, index] = cut(_id)
      const provider = context.providers.get(account)
      if (provider === undefined) return null // of an account that is no more
      const of = contextOfIdentity({ channel: 'line', account: provider })
      return { _id: `${account}:${rehash(context, of)(index)}`, ...rest }
    },
  },
  {
    open: (db) => any(readerCollections(db).bounces),
    moved: ({ hard, ...bounce }, context) => {
      if (hard === undefined) return bounce as HashedDocument
      const { index, domain, ...rest } = hard as { index: string; domain: string }
      const moved = {
        index: rehash(context, MAIL)(index),
        domain: rehash(context, DOMAIN_CONTEXT)(domain),
      }
      return { ...(bounce as HashedDocument), hard: { ...rest, ...moved } }
    },
  },
  {
    open: (db) => any(readerCollections(db).confirmations),
    moved: ({ index, ...waiting }, context) => {
      const of = contextOfWaiting(waiting as HashedDocument, context)
      const isThere = typeof index === 'string' && index !== '' && of !== null
      return { ...(waiting as HashedDocument), index: isThere ? rehash(context, of)(index) : index }
    },
  },
  {
    open: (db) => any(readerCollections(db).counterLog),
    moved: ({ index, ...entry }, context) => ({
      ...(entry as HashedDocument),
      ...(typeof index === 'string' && { index: rehash(context, MAIL)(index) }),
    }),
  },
]

function movedAddress<T extends FormerIdentity>(address: T, context: MoveContext): T {
  return { ...address, index: rehash(context, contextOfIdentity(address))(address.index) }
}

/** A collection whose ids are `channel:account:index`. */
function named(opening: (db: Db) => unknown): HashedCollection {
  return {
    open: (db) => any(opening(db)),
    moved: ({ _id, ...rest }, context) => {
      const [whose, index] = cut(_id)
      return { _id: `${whose}:${rehash(context, `identity:${whose}`)(index)}`, ...rest }
    },
  }
}

/** What is before the last `:`, and after it. */
function cut(id: string): [string, string] {
  const at = id.lastIndexOf(':')
  return [id.slice(0, at), id.slice(at + 1)]
}

const hashers = new WeakMap<MoveContext, Map<string, (value: string) => string>>()

/** Keys are derived once a context. */
function rehash(context: MoveContext, of: string): (value: string) => string {
  const known = hashers.get(context) ?? new Map<string, (value: string) => string>()
  hashers.set(context, known)
  const hasher = known.get(of) ?? createRehash(context.added, of)
  known.set(of, hasher)
  return hasher
}

/** Whose address waits; null where nobody's is known any more: its limit begins anew. */
function contextOfWaiting({ sealed }: HashedDocument, context: MoveContext): string | null {
  if (typeof sealed !== 'string') return null
  for (const sealedFor of [REGISTRATION_CONTEXT, CONTACT_CONTEXT]) {
    try {
      const { address, lineAccount = '' } = JSON.parse(open(context.ring, sealed, sealedFor)) as {
        address?: Address
        lineAccount?: string
      }
      if (address) return contextOfIdentity(address)
      const account = context.providers.get(lineAccount)
      return account === undefined ? null : contextOfIdentity({ channel: 'line', account })
    } catch {
      continue // of the other kind, or spoilt
    }
  }
  return null
}

function any(collection: unknown): Collection<HashedDocument> {
  return collection as Collection<HashedDocument>
}

/** Names what a write of a move has reached; it is taken away at the end. */
export const MOVED = 'indexMoved'

/** What moves a document: again where it was broken off in between, and once in all. *Pure.* */
export function movesOf(
  { moved }: HashedCollection,
  document: HashedDocument,
  context: MoveContext,
): AnyBulkWriteOperation<HashedDocument>[] {
  const { _id } = document
  const anew = moved(document, context)
  if (anew === null) return [{ deleteOne: { filter: { _id } } }]
  const replacement = { ...anew, [MOVED]: true }
  if (anew._id === _id) return [{ replaceOne: { filter: { _id }, replacement } }]
  return [
    { replaceOne: { filter: { _id: anew._id }, replacement, upsert: true } },
    { deleteOne: { filter: { _id } } },
  ]
}
