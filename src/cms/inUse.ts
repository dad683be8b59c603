import type { CollectionBeforeDeleteHook, CollectionSlug, PayloadRequest, Where } from 'payload'

import { ReviewRefusal } from './refusal'

/** Where a document may be used. */
export interface Use {
  /** Null: the people who use the admin, whatever their slug in a host. */
  collection: CollectionSlug | null
  /** What people call it, e.g. 「自治体原稿」. */
  label: string
  /** Finds the documents that use the one with this id. */
  where: (id: string) => Where
}

/** Documents of a collection whose relation points to it. *Pure.* */
export function byField(collection: Use['collection'], label: string, field: string): Use {
  return { collection, label, where: (id) => ({ [field]: { equals: id } }) }
}

/**
 * Keeps a document as long as others point to it, whoever deletes it and by whatever way: the rest
 * would lose its owner, its place or its author. The sentence says what is there and what to do.
 */
export function keepWhileUsed(uses: readonly Use[], advice: string): CollectionBeforeDeleteHook {
  return async ({ id, req }) => {
    const used = await usesOf(req, uses, String(id))
    if (used.length > 0) throw new ReviewRefusal('IN_USE', inUseSentence(used, advice))
  }
}

/** How often a document is used, e.g. 「自治体原稿 3 件」; only where it is. */
export async function usesOf(
  req: PayloadRequest,
  uses: readonly Use[],
  id: string,
): Promise<string[]> {
  const found: string[] = []
  for (const { collection, label, where } of uses) {
    const slug = collection ?? (req.payload.config.admin.user as CollectionSlug)
    const query = { collection: slug, where: where(id), trash: true, overrideAccess: true, req }
    const { totalDocs } = await req.payload.count(query)
    if (totalDocs > 0) found.push(`${label} ${totalDocs} 件`)
  }
  return found
}

/** Why something stays. *Pure.* */
export function inUseSentence(used: readonly string[], advice: string): string {
  return `ここで使われているので消せません: ${used.join('、')}。${advice}`
}
