import { expect, test } from '@jest/globals'

import { ReviewRefusal, whenRefused } from '../../../src/cms/refusal'

test('only a refusal is answered by something else', async () => {
  const refused = Promise.reject(new ReviewRefusal('NOT_FOUND', 'ありません。'))
  expect(await refused.catch(whenRefused(null))).toBeNull()
  const broken = Promise.reject(new Error('The database is away.'))
  await expect(broken.catch(whenRefused(null))).rejects.toThrow('The database is away.')
})
