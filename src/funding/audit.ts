import type { CollectionAfterDeleteHook } from 'payload'

import { recordAudit } from '../cms/audit'
import { FUNDING } from './load'

interface Stored {
  id: string | number
  title?: string | null
  fiscalYear?: number
}

/** Audits that a report was taken out. */
export function auditRemovedFunding({
  now,
}: {
  now: () => Date
}): CollectionAfterDeleteHook<Stored> {
  return ({ doc: { id, title, fiscalYear }, req }) =>
    recordAudit(req, {
      action: 'delete',
      collection: FUNDING,
      documentId: String(id),
      title: title ?? '',
      at: now(),
      note: `${fiscalYear}年度`,
    })
}
