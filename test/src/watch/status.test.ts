// Who tells how deliveries stand, and who sees what of it.
import { expect, test } from '@jest/globals'

import type { DeliveryStatus, RunStatus } from '../../../src/operation/status'
import { findStatus, keepStatus } from '../../../src/watch/kept'
import { waitingActs } from '../../../src/watch/runActs'
import { auditEntries } from '../../auditEntries'
import { openEditorialCmsOfFile, type Person } from '../review/editorialCms'
import { apiKeyOfWorker } from './apiKeyOfWorker'

const cms = await openEditorialCmsOfFile()
const { code } = cms.municipality

const town = { isResting: false, lacks: [], runs: [], welcomes: null }
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

const heldAt = '2026-11-30T01:00:00.000Z'
const held: RunStatus = {
  id: `${code}:2026-11-30`,
  kind: 'daily',
  state: 'held',
  isStale: false,
  opensAt: '2026-11-30T00:00:00.000Z',
  closesAt: '2026-11-30T09:00:00.000Z',
  wakeAt: null,
  hold: { code: 'yesterday-drift', detail: '', at: heldAt },
  deliveries: null,
  counts: {},
}

test('what becomes of a held run is said once, with a reason, by who may; the worker ends it', async () => {
  const [own, other] = status.towns
  if (!own || !other) throw new Error('No towns.')
  const runs = [{ ...held, id: '131016:2026-11-30' }]
  await keepStatus(cms.payload, {
    ...status,
    towns: [
      { ...own, runs: [held] },
      { ...other, runs },
    ],
  })
  const ask = (person: Person, given: object = {}) =>
    cms.rest(person, 'POST /operation/acts', {
      ...{ run: held.id, heldAt, act: 'continue', reason: '名簿を取り込んだ日のため' },
      ...given,
    })
  expect((await ask('machi')).status).toBe(403)
  expect((await ask('hana')).status).toBe(403)
  for (const reason of [' ', '\u200b']) expect((await ask('mayu', { reason })).status).toBe(400)
  expect((await ask('mayu', { run: '131016:2026-11-30' })).status).toBe(404)
  expect((await ask('mayu', { heldAt: '2026-11-30T00:30:00.000Z' })).status).toBe(404)
  expect(await ask('mayu')).toMatchObject({
    status: 200,
    body: { words: expect.stringContaining('「続ける」と頼みました') },
  })
  const again = await ask('midori', { act: 'drop' })
  expect([again.status, again.body.errors[0].message]).toEqual([
    409,
    expect.stringContaining('もう「続ける」と頼まれています'),
  ])
  const entries = await auditEntries(cms.payload, { action: { equals: 'continue-run' } })
  expect(entries.map(({ title, note }) => `${title} ${note}`)).toEqual([
    expect.stringMatching(/^見本町 保留\(10:00 から\).*わけ: 名簿を取り込んだ日のため$/),
  ])
  const req = await cms.reqOf('root')
  const asked = { run: held.id, heldAt, act: 'continue' as const }
  expect(await waitingActs(req)).toEqual([asked])
  expect((await cms.rest('root', 'GET /operation/acts')).status).toBe(403)
  expect((await cms.rest('root', 'POST /operation/acts/done', asked)).status).toBe(403)
  const tell = await apiKeyOfWorker(cms)
  expect(await tell('POST /operation/acts/done', { ...asked, heldAt: status.at })).toBe(200)
  expect(await waitingActs(req)).toEqual([])
})
