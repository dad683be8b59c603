import type { PayloadRequest } from 'payload'

import type { ImportCollection } from './context'
import { keyOfAddOn, keyOfManuscript } from './plan'
import type { ImportItem } from './plan'

/** A stored document in its newest draft, relations as ids. */
export interface Existing {
  id: string
  document: Readonly<Record<string, unknown>>
}

/** The documents a file may mean. */
export interface ExistingDocuments {
  byId: ReadonlyMap<string, Existing>
  /** By the key an import finds them again by when the file has no id. */
  byKey: ReadonlyMap<string, Existing>
}

/** The stored document an item means, null for a new one; an id wins over the key. *Pure.* */
export function findStored({ byId, byKey }: ExistingDocuments, item: ImportItem) {
  return (item.id === null ? byKey.get(item.key) : byId.get(item.id)) ?? null
}

/** All documents the person may read that the items of a file may mean. */
export async function findExisting(
  req: PayloadRequest,
  collection: ImportCollection,
  items: readonly ImportItem[],
): Promise<ExistingDocuments> {
  const owner = collection === 'manuscripts' ? 'series' : 'municipality'
  const owners = [...new Set(items.map(({ data }) => String(data[owner])))]
  const ids = items.flatMap(({ id }) => (id !== null && isObjectId(id) ? [id] : []))
  const { docs } = await req.payload.find({
    ...{ collection, req },
    where: { or: [{ [owner]: { in: owners } }, { id: { in: ids } }] },
    draft: true,
    depth: 0,
    pagination: false,
    overrideAccess: req.user === null,
  })
  const found = docs.map((document) => {
    const key = 'slot' in document ? keyOfManuscript(document) : keyOfAddOn(document)
    return [
      key,
      { id: document.id, document: document as unknown as Existing['document'] },
    ] as const
  })
  return {
    byKey: new Map(found),
    byId: new Map(found.map(([, existing]) => [existing.id, existing])),
  }
}

/** MongoDB refuses a query with anything else. */
function isObjectId(id: string): boolean {
  return /^[0-9a-f]{24}$/.test(id)
}
