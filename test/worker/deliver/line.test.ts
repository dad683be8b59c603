import { expect, test } from '@jest/globals'

import {
  LINE_HELD_BACK,
  type LineBatch,
  type LineSendResult,
} from '../../../worker/channel/channel'
import { createLinePageSender, type LinePage } from '../../../worker/deliver/line'
import { createPauses } from '../../../worker/deliver/pause'
import type { ReadyBatch } from '../../../worker/deliver/page'
import { NO_HALTS } from './noHalts'

const NOW = new Date('2026-10-06T03:00:00Z')
const closesAt = { line: new Date('2026-10-06T11:00:00Z') }

const ready = (name: string): ReadyBatch => {
  const id = `${name}:child:24w3d`
  const batch = { _id: name, channel: 'line', account: 'L1', state: 'planned', tries: 0 }
  return {
    batch: { ...batch, recipients: [id], retryKey: name },
    payload: { _id: 'hash', channel: 'line', messages: [], releaseKeys: [] },
    to: [{ id, reader: name, address: name }],
    left: [],
    checkedWith: 0,
  } as unknown as ReadyBatch
}

interface Circumstances {
  /** Whether the last look knows what has changed. */
  isKnown?: boolean
  /** Accounts that LINE has stopped. */
  stopped?: string[]
}

/** Sends batches over a channel that answers each of them as told. */
function sendPage(
  names: string[],
  send: (name: string) => Promise<LineSendResult>,
  { isKnown = true, stopped = [] }: Circumstances = {},
) {
  const settled: string[] = []
  const now = () => NOW
  const pauses = createPauses({ now })
  for (const account of stopped) pauses.stop(account)
  const sender = createLinePageSender({
    syncedContent: { line: () => ({}) },
    channel: {
      send: async ({ retryKey, to, isHeldBack }: LineBatch) =>
        (await isHeldBack?.()) ? heldBack(to) : send(retryKey),
    },
    store: {
      settleDeliveries: async (_: unknown, outcomes: { id: string }[]) =>
        void settled.push(...outcomes.map(({ id }) => id)),
    },
    now,
    pauses,
    halts: NO_HALTS,
    onAlert: () => undefined,
  } as unknown as Parameters<typeof createLinePageSender>[0])
  const page = {
    claim: { epoch: 1, run: { _id: 'run', closesAt } },
    ready: names.map(ready),
    lastLook: { look: async () => isKnown, isHeldBack: () => false },
    isStopping: () => false,
  } as unknown as LinePage
  return sender(page)
}

/** As the real channel says it. */
const heldBack = (to: readonly string[]): LineSendResult => ({
  receipts: new Map(
    to.map((id) => [id, { status: 'deferred', code: LINE_HELD_BACK, isDefinite: true }]),
  ),
  stop: null,
})

const accepted = (name: string): LineSendResult => ({
  receipts: new Map([[name, { status: 'accepted' as const }]]),
  stop: null,
})

test('what was on the wire when another call failed is recorded, and nothing more is begun', async () => {
  const names = Array.from({ length: 40 }, (_, at) => `r${at}`)
  const begun: string[] = []
  const { outcomes, failure } = await sendPage(names, async (name) => {
    begun.push(name)
    if (name === 'r3') throw new Error('out of memory')
    await new Promise((resolve) => setImmediate(resolve))
    return accepted(name)
  })
  expect(failure?.error).toMatchObject({ message: 'out of memory' })
  expect(begun).toHaveLength(32)
  const states = new Map(outcomes.map(({ id, set }) => [id, set.state]))
  expect(states.size).toBe(31)
  expect(states.has('r3')).toBe(false) // nobody knows: it is asked for again with the same key
  expect(new Set(states.values())).toEqual(new Set(['accepted']))
})

test.each([
  ['nobody knows what has changed', { isKnown: false }],
  ['LINE has stopped the account', { stopped: ['L1'] }],
])('while %s no call is made, and the batch stays as it was', async (_, circumstances) => {
  const begun: string[] = []
  const send = async (name: string) => (begun.push(name), accepted(name))
  const { outcomes } = await sendPage(['r1'], send, circumstances)
  expect(begun).toEqual([])
  expect(outcomes.map(({ set }) => set.state)).toEqual([
    'stopped' in circumstances ? 'deferred' : 'planned',
  ])
})
