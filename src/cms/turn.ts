import { randomUUID } from 'node:crypto'

import type { PayloadRequest } from 'payload'

/** Payload's own store of keys and values; nobody reaches it over the API. */
export const TURNS = 'payload-kv'

/**
 * Lets transactions about one thing happen one after the other. Two that only insert (a verdict, a
 * release) see nothing of each other, and both would succeed: so each writes this one document
 * first. MongoDB then ends the slower one with a write conflict, and `inTransaction` repeats it on
 * what the faster one left.
 */
export async function takeTurn(req: PayloadRequest, thing: string): Promise<void> {
  const key = `kizuna-turn:${thing}`
  await req.payload.db.upsert({
    collection: TURNS,
    where: { key: { equals: key } },
    data: { key, data: { turn: randomUUID() } },
    returning: false,
    req,
  })
}
