import type { CollectionAfterChangeHook, CollectionAfterDeleteHook, PayloadRequest } from 'payload'

import { recordAudit, type AuditAction } from '../cms/audit'
import { municipalityOf } from '../cms/municipalityOf'
import { relatedId } from '../cms/relation'

interface Stored {
  id: string
  title?: string | null
  municipality?: unknown
  count?: number
  source?: string
  countedOn?: string
}

type Clock = { now: () => Date }

/** Audits a number that was typed in or changed; a save that changes nothing is none. */
export function auditDenominator({ now }: Clock): CollectionAfterChangeHook<Stored> {
  return async ({ doc, previousDoc, operation, req }) => {
    const before = operation === 'create' ? null : inWords(previousDoc)
    const after = inWords(doc)
    if (before === after) return
    const note = before === null ? after : `${before} → ${after}`
    await audit(req, doc, { action: operation === 'create' ? 'create' : 'edit', note, at: now() })
  }
}

/** Audits that a number was taken out. */
export function auditRemoval({ now }: Clock): CollectionAfterDeleteHook<Stored> {
  return ({ doc, req }) => audit(req, doc, { action: 'delete', note: inWords(doc), at: now() })
}

function inWords({ count, source, countedOn }: Stored): string {
  return `${count}(${source}、${countedOn})`
}

async function audit(
  req: PayloadRequest,
  { id, title, municipality }: Stored,
  { action, note, at }: { action: AuditAction; note: string; at: Date },
): Promise<void> {
  const name = (await municipalityOf(relatedId(municipality), req))?.name ?? ''
  await recordAudit(req, {
    action,
    at,
    title: title ?? '',
    collection: 'kizuna-denominators',
    documentId: String(id),
    note: `${name}: ${note}`,
  })
}
