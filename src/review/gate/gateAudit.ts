import type { CollectionAfterChangeHook } from 'payload'

import type { ReleaseContent } from '../../release/content'
import { contentHash } from '../../release/hash'
import { recordAudit } from '../../cms/audit'
import { besideChanges, besideOf } from '../rules/beside'
import { changesBetween, type FieldChange } from '../rules/changes'
import { changesInWords } from '../rules/changeWords'
import { blockIdsOf } from '../rules/fieldOf'
import type { StoredDocument } from '../rules/freeze'
import type { ReviewPolicy } from '../rules/policy'
import type { FieldNames } from '../rules/reviewedFields'
import { isGatesOwnWrite } from './gateKey'
import { trashActOf } from './trashActs'
import { freezeDocument } from '../queries/contentOwner'
import type { ReviewedCollection } from '../queries/load'
import { titleOf } from '../rules/title'

/** What the record of edits depends on. */
export interface AuditOptions {
  collection: ReviewedCollection
  policy: ReviewPolicy
  editions: readonly { code: string; label: string }[]
  now: () => Date
}

/**
 * Audits every write that changes what readers would see, or what decides who must approve it, with
 * what it was and is. The review audits its own writes.
 */
export function auditEdits(options: AuditOptions): CollectionAfterChangeHook {
  const { collection, now } = options
  return async ({ context, data, doc, operation, previousDoc, req }) => {
    if (isGatesOwnWrite(req, { collection, id: doc.id })) return
    if (trashActOf(context, collection)) return
    const after = { ...previousDoc, ...data } // `doc` may be cut by a select
    const content = await freezeDocument(req, collection, after)
    const edited =
      operation === 'create'
        ? null
        : { document: previousDoc, content: await freezeDocument(req, collection, previousDoc) }
    const beforeHash = edited && contentHash(edited.content)
    const afterHash = contentHash(content)
    const changes = edited ? approvedChanges(edited, { document: after, content }, options) : []
    if (beforeHash === afterHash && changes.length === 0) return
    const action = operation === 'create' ? 'create' : 'edit'
    const hashes = { beforeHash, afterHash }
    const entry = { action, documentId: String(doc.id), title: titleOf(after), at: now() } as const
    await recordAudit(req, { ...entry, ...hashes, collection, note: changesInWords(changes) })
  }
}

/** A document and what of it readers see. */
interface Frozen {
  document: StoredDocument
  content: ReleaseContent
}

/** All that changed in what is approved: texts, topics, edition, slot, series, sources … */
function approvedChanges(
  before: Frozen,
  after: Frozen,
  { policy, editions }: AuditOptions,
): FieldChange[] {
  const names: FieldNames = {
    edition: (code) => editions.find((known) => known.code === code)?.label ?? code,
    series: (code) => code,
    blockIds: blockIdsOf(after.document),
    blockIdsBefore: blockIdsOf(before.document),
  }
  return [
    ...changesBetween(before.content, after.content, names),
    ...besideChanges(besideOf(before.document), besideOf(after.document), policy),
  ]
}
