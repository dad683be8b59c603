import { MongoServerError, type ClientSession, type Db } from 'mongodb'

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
