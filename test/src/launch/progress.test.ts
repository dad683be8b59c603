import { expect, test } from '@jest/globals'

import { createProgress } from '../../../src/launch/progress'

test('a step says that it begins and how long it took, and gives its result', async () => {
  const written: string[] = []
  const times = [0, 1500]
  const progress = createProgress({
    write: (text) => written.push(text),
    now: () => times.shift() ?? 1500,
  })
  expect(await progress.step('準備', async () => 42)).toBe(42)
  expect(written.join('')).toBe('… 準備\n✓ 準備(1.5 秒)\n')
})

test('a step that fails is not ticked off', async () => {
  const written: string[] = []
  const progress = createProgress({ write: (text) => written.push(text), now: () => 0 })
  await expect(progress.step('準備', () => Promise.reject(new Error('だめ')))).rejects.toThrow(
    'だめ',
  )
  expect(written.join('')).toBe('… 準備\n')
})
