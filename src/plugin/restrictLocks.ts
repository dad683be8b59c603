import {
  createLocalReq,
  type Access,
  type CollectionBeforeOperationHook,
  type Payload,
  type PayloadRequest,
  type SanitizedConfig,
  type Where,
} from 'payload'

import { ReviewRefusal } from '../cms/refusal'
import { relatedId } from '../cms/relation'
import { isPerson } from '../people/roles'
import { peopleIn } from '../people/usersSlug'
import { grouped } from '../release/grouped'
import { firstAsked } from './firstAsked'

/** Payload's own collection of documents that somebody is editing right now. */
const LOCKS = 'payload-locked-documents'

/** More documents than this are never in work at once. */
const MOST = 1000

/**
 * Narrows the locks' access in a built config: Payload lets any account read and write its editing
 * locks, API keys of programs included, in anybody's name, and has no option for it. A lock is taken
 * for oneself, in a document one may write; it stands in the way of those who could write in it too,
 * and a reviewer never sees one. See `withBuiltIns`.
 */
export function withRestrictedLocks(config: SanitizedConfig): SanitizedConfig {
  const locks = config.collections.find(({ slug }) => (slug as string) === LOCKS)
  if (locks) {
    const access = { create: people, read: writers, update: writers, delete: ownLock }
    locks.access = { ...locks.access, ...access }
    locks.hooks = firstAsked(locks.hooks, forOneself)
  }
  return config
}

/** Databases whose `create` is guarded already. */
const guarded = new WeakSet<Payload['db']>()

/**
 * Payload's form writes its lock straight into the database, past all access rules, for whoever has
 * the form open: a reviewer who only reads, or with a request made by hand anybody in any document.
 * Such a lock is not written when the person may not write in the document; they lose nothing by it.
 */
export function guardTakenLocks(payload: Payload): void {
  const { db } = payload
  if (guarded.has(db)) return
  guarded.add(db)
  const create = db.create.bind(db)
  db.create = async (args) => {
    // With a request it comes from an operation, which has asked.
    const isByForm = args.collection === LOCKS && args.req === undefined
    if (isByForm && !(await isTakenRightly(payload, args.data as LockData))) return null
    return create(args)
  }
}

async function isTakenRightly(payload: Payload, { document, user }: LockData): Promise<boolean> {
  const id = relatedId(user)
  if (id === null || relatedId(document) === null) return false
  const collection = peopleIn(payload)
  const person = await payload.findByID({ collection, id, depth: 0, disableErrors: true })
  if (!person) return false
  const req = await createLocalReq({ user: { ...person, collection } }, payload)
  return mayWrite(req, document)
}

const people: Access = ({ req }) => isPerson(req.user)

/** Whoever may write in the locked document may see the lock and take it over. */
const writers: Access = async ({ req }) => {
  if (!isPerson(req.user)) return false
  const { docs } = await req.payload.find({
    collection: LOCKS as 'payload-locked-documents',
    select: { document: true },
    limit: MOST,
    pagination: false,
    depth: 0,
    overrideAccess: true,
    req,
  })
  const byCollection = grouped(docs, ({ document }) => document?.relationTo ?? '')
  const allowed = await Promise.all(
    [...byCollection].map(async ([slug, locks]) => {
      const ids = locks.map(({ document }) => relatedId(document) ?? '')
      const writable = new Set(await findWritable(req, slug, ids))
      return locks.filter((_, index) => writable.has(ids[index] ?? '')).map(({ id }) => String(id))
    }),
  )
  return { id: { in: allowed.flat() } }
}

const ownLock: Access = ({ req }) => isPerson(req.user) && { 'user.value': { equals: req.user.id } }

interface LockData {
  document?: unknown
  globalSlug?: unknown
  user?: unknown
}

/** What the person asks for, in their own name; how long a lock holds is the server's to say. */
const forOneself: CollectionBeforeOperationHook = async (call) => {
  const { args, operation, overrideAccess, req } = call
  if (overrideAccess || !isPerson(req.user)) return args
  if (operation !== 'create' && operation !== 'update') return args
  const { document, globalSlug, user } = ((args as { data?: unknown }).data ?? {}) as LockData
  if (user !== undefined && relatedId(user) !== String(req.user.id)) throw inAnothersName()
  const own = { relationTo: req.user.collection, value: req.user.id }
  if (operation === 'update') {
    if (document !== undefined || globalSlug !== undefined) throw notWritable()
    return { ...args, data: { user: own } } as typeof args
  }
  if (!(await mayWrite(req, document))) throw notWritable()
  return { ...args, data: { user: own, document } } as typeof args
}

/** Whether the person may write in a document, as its collection's own rule says. */
async function mayWrite(req: PayloadRequest, document: unknown): Promise<boolean> {
  const id = relatedId(document)
  const slug = (document as { relationTo?: unknown } | null | undefined)?.relationTo
  return id !== null && (await findWritable(req, String(slug), [id])).length > 0
}

/** Ids of those among a collection's documents in which the person may write. */
async function findWritable(
  req: PayloadRequest,
  slug: string,
  ids: readonly string[],
): Promise<string[]> {
  const collection = req.payload.config.collections.find((one) => one.slug === slug)
  if (!collection || slug === LOCKS) return []
  const answer = await collection.access.update({ req })
  if (answer === false) return []
  const areThey: Where = { id: { in: [...ids] } }
  const { docs } = await req.payload.find({
    collection: collection.slug,
    where: answer === true ? areThey : { and: [areThey, answer] },
    select: {},
    pagination: false,
    depth: 0,
    overrideAccess: true,
    req,
  })
  return docs.map(({ id }) => String(id))
}

function inAnothersName(): ReviewRefusal {
  return new ReviewRefusal(
    'NOT_ALLOWED',
    '「編集中」の印は、自分の名前でだけ付けられます。ほかの人の名前では付けられません。',
  )
}

function notWritable(): ReviewRefusal {
  return new ReviewRefusal(
    'NOT_ALLOWED',
    '「編集中」の印は、自分が書ける原稿や設定にだけ付けられます。',
  )
}
