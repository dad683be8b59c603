import { afterEach, beforeEach, expect, test } from '@jest/globals'

import { suppressionId } from '../../../worker/readers/identity'
import { suppressedAmong } from '../../../worker/readers/suppressed'
import { openStore } from './openStore'

let opened: Awaited<ReturnType<typeof openStore>>
beforeEach(async () => {
  opened = await openStore()
})
afterEach(() => opened.close())

const line = (account: string, index: string) => ({ channel: 'line' as const, account, index })
const mail = (index: string) => ({ channel: 'mail' as const, account: 'mail', index })

test('every address of every reader is looked up, and only that very address is suppressed', async () => {
  const { suppressions } = opened.collections
  const bad = [mail('second of one'), line('minato', 'of another')]
  const stranger = mail('of nobody here')
  const at = new Date(0)
  await suppressions.insertMany(
    [...bad, stranger].map((one) => ({ _id: suppressionId(one), reason: 'bounced', at })),
  )
  const found = await suppressedAmong(suppressions, [
    { identities: [line('minato', 'first of one'), mail('second of one')] },
    { identities: [line('minato', 'of another')] },
    { identities: [line('kita', 'of another'), mail('of another')] },
    { identities: [] },
  ])
  expect([...found].sort()).toEqual(bad.map(suppressionId).sort())
})
