import { expect, test } from '@jest/globals'

import { keyNamespace } from '../../../worker/ledger/collections'
import { openLedger } from './openLedger'

test('keys are made in a namespace of this database, and of another one once it was emptied', async () => {
  const { db, installation } = openLedger()
  const first = await keyNamespace(db)
  expect(await keyNamespace(db)).toBe(first)
  await installation.deleteMany({})
  expect(await keyNamespace(db)).not.toBe(first)
})
