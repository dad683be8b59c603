// A lookup reads what it asks for, however much the ledger holds: it is kept for years.
import { expect, test } from '@jest/globals'

import { deliveryId, pairId } from '../../../src/plan/candidate'
import { ensureLedgerIndexes, ledgerCollections } from '../../../worker/ledger/collections'
import { TOWN } from '../../src/plan/town'
import { openLedger } from './openLedger'

const STORED = 2000

test('deliveries are found by their ids without those that lie between', async () => {
  const { db } = openLedger()
  await ensureLedgerIndexes(db)
  const { deliveries } = ledgerCollections(db)
  const ids = Array.from({ length: STORED }, (_, at) =>
    deliveryId(pairId(TOWN, at), `day${at % 100}`),
  )
  await deliveries.insertMany(ids.map((_id) => ({ _id, batch: 'old' })))
  const some = ids.filter((_, at) => at % 400 === 0)
  const filter = { _id: { $in: some } }
  for (const found of [
    await deliveries.find(filter).explain('executionStats'),
    await deliveries.find({ ...filter, batch: 'old' }).explain('executionStats'),
  ]) {
    const { nReturned, totalDocsExamined } = (found as { executionStats: Examined }).executionStats
    expect({ nReturned, totalDocsExamined }).toEqual({
      nReturned: some.length,
      totalDocsExamined: some.length,
    })
  }
})

interface Examined {
  nReturned: number
  totalDocsExamined: number
}
