import { expect, test } from '@jest/globals'

import { undoAll } from '../../../worker/concurrency/undoAll'

test('the latest is undone first, and one that never ends or fails keeps no other from its turn', async () => {
  const undone: string[] = []
  const failed: unknown[] = []
  const undo = (name: string) => () => Promise.resolve(undone.push(name))
  await undoAll({
    steps: [
      undo('services'),
      () => Promise.reject(new Error('gone')),
      undo('database'),
      () => new Promise(() => undefined),
      undo('jobs'),
    ],
    mostMs: 5,
    onFailed: (error) => failed.push(error),
  })
  expect(undone).toEqual(['jobs', 'database', 'services'])
  expect(failed).toMatchObject([{ code: 'UNDO_TIMEOUT' }, { message: 'gone' }])
})
