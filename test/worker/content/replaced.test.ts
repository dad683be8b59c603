import { expect, test } from '@jest/globals'

import { generateKeyRing, parseKeyRing } from '../../../src/secret/seal'
import { createContentStore } from '../../../worker/content/store'
import { settings } from '../../src/plan/town'
import { openLedger } from '../ledger/openLedger'

const at = (day: number) => new Date(Date.UTC(2026, 9, day))
const synced = (dailyCap: number) => [{ ...settings({ dailyCap }), cmsId: 'm1' }]

async function replacedOnDays(caps: [day: number, dailyCap: number][]) {
  const clock = { now: at(1) }
  const ring = parseKeyRing(generateKeyRing())
  const store = createContentStore({ db: openLedger().db, ring, now: () => clock.now })
  for (const [day, dailyCap] of caps) {
    clock.now = at(day)
    await store.replaceSettings(synced(dailyCap), [])
  }
  const since = async (day: number) =>
    (await store.replacedSince(at(day))).map(({ replacedAt, value }) => [
      replacedAt.getUTCDate(),
      value?.dailyCap ?? null,
    ])
  return { store, since }
}

test('settings that others replaced are kept with the instant, unless nothing was different', async () => {
  const { since } = await replacedOnDays([
    [1, 3],
    [2, 4],
    [3, 4],
    [4, 5],
  ])
  expect(await since(0)).toEqual([
    [1, null],
    [2, 3],
    [4, 4],
  ])
  expect(await since(2)).toEqual([[4, 4]])
})

test('they are forgotten when they were replaced before the days that are kept', async () => {
  const { store, since } = await replacedOnDays([
    [1, 3],
    [2, 4],
    [4, 5],
  ])
  await store.forgetReplaced(at(3))
  expect(await since(0)).toEqual([[4, 4]])
})
