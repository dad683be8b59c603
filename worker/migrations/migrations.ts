import { MongoServerError, type Db } from 'mongodb'

import { ensurePairs } from '../readers/checkPairs'
import { ensureReaderIndexes, readerCollections } from '../readers/collections'

/** One step forward of the delivery database; there is none back. */
export interface Migration {
  /** The schema version the database has afterwards: one more than that of the one before. */
  version: number
  /** What it does, for the log of the program that does it. */
  what: string
  /**
   * Does it. It may be done again after it was broken off, and twice at once; and it only expands:
   * programs of the version before go on with the database it leaves.
   */
  up: (db: Db) => Promise<void>
}

/**
 * What a delivery database of an earlier version needs, in order. An index or a collection that is only
 * added needs no migration: its store makes it at every start. What a migration changes in documents
 * that a takeout holds has to be done to what is taken in, too.
 */
export const MIGRATIONS: readonly Migration[] = [
  { version: 1, what: '組のない読者に、組を作ります。', up: makePairs },
  { version: 2, what: '読者の一意の索引の、前のものを消します。', up: dropFormerIndex },
]

async function makePairs(db: Db): Promise<void> {
  await ensureReaderIndexes(db) // the rules that a pair is made by
  await ensurePairs(db)
}

/** Its rule was the same, but for readers without any address, of whom it let a town have one. */
async function dropFormerIndex(db: Db): Promise<void> {
  await ensureReaderIndexes(db) // nobody is registered twice while it goes
  await readerCollections(db)
    .readers.dropIndex('one_reader_per_identity')
    .catch((error: unknown) => {
      const isGone = error instanceof MongoServerError && error.codeName === 'IndexNotFound'
      if (!isGone) throw error
    })
}
