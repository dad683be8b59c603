import { createLocalReq, type CollectionSlug, type Where } from 'payload'

import { recordAudit } from '../cms/audit'
import { localDayOf } from '../stage/day'
import {
  documentsIn,
  hereOf,
  type Bringing,
  type BringOptions,
  type BroughtDocument,
} from './bringing'
import { broughtDocument } from './broughtDocument'
import { bringPictures } from './bringPictures'
import { bringVersions } from './bringVersions'
import { documentsPath, OWN_DOCUMENTS } from './ownDocuments'

/** How many documents of each collection were new here, and how many stay in the archive alone. */
export interface BroughtDocuments {
  /** Id of the municipality here. */
  municipality: string
  brought: Readonly<Record<string, number>>
  left: Readonly<Record<string, number>>
}

/**
 * Brings a municipality's settings, texts and numbers into this CMS, with their ids. Nothing of it is
 * published: add-ons come as drafts, with the approvals they had as history, and the municipality
 * pauses. What is here already stays as it is, so that it can be done again.
 */
export async function bringDocuments(options: BringOptions): Promise<BroughtDocuments> {
  const { payload, manifest, now } = options
  const req = await createLocalReq({}, payload)
  const bringing: Bringing = { ...options, req, today: localDayOf(now()), ids: new Map() }
  const brought: Record<string, number> = {}
  const left: Record<string, number> = {}
  for (const { slug: collection, hasVersions, isBrought } of OWN_DOCUMENTS) {
    if (!isBrought) continue
    const counts =
      collection === 'kizuna-media'
        ? await bringPictures(bringing)
        : await bringCollection(bringing, collection)
    if (hasVersions) await bringVersions(bringing, collection)
    brought[collection] = counts.brought
    left[collection] = counts.left
  }
  const municipality = hereOf(bringing, manifest.municipality.id)
  await recordAudit(req, {
    action: 'takein',
    collection: 'kizuna-municipalities',
    documentId: municipality,
    title: manifest.municipality.name,
    at: now(),
  })
  return { municipality, brought, left }
}

async function bringCollection(bringing: Bringing, collection: CollectionSlug) {
  const counts = { brought: 0, left: 0 }
  for await (const document of documentsIn(bringing, documentsPath(collection))) {
    if (await isHere(bringing, collection, document)) continue
    const data = await broughtDocument(bringing, collection, document)
    if (data === null) {
      counts.left += 1
      continue
    }
    const { payload, req } = bringing
    await payload.db.create({ collection, customID: document.id, data, req })
    counts.brought += 1
  }
  return counts
}

/** A municipality is known by its code: the operator may have made it here before. */
async function isHere(
  { payload, req, ids }: Bringing,
  collection: CollectionSlug,
  { id, code }: BroughtDocument,
): Promise<boolean> {
  const isTown = collection === 'kizuna-municipalities'
  const where: Where = isTown ? { code: { equals: code } } : { id: { equals: id } }
  const found = await payload.db.findOne<{ id: string }>({ collection, where, req })
  if (found && isTown) ids.set(id, String(found.id))
  return found !== null
}
