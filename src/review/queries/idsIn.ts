import type { Payload, Where } from 'payload'

import type { ReviewedCollection } from './load'

/** So many texts are worked on with one set of questions. */
export const TEXTS_AT_ONCE = 100

/** Ids of the texts of a collection, {@link TEXTS_AT_ONCE} at a time; what is worked on may go meanwhile. */
export async function* idsIn(
  payload: Payload,
  collection: ReviewedCollection,
  where: Where,
): AsyncGenerator<string[]> {
  let last: string | null = null
  for (;;) {
    const { docs }: { docs: { id: string | number }[] } = await payload.db.find({
      collection,
      where: last === null ? where : { and: [where, { id: { greater_than: last } }] },
      sort: 'id',
      select: { title: true },
      limit: TEXTS_AT_ONCE,
      pagination: false,
    })
    const ids = docs.map(({ id }) => String(id))
    if (ids.length === 0) return
    yield ids
    last = ids.at(-1) ?? null
  }
}
