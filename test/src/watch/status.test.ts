// Who tells how deliveries stand, and who sees what of it.
import { expect, test } from '@jest/globals'

import type { Act } from '../../../src/operation/act'
import type { DeliveryStatus, LineStatus, RunStatus } from '../../../src/operation/status'
import { findStatus, keepStatus } from '../../../src/watch/kept'
import { waitingActs } from '../../../src/watch/acts'
import { auditEntries } from '../../auditEntries'
import { openEditorialCmsOfFile, type Person } from '../review/editorialCms'
import { apiKeyOfWorker } from './apiKeyOfWorker'

const cms = await openEditorialCmsOfFile()
const { code } = cms.municipality

const town = {
  ...{ isResting: false, lines: [], haltedBy: [], lacks: [], runs: [], welcomes: null },
  ...{ tomorrow: null, unknown: { count: 0, mails: [] } },
}
const LINE: LineStatus = {
  ...{ id: 'L1', name: '@minato', askedAt: null, code: null, troubles: [], limit: null },
  ...{ used: null, expected: null, webhook: null, menu: null, counted: null, yielded: [] },
  ...{ isSentElsewhere: false, webhookTest: null },
}
const status: DeliveryStatus = {
  at: '2026-11-30T01:00:00.000Z',
  date: '2026-11-30',
  workers: ['2026-11-30T01:00:00.000Z'],
  content: { syncedAt: null, texts: 0 },
  backup: { takenAt: null, verifiedAt: null },
  towns: [
    { ...town, code, name: '見本町' },
    { ...town, code: '131016', name: 'となり町' },
  ],
  halts: [],
  lines: [LINE],
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
    status: { ...status, towns: [status.towns[0]], lines: [], alerts: [] },
    isWhole: false,
  })
  expect((await seenBy('hana', null))?.status.towns).toEqual([])
  await keepStatus(cms.payload, {
    ...status,
    towns: status.towns.map((one) => ({ ...one, lines: one.code === code ? ['L1'] : [] })),
  })
  expect((await seenBy('machi'))?.status.lines).toEqual([LINE]) // the town's own account
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

type Asked = { act: Act; reason?: string }
const ask = (person: Person, { act, reason = '名簿を取り込んだ日のため' }: Asked) =>
  cms.rest(person, 'POST /operation/acts', { act, reason })

const noted = async (action: string) => {
  const entries = await auditEntries(cms.payload, { action: { equals: action } })
  return entries.map(({ title, note }) => `${title} ${note}`)
}

const asked = async () => (await waitingActs(await cms.reqOf('root'))).map(({ act }) => act)

const endAll = async () => {
  const tell = await apiKeyOfWorker(cms)
  for (const { id } of await waitingActs(await cms.reqOf('root')))
    expect(await tell('POST /operation/acts/done', { id })).toBe(200)
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
  const act = { kind: 'run', run: held.id, heldAt, act: 'continue' } as const
  expect((await ask('machi', { act })).status).toBe(403)
  expect((await ask('hana', { act })).status).toBe(403)
  for (const reason of [' ', '\u200b'])
    expect((await ask('mayu', { act, reason })).status).toBe(400)
  const otherRun = { ...act, run: '131016:2026-11-30' }
  expect((await ask('mayu', { act: otherRun })).status).toBe(404)
  const earlier = { ...act, heldAt: '2026-11-30T00:30:00.000Z' }
  expect((await ask('mayu', { act: earlier })).status).toBe(404)
  expect(await ask('mayu', { act })).toMatchObject({
    status: 200,
    body: { words: expect.stringContaining('「続ける」と頼みました') },
  })
  const again = await ask('midori', { act: { ...act, act: 'drop' } })
  expect([again.status, again.body.errors[0].message]).toEqual([
    409,
    expect.stringContaining('もう「続ける」と頼まれています'),
  ])
  expect(await noted('continue-run')).toEqual([
    expect.stringMatching(/^見本町 保留\(10:00 から\).*わけ: 名簿を取り込んだ日のため$/),
  ])
  expect(await asked()).toEqual([act])
  expect((await cms.rest('root', 'GET /operation/acts')).status).toBe(403)
  const [waiting] = await waitingActs(await cms.reqOf('root'))
  expect((await cms.rest('root', 'POST /operation/acts/done', { id: waiting?.id })).status).toBe(
    403,
  )
  const tell = await apiKeyOfWorker(cms)
  const unheard = '00000000-0000-4000-8000-000000000000'
  expect(await tell('POST /operation/acts/done', { id: unheard })).toBe(200)
  expect(await asked()).toEqual([act])
  await endAll()
  expect(await asked()).toEqual([])
})

test('a town stops and resumes itself; what stops others is of who answers for all', async () => {
  const [own] = status.towns
  const scope = `town:${code}`
  await keepStatus(cms.payload, status)
  const halt = (of: string, isOn = true): Asked => ({
    act: { kind: 'halt', scope: of, isOn },
    reason: '文面を確かめる',
  })
  for (const other of ['all', 'mail', 'line:L1', 'town:131016'])
    expect((await ask('mayu', halt(other))).status).toBe(404)
  expect((await ask('machi', halt(scope))).status).toBe(403)
  expect((await ask('root', halt('line:L9'))).status).toBe(404)
  expect((await ask('root', halt('everything'))).status).toBe(400)
  expect((await ask('mayu', halt(scope, false))).status).toBe(404) // it is not stopped
  expect((await ask('mayu', halt(scope))).status).toBe(200)
  expect((await ask('root', halt(scope))).status).toBe(409)
  expect((await ask('midori', halt('line:L1'))).status).toBe(200)
  expect(await noted('halt')).toEqual([
    '見本町 見本町の配信。わけ: 文面を確かめる',
    'すべての自治体 LINE アカウント「@minato」。わけ: 文面を確かめる',
  ])
  await endAll()
  const since = status.at
  await keepStatus(cms.payload, {
    ...status,
    towns: [{ ...own!, haltedBy: [scope, 'all'] }],
    halts: [scope, 'all', 'mail'].map((one) => ({ scope: one, since, reason: 'わけ' })),
  })
  expect((await seenBy('machi'))?.status.halts).toEqual([
    { scope, since, reason: 'わけ' },
    { scope: 'all', since, reason: '' }, // why is not the town's
  ])
  expect((await ask('mayu', halt('all', false))).status).toBe(404)
  expect((await ask('mayu', halt(scope))).status).toBe(404) // it is stopped
  expect((await ask('mayu', halt(scope, false))).status).toBe(200)
  expect(await noted('lift-halt')).toEqual(['見本町 見本町の配信。わけ: 文面を確かめる'])
  await endAll()
})

test('mails of which nobody knows are decided by the town’s approver, each once', async () => {
  const [own, other] = status.towns
  const mail = (number: string, mayGoAgain: boolean) => ({
    ...{ number, date: '2026-11-30', at: status.at, code: 'crash', mayGoAgain },
  })
  await keepStatus(cms.payload, {
    ...status,
    towns: [
      { ...own!, unknown: { count: 2, mails: [mail('a1', true), mail('b2', false)] } },
      { ...other!, unknown: { count: 1, mails: [mail('c3', true)] } },
    ],
  })
  const decide = (mails: string[], decision: 'again' | 'sent', town = code): Asked => ({
    act: { kind: 'mail', town, mails, decision },
    reason: '中継サーバーの記録で確かめた',
  })
  expect((await ask('machi', decide(['a1'], 'sent'))).status).toBe(403)
  expect((await ask('mayu', decide(['c3'], 'sent', '131016'))).status).toBe(404)
  expect((await ask('mayu', decide(['c3'], 'sent'))).status).toBe(404)
  expect((await ask('mayu', decide(['a1', 'b2'], 'again'))).status).toBe(404)
  expect((await ask('mayu', decide([], 'sent'))).status).toBe(400)
  expect((await ask('mayu', decide(['a1'], 'again'))).status).toBe(200)
  expect((await ask('root', decide(['b2', 'a1'], 'sent'))).status).toBe(409)
  expect(await noted('decide-mail')).toEqual([
    '見本町 2026-11-30のメール 1 通。わけ: 中継サーバーの記録で確かめた',
  ])
  await endAll()
})

test('what was done in the shell comes into the log once', async () => {
  const tell = await apiKeyOfWorker(cms)
  const done = {
    id: '6f1c2c2e-0f7b-4c8b-9d0f-3d9c2f6a1b11',
    at: status.at,
    reason: '夜の当番',
    act: { kind: 'halt', scope: 'mail', isOn: true },
  }
  expect((await cms.rest('root', 'POST /operation/acts/told', done)).status).toBe(403)
  for (const _ of [1, 2]) expect(await tell('POST /operation/acts/told', done)).toBe(200)
  expect((await noted('halt')).filter((line) => line.includes('夜の当番'))).toEqual([
    'すべての自治体 コマンドで: 止める(すべてのメール)。わけ: 夜の当番',
  ])
})
