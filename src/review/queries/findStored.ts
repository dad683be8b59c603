import { appendVersionToQueryKey, combineQueries, traverseFields } from 'payload'
import type { FieldBase, PayloadRequest, SanitizedCollectionConfig, Where } from 'payload'

import { asStored } from '../../cms/stored'
import type { StoredDocument } from '../rules/freeze'
import type { ReviewedCollection } from './load'

interface Asked {
  collection: ReviewedCollection
  where: Where
  /** What the person may read, as the collection's access has answered. */
  allowed: true | Where
  /** The newest version of each, else the live row. */
  isDraft: boolean
}

/**
 * All documents of these the person may read, in the collection's order. Where nothing but that
 * access decides what is read, they come straight from the database: Payload's way through each
 * field of each document takes longer than all else together when there are thousands.
 */
export async function findStored(req: PayloadRequest, asked: Asked): Promise<StoredDocument[]> {
  const { config } = req.payload.collections[asked.collection]
  return isReadAsStored(config) ? findStraight(req, asked, config) : findThroughHooks(req, asked)
}

/** The database knows no trash: what Payload leaves out of its own answers. */
export const NOT_TRASHED: Where = { deletedAt: { exists: false } }

async function findStraight(
  req: PayloadRequest,
  asked: Asked,
  { defaultSort }: SanitizedCollectionConfig,
): Promise<StoredDocument[]> {
  const { collection, where, allowed, isDraft } = asked
  const all = combineQueries({ and: [where, NOT_TRASHED] }, allowed)
  const sort = [defaultSort ?? '-createdAt'].flat()
  const shared = { collection, req, limit: 0, pagination: false }
  if (!isDraft) {
    const { docs } = await req.payload.db.find({ ...shared, where: all, sort })
    return docs as StoredDocument[]
  }
  const { docs } = await req.payload.db.queryDrafts({
    ...shared,
    where: appendVersionToQueryKey(all),
    sort: sort.map((field) => field.replace(/^(-?)/, '$1version.')),
  })
  return docs as StoredDocument[]
}

async function findThroughHooks(req: PayloadRequest, asked: Asked): Promise<StoredDocument[]> {
  const { collection, where, isDraft } = asked
  const { docs } = await req.payload.find({
    collection,
    where,
    req,
    draft: isDraft,
    pagination: false,
    depth: 0,
    overrideAccess: false,
    showHiddenFields: true,
  })
  return asStored<StoredDocument[]>(docs)
}

/** What of a collection decides how its documents are read. */
type ReadConfig = Pick<SanitizedCollectionConfig, 'fields' | 'hooks'>

const judged = new WeakMap<ReadConfig, boolean>()

/**
 * Whether no hook changes a document on its way out, and no field is closed to anybody; judged once
 * for each collection. *Pure* but for that memory.
 */
export function isReadAsStored(config: ReadConfig): boolean {
  const known = judged.get(config)
  if (known !== undefined) return known
  const { beforeRead, afterRead, afterOperation } = config.hooks
  let isPlain = [beforeRead, afterRead, afterOperation].every(isEmpty)
  traverseFields({
    fields: config.fields,
    callback: ({ field }) => {
      if (isChangedOnTheWay(field)) isPlain = false
    },
  })
  judged.set(config, isPlain)
  return isPlain
}

function isChangedOnTheWay(field: object): boolean {
  const { access, hooks, virtual, localized } = field as Partial<FieldBase>
  return Boolean(access?.read || virtual || localized) || !isEmpty(hooks?.afterRead)
}

function isEmpty(hooks: readonly unknown[] | undefined): boolean {
  return !hooks || hooks.length === 0
}
