import type { CollectionAfterChangeHook, CollectionSlug, PayloadRequest } from 'payload'

import { recordAudit } from '../cms/audit'
import { joined, shortened } from '../review/rules/changeWords'
import { isTyped, labelOf, settingInWords, type NameOf } from './settingWords'

interface SettingOptions {
  now: () => Date
  /** Fields that are audited elsewhere. */
  except?: readonly string[]
  /** Fields of which is only said that they changed; they arrive in what is saved only then. */
  secrets?: readonly string[]
}

/**
 * Audits what is changed in the settings of a document, with the labels of its form and what it was
 * and is: 「1 日に送る数: 3 → 2」. Of a secret only that it changed.
 */
export function auditSettings(options: SettingOptions): CollectionAfterChangeHook {
  const { now, except = [], secrets = [] } = options
  return async ({ collection, data, doc, operation, previousDoc, req }) => {
    if (operation !== 'update') return
    const before = (previousDoc ?? {}) as Record<string, unknown>
    const after: Record<string, unknown> = { ...before, ...data } // `doc` may be cut by a select
    const fields = collection.flattenedFields.filter(
      (field) => isTyped(field) && !except.includes(field.name),
    )
    const lines: string[] = []
    for (const field of fields) {
      const { name } = field
      if (secrets.includes(name)) {
        if (data?.[name]) lines.push(`${labelOf(field)}が変わりました`)
        continue
      }
      const wordsFor = (value: unknown) => settingInWords(field, value, namesIn(req))
      const [old, next] = [await wordsFor(before[name]), await wordsFor(after[name])]
      if (old !== next) {
        lines.push(`${labelOf(field)}: ${shortened(old) || 'なし'} → ${shortened(next) || 'なし'}`)
      }
    }
    if (lines.length === 0) return
    const title = after[collection.admin.useAsTitle ?? 'id']
    await recordAudit(req, {
      action: 'edit',
      collection: collection.slug,
      documentId: String(doc.id),
      title: typeof title === 'string' ? title : '',
      at: now(),
      note: joined(lines),
    })
  }
}

/** Names of what settings point to, read with all rights: the record is not the person's to see less of. */
function namesIn(req: PayloadRequest): NameOf {
  return async (collection, id) => {
    const slug = collection as CollectionSlug
    const found = await req.payload.findByID({
      collection: slug,
      id,
      depth: 0,
      disableErrors: true,
      overrideAccess: true,
      req,
    })
    const { useAsTitle = 'id' } = req.payload.collections[slug].config.admin
    const name = (found as Record<string, unknown> | null)?.[useAsTitle]
    return typeof name === 'string' ? name : '(なくなったもの)'
  }
}
