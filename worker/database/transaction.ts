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

/** One queue a connection for transactions that all write the same document. */
const queues = new WeakMap<MongoClient, Limiter>()

/**
 * Runs a transaction after those of this process that were asked for before: for works that write
 * one document all of them, which would otherwise throw each other out again and again.
 */
export function inTurn<T>(db: Db, work: (session: ClientSession) => Promise<T>): Promise<T> {
  const queue = queues.get(db.client) ?? createLimiter(1)
  queues.set(db.client, queue)
  return queue(() => inTransaction(db, work))
}
