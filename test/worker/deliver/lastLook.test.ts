import { expect, test } from '@jest/globals'

import { parseDeliveryId } from '../../../src/plan/candidate'
import { createLastLook } from '../../../worker/deliver/lastLook'
import type { ReadyBatch } from '../../../worker/deliver/page'
import type { Claim } from '../../../worker/ledger/runs'
import { dailyRequest } from '../../../worker/runs/due'
import { settings, TODAY } from '../../src/plan/town'
import { NO_HALTS } from './noHalts'

const { code } = settings()
const ID = `${code}:24w3d:1`
const HANA = parseDeliveryId(ID).pair
const JIRO = parseDeliveryId(`${code}:24w3d:2`).pair

/** A town as it may have changed while a page was on the wire. */
function openLook() {
  const town = {
    now: new Date(`${TODAY}T10:00:00+09:00`),
    isActive: true,
    halts: [] as string[],
    action: 'publish',
    changed: [] as { pair: string; changeNumber: number }[],
    isGone: false,
  }
  const answer = <T>(value: T) => (town.isGone ? Promise.reject(new Error('gone')) : value)
  const last = () => town.changed.at(-1)?.changeNumber ?? 5
  const look = createLastLook({ municipality: settings().code, plannedWith: 5 }, {
    changes: { last: async () => answer(last()), ofPairs: async () => town.changed },
    syncedContent: {
      refresh: async () => undefined,
      settings: () => settings({ isActive: town.isActive }),
      releases: () => ({ latest: () => ({ action: town.action }) }),
    },
    halts: { ...NO_HALTS, isHalted: () => town.halts.length > 0 },
    now: () => town.now,
  } as unknown as Parameters<typeof createLastLook>[1])
  const claim = { epoch: 1, run: dailyRequest(settings(), TODAY) } as Claim
  const ready = {
    batch: { channel: 'line', recipients: [ID] },
    payload: { releaseKeys: ['manuscript:1'] },
    checkedWith: 5,
  } as unknown as ReadyBatch
  return { town, look: look.look, isHeldBack: () => look.isHeldBack(claim, ready, [ID]) }
}

type Town = ReturnType<typeof openLook>['town']

const CHANGES: [string, (town: Town) => void][] = [
  ['reader or child were changed', (town) => town.changed.push({ pair: HANA, changeNumber: 6 })],
  ['the town pauses', (town) => (town.isActive = false)],
  ['a person stops it', (town) => (town.halts = ['all'])],
  ['the text was withdrawn', (town) => (town.action = 'withdraw')],
  ['the hours are over', (town) => (town.now = new Date(`${TODAY}T20:00:00+09:00`))],
]

test.each(CHANGES)('what was checked is held back when %s meanwhile', async (_, change) => {
  const { town, look, isHeldBack } = openLook()
  expect([await look(), isHeldBack()]).toEqual([true, false])
  change(town)
  expect([await look(), isHeldBack()]).toEqual([true, true])
})

test.each([
  ['somebody else was changed', [{ pair: JIRO, changeNumber: 6 }]],
  ['it was changed before the check', [{ pair: HANA, changeNumber: 5 }]],
])('it goes out although %s', async (_, changed) => {
  const { town, look, isHeldBack } = openLook()
  town.changed.push(...changed)
  expect([await look(), isHeldBack()]).toEqual([true, false])
})

test('when the database does not answer nobody knows', async () => {
  const { town, look } = openLook()
  town.isGone = true
  expect(await look()).toBe(false)
})
