import type { Db, Document } from 'mongodb'

import { collectionOf, SEALED_FIELDS, type SealedField } from './sealedFields'

/** How many values a key has sealed in one field. */
export interface SealedCount {
  /** Name of the key. */
  key: string
  collection: string
  field: string
  count: number
}

/** How many values of the delivery database each key has sealed, field by field. */
export async function countSealed(db: Db): Promise<SealedCount[]> {
  const counts: SealedCount[] = []
  for (const of of SEALED_FIELDS) {
    const { collection, field } = of
    const found = await collectionOf(db, of).aggregate<CountedKey>(countingIn(of)).toArray()
    counts.push(...found.map(({ _id: key, count }) => ({ key, collection, field, count })))
  }
  return counts
}

interface CountedKey {
  _id: string
  count: number
}

function countingIn({ field, list }: SealedField): Document[] {
  return [
    ...(list === undefined ? [] : [{ $unwind: `$${list}` }]),
    { $match: { [field]: { $type: 'string', $ne: '' } } },
    { $group: { _id: { $arrayElemAt: [{ $split: [`$${field}`, '.'] }, 0] }, count: { $sum: 1 } } },
    { $sort: { _id: 1 } },
  ]
}

/** The first field that still has something a key has sealed; null where there is nothing left. */
export async function firstSealedWith(db: Db, key: string): Promise<SealedField | null> {
  const $regex = `^${key.replaceAll(/[^\w-]/g, '\\$&')}\\.`
  for (const of of SEALED_FIELDS) {
    const found = await collectionOf(db, of).findOne(
      { [of.field]: { $regex } },
      { projection: { _id: 1 } },
    )
    if (found) return of
  }
  return null
}
