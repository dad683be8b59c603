import type { CollectionBeforeChangeHook } from 'payload'

import { slotLabel, slotSortKey } from '../stage/slot'
import { relatedId } from '../cms/relation'
import { readSlot } from '../fields/slotField'

/** Fills in what lists sort and search by, and the key that keeps live texts unique. */
export const deriveSlotFields: CollectionBeforeChangeHook = ({ data, originalDoc }) => {
  const merged = { ...originalDoc, ...data }
  const slot = readSlot(merged.slot)
  return {
    ...data,
    slotSortKey: slot ? slotSortKey(slot) : null,
    slotLabel: slot ? slotLabel(slot) : null,
    ...keyOf(merged, originalDoc),
  }
}

/**
 * Drafts have no key: two people may plan a text for one day, and a draft that moves must not
 * block the day it left. A text that is taken back gives its place free.
 */
function keyOf(
  merged: Record<string, unknown>,
  originalDoc: { id?: unknown; slotKey?: unknown } | undefined,
): { slotKey?: string } {
  if (merged._status === 'published') {
    return {
      slotKey: `${relatedId(merged.series)}|${String(merged.slot)}|${String(merged.edition)}`,
    }
  }
  return originalDoc?.slotKey ? { slotKey: `draft|${String(originalDoc.id)}` } : {}
}
