import type { CollectionBeforeChangeHook, CollectionSlug } from 'payload'

import { ReviewRefusal } from '../cms/refusal'
import { relatedId } from '../cms/relation'

/**
 * Refuses a second document with the same values in these fields, in words; of two at one instant the
 * unique index of the collection refuses one.
 */
export function refuseSecond(
  collection: CollectionSlug,
  fields: readonly string[],
  sentence: string,
): CollectionBeforeChangeHook {
  return async ({ data, operation, req }) => {
    if (operation !== 'create') return data
    const { totalDocs } = await req.payload.count({
      collection,
      where: {
        and: fields.map((field) => ({
          [field]: { equals: relatedId(data[field]) ?? String(data[field]) },
        })),
      },
      overrideAccess: true,
      req,
    })
    if (totalDocs > 0) throw new ReviewRefusal('ALREADY_DONE', sentence)
    return data
  }
}
