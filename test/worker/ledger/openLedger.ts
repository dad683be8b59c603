import { afterEach, beforeEach } from '@jest/globals'
import { MongoClient } from 'mongodb'

import { ledgerCollections } from '../../../worker/ledger/collections'
import type { Batch } from '../../../worker/ledger/documents'
import { emptyDatabaseUrl, giveBack } from '../../emptyDatabase'
import { TODAY, TOWN } from '../../src/plan/town'

/** A run that is only spoken of. */
export const RUN = `${TOWN}:${TODAY}`

/** The delivery of the frozen batch. */
export const HANA = `${TOWN}:24w3d:1`

/** A batch of the run as planning freezes it, with one recipient. */
export function frozenBatch(changed: Partial<Batch> = {}): Batch {
  return {
    _id: `${RUN}/1.1`,
    run: RUN,
    municipality: TOWN,
    date: TODAY,
    attempt: 1,
    channel: 'line',
    account: 'L1',
    payload: 'hash',
    recipients: [HANA],
    retryKey: '',
    state: 'planned',
    epoch: 0,
    tries: 0,
    notBefore: null,
    ...changed,
  }
}

let url: string
let client: MongoClient
beforeEach(async () => {
  url = emptyDatabaseUrl()
  client = await new MongoClient(url).connect()
})
afterEach(async () => {
  await client.close()
  await giveBack(url)
})

/** The ledger's collections, empty for each test. */
export function openLedger() {
  const db = client.db()
  return { db, ...ledgerCollections(db) }
}
