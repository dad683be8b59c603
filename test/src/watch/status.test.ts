// Who tells how deliveries stand, and who sees what of it.
import { expect, test } from '@jest/globals'

import { findStatus } from '../../../src/watch/kept'
import type { DeliveryStatus } from '../../../src/operation/status'
import { openEditorialCmsOfFile, type Person } from '../review/editorialCms'
import { apiKeyOfWorker } from './apiKeyOfWorker'

const cms = await openEditorialCmsOfFile()
const { code } = cms.municipality

const town = { lacks: [], runs: [], welcomes: null }
const status: DeliveryStatus = {
  at: '2026-11-30T01:00:00.000Z',
  date: '2026-11-30',
  workers: ['2026-11-30T01:00:00.000Z'],
  content: { syncedAt: null, texts: 0 },
  towns: [
    { ...town, code, name: '見本町' },
    { ...town, code: '131016', name: 'となり町' },
  ],
  alerts: [{ code: 'expired', count: 1, lastAt: '2026-11-30T00:00:00.000Z' }],
}

const seenBy = async (person: Person, own: string | null = code) =>
  findStatus(await cms.reqOf(person), own)

test('nobody but the worker tells it; the team sees all of it, a municipality itself alone', async () => {
  expect(await seenBy('root', null)).toBeNull()
  for (const person of ['root', 'midori', 'machi'] as const)
    expect((await cms.rest(person, 'POST /operation/status', status)).status).toBe(403)
  const tell = await apiKeyOfWorker(cms)
  expect(await tell('POST /operation/status', status)).toBe(200)
  expect(await tell('POST /operation/status', { ...status, at: 'yesterday' })).toBe(400)
  expect(await seenBy('root', null)).toEqual({ status, isWhole: true })
  expect(await seenBy('midori', null)).toEqual({ status, isWhole: true })
  expect(await seenBy('machi')).toEqual({
    status: { ...status, towns: [status.towns[0]], alerts: [] },
    isWhole: false,
  })
  expect((await seenBy('hana', null))?.status.towns).toEqual([])
})
