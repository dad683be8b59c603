import { expect, test } from '@jest/globals'

import { createLinePageSender, type LinePage } from '../../../worker/deliver/line'
import { createPauses } from '../../../worker/deliver/pause'
import { LINE } from '../app/openWorker'
import { NO_HALTS } from './noHalts'

const NOW = new Date('2026-10-06T03:00:00Z')
const HOUR_MS = 3_600_000

/** A page of one batch of the account; nobody was changed since it was checked. */
function page(state: string): LinePage {
  const batch = { _id: 'b', channel: 'line', account: LINE.id, state, recipients: [] }
  return {
    claim: { epoch: 1, run: { closesAt: { line: new Date(NOW.getTime() + 8 * HOUR_MS) } } },
    ready: [{ batch, payload: { releaseKeys: [] }, to: [], left: [], checkedWith: 0 }],
    lastLook: { look: async () => true, isHeldBack: () => false },
    isStopping: () => false,
  } as unknown as LinePage
}

test.each([
  ['planned', 'deferred'],
  ['deferred', 'deferred'],
  ['unsure', 'unsure'],
  ['sending', 'unsure'],
])('a %s batch of an account that is stopped waits for its end as %s', async (from, to) => {
  const pauses = createPauses({ now: () => NOW })
  pauses.stop(LINE.id, HOUR_MS)
  const send = createLinePageSender({
    syncedContent: { line: () => LINE },
    channel: { send: async () => expect(null).toBe('no call') },
    store: { settleDeliveries: async () => undefined },
    now: () => NOW,
    pauses,
    halts: NO_HALTS,
  } as unknown as Parameters<typeof createLinePageSender>[0])
  const { outcomes } = await send(page(from))
  const notBefore = new Date(NOW.getTime() + HOUR_MS)
  expect(outcomes).toEqual([{ id: 'b', set: { state: to, left: [], notBefore } }])
})
