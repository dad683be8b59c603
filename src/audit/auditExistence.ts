import type {
  CollectionAfterChangeHook,
  CollectionAfterDeleteHook,
  SanitizedCollectionConfig,
} from 'payload'

import { recordAudit } from '../cms/audit'

type Clock = { now: () => Date }

/** Audits that a document of the settings was made. */
export function auditCreation({ now }: Clock): CollectionAfterChangeHook {
  return async ({ collection, doc, operation, req }) => {
    if (operation !== 'create') return
    await recordAudit(req, { action: 'create', at: now(), ...entryOn(collection, doc) })
  }
}

/** Audits that a document of the settings was taken away. */
export function auditRemoval({ now }: Clock): CollectionAfterDeleteHook {
  return ({ collection, doc, req }) =>
    recordAudit(req, { action: 'delete', at: now(), ...entryOn(collection, doc) })
}

function entryOn({ slug, admin }: SanitizedCollectionConfig, doc: Record<string, unknown>) {
  const title = doc[admin.useAsTitle ?? 'id']
  return {
    collection: slug,
    documentId: String(doc.id),
    title: typeof title === 'string' ? title : '',
  }
}
