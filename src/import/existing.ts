import type { PayloadRequest } from 'payload'

import { asStored } from '../cms/stored'
import { namesOfCollection, type ContentCollection } from '../release/contentKind'
import { keyOfAddOn, keyOfManuscript } from './plan'
import type { ImportItem } from './plan'

/** A stored document in its newest draft, relations as ids. */
export interface Existing {
  id: string
  /** See {@link ImportItem.key}. */
  key: string
  document: Readonly<Record<string, unknown>>
}

/** The documents a file may mean. */
export interface ExistingDocuments {
  byId: ReadonlyMap<string, Existing>
  /**
   * By the key an import finds them again by when the file has no id; without those a row names by
   * its id: where such a text moves away, a row without id is a new one in its place.
   */
  byKey: ReadonlyMap<string, Existing>
}

/** The stored document an item means, null for a new one; an id wins over the key. *Pure.* */
export function findStored({ byId, byKey }: ExistingDocuments, item: ImportItem) {
  return (item.id === null ? byKey.get(item.key) : byId.get(item.id)) ?? null
}

/** All documents the person may read that the items of a file may mean. */
export async function findExisting(
  req: PayloadRequest,
  collection: ContentCollection,
  items: readonly ImportItem[],
): Promise<ExistingDocuments> {
  const owner = namesOfCollection(collection).ownerField
  const owners = [...new Set(items.map(({ data }) => String(data[owner])))]
  const ids = items.flatMap(({ id }) => (id !== null && isObjectId(id) ? [id] : []))
  const { docs } = await req.payload.find({
    collection,
    req,
    where: { or: [{ [owner]: { in: owners } }, { id: { in: ids } }] },
    draft: true,
    depth: 0,
    pagination: false,
    overrideAccess: req.user === null,
  })
  const found = docs.map((document) => {
    const key = 'slot' in document ? keyOfManuscript(document) : keyOfAddOn(document)
    return { key, id: document.id, document: asStored<Existing['document']>(document) }
  })
  const named = new Set(ids)
  return {
    byKey: new Map(found.filter(({ id }) => !named.has(id)).map((one) => [one.key, one])),
    byId: new Map(found.map((one) => [one.id, one])),
  }
}

/** MongoDB refuses a query with anything else. */
function isObjectId(id: string): boolean {
  return /^[0-9a-f]{24}$/.test(id)
}
