import type { CollectionAfterChangeHook } from 'payload'

import { contentHash } from '../../release/hash'
import { recordAudit } from '../../cms/audit'
import type { StoredDocument } from '../rules/freeze'
import { isGatesOwnWrite } from './gateKey'
import { freezeDocument } from '../queries/contentOwner'
import type { ReviewedCollection } from '../queries/load'
import { titleOf } from '../rules/title'

/** Audits every write that changes what readers would see; the review audits its own. */
export function auditEdits({
  collection,
  now,
}: {
  collection: ReviewedCollection
  now: () => Date
}): CollectionAfterChangeHook {
  return async ({ data, doc, operation, previousDoc, req }) => {
    if (isGatesOwnWrite(req, { collection, id: doc.id })) return
    const hashOf = async (document: StoredDocument) =>
      contentHash(await freezeDocument(req, collection, document))
    const beforeHash = operation === 'create' ? null : await hashOf(previousDoc)
    const afterHash = await hashOf({ ...previousDoc, ...data }) // `doc` may be cut by a select
    if (beforeHash === afterHash) return
    const action = operation === 'create' ? 'create' : 'edit'
    const title = titleOf({ ...previousDoc, ...data })
    const hashes = { beforeHash, afterHash }
    const entry = { action, documentId: String(doc.id), title, ...hashes, at: now() } as const
    await recordAudit(req, { ...entry, collection })
  }
}
