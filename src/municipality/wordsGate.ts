import type {
  CollectionAfterChangeHook,
  CollectionBeforeOperationHook,
  PayloadRequest,
} from 'payload'

import { asStored } from '../cms/stored'
import { ReviewRefusal } from '../cms/refusal'
import { isGatesOwnWrite } from '../review/gate/gateKey'
import {
  changedWords,
  titleOf,
  WORD_FIELDS,
  wordsOf,
  type StoredWords,
  type TownWord,
} from './townWords'

const COLLECTION = 'kizuna-municipalities'

/**
 * Keeps a municipality's words closed to every write of a person but the confirming of a change
 * (./wordChanges.ts), whatever the route, the role or `overrideAccess`. Writing them when a
 * municipality is made is the system administrator's; the installation's own programs have no person.
 */
export const refuseUnconfirmedWords: CollectionBeforeOperationHook = async (operation) => {
  const { args, req } = operation
  if (operation.operation !== 'update' || !req.user) return
  const { id, data } = args as { id?: unknown; data?: Record<string, unknown> }
  if (isGatesOwnWrite(req, { collection: COLLECTION, id })) return
  const named = WORD_FIELDS.filter((field) => data?.[field] !== undefined)
  if (named.length === 0) return
  const stored = id === undefined ? null : await findStored(req, String(id))
  if (stored === null) throw closed([]) // of many at once, or of none
  const changed = changedWords(wordsOf(stored), wordsOf({ ...stored, ...merged(stored, data) }))
  if (changed.length > 0) throw closed(changed)
}

/** The same by outcome: whatever was sent, nobody has changed a word alone. */
export const refuseChangedWords: CollectionAfterChangeHook = async ({
  doc,
  operation,
  previousDoc,
  req,
}) => {
  if (operation !== 'update' || !req.user) return
  if (isGatesOwnWrite(req, { collection: COLLECTION, id: doc.id })) return
  const saved = await findStored(req, String(doc.id))
  if (saved === null) return
  const changed = changedWords(wordsOf(previousDoc as StoredWords), wordsOf(saved))
  if (changed.length > 0) throw closed(changed)
}

/** A contact in part leaves the rest of it as it is. */
function merged(stored: StoredWords, data: Record<string, unknown> = {}): StoredWords {
  const { contact } = data
  const isPart = typeof contact === 'object' && contact !== null && !Array.isArray(contact)
  return isPart ? { ...data, contact: { ...(stored.contact as object), ...contact } } : data
}

async function findStored(req: PayloadRequest, id: string): Promise<StoredWords | null> {
  const found = await req.payload.findByID({
    collection: COLLECTION,
    id,
    req,
    depth: 0,
    disableErrors: true,
    overrideAccess: true,
  })
  return asStored<StoredWords | null>(found)
}

function closed(changed: readonly TownWord[]): ReviewRefusal {
  const what = changed.length > 0 ? `${titleOf(changed)}は` : '自治体の名前や問い合わせ先は'
  return new ReviewRefusal(
    'GATE_CLOSED',
    `${what}、読者に届くすべての文に出ます。そのままは書き換えられません。「変更を提案する」で提案し、ほかの人(自治体の承認者など)が確かめると変わります。`,
  )
}
