import { MongoServerError, type ClientSession, type Db, type MongoClient } from 'mongodb'

import { createLimiter, type Limiter } from '../concurrency/limiter'

/** Code of MongoDB for a violated unique index. */
export const DUPLICATE_KEY = 11_000

/** True for the error of a unique index. *Pure.* */
export function isDuplicateKey(error: unknown): boolean {
  return error instanceof MongoServerError && error.code === DUPLICATE_KEY
}

/**
 * Runs writes as one transaction; a lost race against a unique index is run once more, because
 * then the other's document can be seen.
 */
export async function inTransaction<T>(
  db: Db,
  work: (session: ClientSession) => Promise<T>,
): Promise<T> {
  const once = () =>
    db.client.withSession((session) =>
      session.withTransaction(() => work(session), {
        readConcern: { level: 'snapshot' },
        writeConcern: { w: 'majority', journal: true },
      }),
    )
  try {
    return await once()
  } catch (error) {
    if (!isDuplicateKey(error)) throw error
    return once()
  }
}

/** Queues of a connection, by what their transactions write. */
const queues = new WeakMap<MongoClient, Map<string, Limiter>>()

/**
 * Runs a transaction after those of this process and queue that were asked for before: for works that
 * write one document all of them, which would otherwise throw each other out again and again.
 *
 * @param queue what is written, where it is not what most works write.
 */
export function inTurn<T>(
  db: Db,
  work: (session: ClientSession) => Promise<T>,
  queue = '',
): Promise<T> {
  const own = queues.get(db.client) ?? new Map<string, Limiter>()
  queues.set(db.client, own)
  const turns = own.get(queue) ?? createLimiter(1)
  own.set(queue, turns)
  return turns(() => inTransaction(db, work))
}
