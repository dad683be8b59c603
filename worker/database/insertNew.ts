import { MongoBulkWriteError, type Collection, type OptionalUnlessRequiredId } from 'mongodb'

import { DUPLICATE_KEY } from './transaction'

/** Documents a write is split into; each one waits for the disk. */
const WRITE_CHUNK = 4000

/**
 * Inserts unordered in chunks.
 *
 * @returns the ids that existed already.
 */
export async function insertNew<Document extends { _id: string }>(
  collection: Collection<Document>,
  added: Document[],
): Promise<string[]> {
  const taken: string[] = []
  for (let at = 0; at < added.length; at += WRITE_CHUNK) {
    const chunk = added.slice(at, at + WRITE_CHUNK)
    try {
      await collection.insertMany(asInserted(chunk), { ordered: false })
    } catch (error) {
      taken.push(...duplicates(error, chunk))
    }
  }
  return taken
}

/** The driver's type cannot see that a generic document with a string as `_id` has its `_id`. */
function asInserted<Document>(documents: Document[]) {
  return documents as unknown as OptionalUnlessRequiredId<Document>[]
}

function duplicates(error: unknown, chunk: { _id: string }[]): string[] {
  if (!(error instanceof MongoBulkWriteError)) throw error
  const errors = [error.writeErrors].flat()
  if (errors.some(({ code }) => code !== DUPLICATE_KEY)) throw error
  return errors.map(({ index }) => chunk[index]?._id ?? '')
}
