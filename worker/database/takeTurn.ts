import type { Collection, Filter, UpdateFilter } from 'mongodb'

/** A document of which one at a time looks after something, and nobody before an instant. */
export interface Turn<Doc> {
  _id: string
  /** Where the instant stands before which nobody looks. */
  notBefore: keyof Doc & string
  /** What else stands in the document when it is made. */
  fresh: Partial<Doc>
  now: Date
  /** Nobody else looks before, unless what was done says otherwise. */
  until: Date
}

/** True for the one whose turn it is; the document is made where it is not there. */
export async function takeTurn<Doc extends { _id: string }>(
  collection: Collection<Doc>,
  { _id, notBefore, fresh, now, until }: Turn<Doc>,
): Promise<boolean> {
  const own = { _id } as Filter<Doc>
  const made = { $setOnInsert: { ...fresh, [notBefore]: new Date(0) } } as UpdateFilter<Doc>
  await collection.updateOne(own, made, { upsert: true })
  const due = { _id, [notBefore]: { $lte: now } } as Filter<Doc>
  const taken = await collection.updateOne(due, {
    $set: { [notBefore]: until },
  } as UpdateFilter<Doc>)
  return taken.modifiedCount === 1
}
