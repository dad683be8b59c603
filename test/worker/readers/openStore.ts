import { MongoClient } from 'mongodb'

import { generateKeyRing, parseKeyRing } from '../../../src/secret/seal'
import { readerCollections } from '../../../worker/readers/collections'
import type { Address } from '../../../worker/readers/reader'
import { createReaderStore, type Registration } from '../../../worker/readers/store'
import { emptyDatabaseUrl, giveBack } from '../../emptyDatabase'

/** What the clock of a store shows at first. */
export const START = new Date('2026-11-23T01:00:00Z')

/** A reader store on a fresh database with a clock that a test sets. */
export async function openStore() {
  const url = emptyDatabaseUrl()
  const client = await new MongoClient(url).connect()
  const clock = { now: START }
  const ring = parseKeyRing(generateKeyRing())
  const db = client.db()
  // The clock of a test stands; the database forgets by the real one.
  await db.admin().command({ setParameter: 1, ttlMonitorEnabled: false })
  const readers = createReaderStore({ db, ring, now: () => clock.now })
  await readers.ensureIndexes()
  const others: MongoClient[] = []
  /** The store as another process has it: with connections, and a queue, of its own. */
  const openAgain = async () => {
    const other = await new MongoClient(url).connect()
    others.push(other)
    return createReaderStore({ db: other.db(), ring, now: () => clock.now })
  }
  const close = async () => {
    await Promise.all([client, ...others].map((one) => one.close()))
    await giveBack(url)
  }
  return { readers, collections: readerCollections(db), clock, ring, db, openAgain, close }
}

export const HANAKO: Address = {
  channel: 'line',
  account: 'みなと町',
  address: `U${'a1'.repeat(16)}`,
}
export const TARO: Address = { channel: 'mail', account: 'mail', address: 'Taro@example.jp' }

/** A registration as the pages make it. */
export function registration(changed: Partial<Registration> = {}): Registration {
  return {
    municipality: '999016',
    address: HANAKO,
    edition: 'standard',
    relation: 'mother',
    area: null,
    source: 'poster',
    consentedAt: new Date('2026-11-23T00:59:00Z'),
    consentVersion: '1',
    child: { dueDate: '2027-03-13' },
    ...changed,
  }
}
