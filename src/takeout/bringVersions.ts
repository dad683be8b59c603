import type { CollectionSlug } from 'payload'

import { documentsIn, type Bringing, type BroughtDocument } from './bringing'
import { broughtAddOn } from './broughtDocument'
import { versionsPath } from './ownDocuments'

/** A version as an archive has it. */
interface BroughtVersion extends BroughtDocument {
  parent: string
  version: Record<string, unknown>
  createdAt: string
  updatedAt: string
  autosave?: boolean
}

/** Brings the former versions of texts that have none here, oldest first; the last is the latest. */
export async function bringVersions(bringing: Bringing, collection: CollectionSlug): Promise<void> {
  const { payload, req } = bringing
  const isKnown = new Map<string, boolean>()
  for await (const document of documentsIn(bringing, versionsPath(collection))) {
    const { parent, version, createdAt, updatedAt, autosave } = document as BroughtVersion
    const known = isKnown.get(parent) ?? (await hasVersions(bringing, collection, parent))
    isKnown.set(parent, known)
    if (known) continue
    await payload.db.createVersion({
      collectionSlug: collection,
      parent,
      createdAt,
      updatedAt,
      autosave: autosave ?? false,
      versionData: broughtAddOn(version) as never,
      req,
    })
  }
}

async function hasVersions({ payload, req }: Bringing, collection: CollectionSlug, parent: string) {
  const where = { parent: { equals: parent } }
  const { totalDocs } = await payload.db.countVersions({ collection, where, req })
  return totalDocs > 0
}
