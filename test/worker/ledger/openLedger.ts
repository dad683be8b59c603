import { afterEach, beforeEach } from '@jest/globals'
import { MongoClient } from 'mongodb'

import { ledgerCollections } from '../../../worker/ledger/collections'
import { testDatabaseUrl } from '../../database'
import { TODAY, TOWN } from '../../src/plan/town'

/** A run that is only spoken of. */
export const RUN = `${TOWN}:${TODAY}`

let client: MongoClient
beforeEach(async () => {
  client = await new MongoClient(testDatabaseUrl()).connect()
})
afterEach(async () => {
  await client.db().dropDatabase()
  await client.close()
})

/** The ledger's collections, empty for each test. */
export function openLedger() {
  const db = client.db()
  return { db, ...ledgerCollections(db) }
}
