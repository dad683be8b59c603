import type { PayloadRequest } from 'payload'

import { toStore } from './stored'
import type { AUDIT_ACTIONS } from './auditActions'

/** What somebody did to a document. */
export type AuditAction = (typeof AUDIT_ACTIONS)[number]['value']

/** One entry of the audit log; hashes are left out where there is no content. */
export interface AuditEntry {
  action: AuditAction
  collection: string
  documentId: string
  /** The document's title at that moment, for people. */
  title?: string
  beforeHash?: string | null
  afterHash?: string | null
  at: Date
  /** A reason or a count, in words. */
  note?: string
}

/** Inserts an entry in the request's transaction: it is there exactly when the change is. */
export async function recordAudit(req: PayloadRequest, entry: AuditEntry): Promise<void> {
  const actor = req.user ? { relationTo: req.user.collection, value: req.user.id } : null
  await req.payload.create({
    collection: 'kizuna-audit-log',
    data: toStore({
      beforeHash: null,
      afterHash: null,
      ...entry,
      at: entry.at.toISOString(),
      actor,
    }),
    depth: 0,
    overrideAccess: true,
    req,
  })
}
