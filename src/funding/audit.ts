import type { CollectionAfterChangeHook, CollectionAfterDeleteHook } from 'payload'

import { recordAudit } from '../cms/audit'
import { municipalityOf } from '../cms/municipalityOf'
import { relatedId, type Related } from '../cms/relation'
import { FUNDING } from './load'

interface Stored {
  id: string | number
  title?: string | null
  fiscalYear?: number
  municipality?: Related
}

type Clock = { now: () => Date }

/** In the request's context: where the lines of a new report come from, in words. */
export const BEGUN_FROM = 'kizunaFundingFrom'

/** Audits that a report was made, by its own operations or by hand. */
export function auditMadeFunding({ now }: Clock): CollectionAfterChangeHook<Stored> {
  return async ({ doc: { id, title, fiscalYear, municipality }, context, operation, req }) => {
    if (operation !== 'create') return
    const town = await municipalityOf(relatedId(municipality), req)
    const from = context[BEGUN_FROM]
    await recordAudit(req, {
      action: 'create',
      collection: FUNDING,
      documentId: String(id),
      title: title ?? '',
      at: now(),
      note: [`${town?.name ?? ''} ${fiscalYear}年度`, ...(from ? [from] : [])].join('、'),
    })
  }
}

/** Audits that a report was taken out. */
export function auditRemovedFunding({ now }: Clock): CollectionAfterDeleteHook<Stored> {
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
