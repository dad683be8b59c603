import type { AnyBulkWriteOperation, Db } from 'mongodb'

import { reseal, sealedWith, type KeyRing } from '../../src/secret/seal'
import { localDayOf, type LocalDay } from '../../src/stage/day'
import { isBusy } from '../ledger/busy'
import {
  collectionOf,
  SEALED_FIELDS,
  valuesOf,
  type SealedDocument,
  type SealedField,
} from './sealedFields'

/** Documents that are looked at in one piece: well under a second of the database's time. */
const PIECE = 1000

interface ResealingOptions {
  db: Db
  ring: KeyRing
  now: () => Date
  /** Documents of one piece; fewer in a test. @default {@link PIECE} */
  piece?: number
}

/**
 * Seals anew what an older key sealed, piece by piece: one each time it is called, and none while a run
 * is worked on. Broken off anywhere, the next round finds what is left. It goes round once a day as long
 * as there are older keys: a program that was still at work with one may have sealed with it since.
 *
 * @returns whether there may be more today.
 */
export function createResealing(options: ResealingOptions): () => Promise<boolean> {
  const { db, ring, now } = options
  let finishedOn: LocalDay | null = null
  let at: Place = START
  return async () => {
    const today = localDayOf(now())
    if (ring.keys.size === 1 || finishedOn === today) return false
    if (await isBusy(db, now())) return true
    at = await resealPiece(options, at)
    if (at.field < SEALED_FIELDS.length) return true
    finishedOn = today
    at = START
    return false
  }
}

/** How far a round has come: in which field, and after which document. */
interface Place {
  field: number
  after: string
}

const START: Place = { field: 0, after: '' }

async function resealPiece(options: ResealingOptions, { field, after }: Place): Promise<Place> {
  const { db, ring, piece = PIECE } = options
  const of = SEALED_FIELDS[field]
  if (!of) return { field: SEALED_FIELDS.length, after: '' }
  const collection = collectionOf(db, of)
  const found = await collection
    .find({ _id: { $gt: after } }, { projection: { [of.list ?? of.field]: 1 } })
    .sort({ _id: 1 })
    .limit(piece)
    .toArray()
  const writes = found.flatMap((document) => writesFor(ring, of, document))
  if (writes.length > 0) await collection.bulkWrite(writes, { ordered: false })
  const last = found.at(-1)
  return last && found.length === piece
    ? { field, after: last._id }
    : { field: field + 1, after: '' }
}

/** Each is made only where the value is still the one that was read: a change meanwhile stays. */
function writesFor(ring: KeyRing, of: SealedField, document: SealedDocument) {
  const older = valuesOf(of, document).filter(({ sealed }) => sealedWith(sealed) !== ring.currentId)
  return older.flatMap((value): AnyBulkWriteOperation<SealedDocument>[] => {
    const anew = reseal(ring, value.sealed, value.contexts)
    if (anew === null) return [] // it stays as it is, and is counted by `kizuna keys`
    return [{ updateOne: { filter: value.still, update: { $set: { [value.path]: anew } } } }]
  })
}
