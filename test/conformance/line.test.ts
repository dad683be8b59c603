import { expect, test } from '@jest/globals'

import { createLineChannel } from '../../worker/channel/line'
import { createPace } from '../../worker/channel/pace'
import { uuidV5 } from '../../worker/channel/uuid'
import { describeChannel, type Behaviour, type ChannelUnderTest } from './channel'
import { MINATO, testSandbox, userId } from '../worker/sandbox/testSandbox'

const NAMESPACE = 'f6d1c1b2-3e0f-4c5f-9a37-0a4d6e1b2c3d'
const pace = createPace({
  clock: { now: () => 0, sleep: async () => undefined },
  perSecond: Infinity,
})

async function makeLine(): Promise<ChannelUnderTest> {
  const sandbox = await testSandbox()
  const people: [string, string, string] = [userId('sakura'), userId('ren'), userId('aoi')]
  const account = { ...MINATO }
  let text = 'おはようございます'
  let channel = createLineChannel({
    baseUrl: sandbox.url,
    pace,
    now: () => new Date(),
    timeoutMs: 2000,
  })
  const fault = sandbox.faults.line
  const behaviours: Record<Behaviour, () => unknown> = {
    take: () => undefined,
    refuseAddress: () => sandbox.line.markForeign(people[0]),
    refuseContent: () => (text = ''),
    defer: () => fault.add({ trouble: { kind: 'answer', status: 429 } }),
    cutBefore: () => fault.add({ at: 'multicast', trouble: { kind: 'cut' } }),
    cutAfter: () => fault.add({ at: 'multicast', trouble: { kind: 'acceptThenCut' } }),
    hangAfter: () => fault.add({ at: 'multicast', trouble: { kind: 'hang', isTaken: true } }),
    refuseLogin: () => (account.channelSecret = 'wrong'),
    unreachable: () => {
      channel = createLineChannel({ baseUrl: 'http://127.0.0.1:9', pace, now: () => new Date() })
    },
  }
  return {
    people,
    isRepeatHarmless: true,
    behave: async (behaviour) => void behaviours[behaviour](),
    async send(id, to) {
      const messages = [{ type: 'text', text }]
      const retryKey = uuidV5(id, NAMESPACE)
      const { receipts } = await channel.send({ account, to, messages, retryKey })
      return to.map((one) => receipts.get(one)!)
    },
    taken: () => sandbox.line.accepted().flatMap((call) => call.to),
    close: () => sandbox.stop(),
  }
}

describeChannel('LINE', makeLine)

test('whether LINE takes a key is told without anything being sent', async () => {
  const sandbox = await testSandbox()
  const at = (baseUrl: string) => createLineChannel({ baseUrl, pace, now: () => new Date() })
  expect(await at(sandbox.url).check(MINATO)).toBe('works')
  expect(await at(sandbox.url).check({ ...MINATO, channelSecret: 'wrong' })).toBe('refused')
  expect(await at('http://127.0.0.1:9').check(MINATO)).toBe('unknown')
  expect(sandbox.line.accepted()).toEqual([])
  await sandbox.stop()
})
