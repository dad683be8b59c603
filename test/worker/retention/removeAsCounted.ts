import { expect } from '@jest/globals'

import { createDailyRemoval } from '../../../worker/retention/dailyRemoval'
import { countDueForRemoval, type DueForRemoval } from '../../../worker/retention/dueForRemoval'
import type { WorkerUnderTest } from '../app/openWorker'

/** Removes all that is due, and what went of each kind is what was said to be due. */
export async function removeAsCounted({ delivery }: WorkerUnderTest, keptDays: number) {
  const count = async () => (await countDueForRemoval({ ...delivery, keptDays })).rows
  const before = await count()
  const removeSome = createDailyRemoval({ ...delivery, keptDays })
  while (await removeSome());
  const after = await count()
  expect(after.filter(({ due }) => due > 0)).toEqual([])
  expect(documents(after)).toEqual(documents(before.map(removed)))
}

const removed = ({ kind, kept, due }: DueForRemoval) => ({ kind, kept: kept - due, due: 0 })

/** Of these two the name goes, and the document stays; readers may also follow their children. */
const documents = (rows: DueForRemoval[]) =>
  rows.filter(({ kind }) => kind !== 'stoppedReaders' && kind !== 'erasedNames')
