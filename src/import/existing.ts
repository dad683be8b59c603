import type { PayloadRequest } from 'payload'

import type { ImportCollection } from './context'
import { keyOfAddOn, keyOfManuscript } from './plan'

/** A stored document in its newest draft, relations as ids. */
export interface Existing {
  id: string
  document: Readonly<Record<string, unknown>>
}

/** All documents the person may read, by the key an import finds them again by. */
export async function findExisting(
  req: PayloadRequest,
  collection: ImportCollection,
): Promise<Map<string, Existing>> {
  const { docs } = await req.payload.find({
    ...{ collection, req },
    draft: true,
    depth: 0,
    pagination: false,
    overrideAccess: req.user === null,
  })
  return new Map(
    docs.map((document) => {
      const key = 'slot' in document ? keyOfManuscript(document) : keyOfAddOn(document)
      return [key, { id: document.id, document: document as unknown as Existing['document'] }]
    }),
  )
}
