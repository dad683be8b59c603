// A town's readers are moved by two people, step by step, and until the last one it can be taken back.
import { beforeEach, describe, expect, test } from '@jest/globals'

import { auditEntries } from '../../auditEntries'
import type { Person } from '../review/editorialCms'
import { findMovesToConfirm } from '../../../src/accountMoves/stored'
import { openEditorialCmsOfFile } from '../review/editorialCms'

const cms = await openEditorialCmsOfFile()
const town = cms.municipality.id
let numbers = 0

const account = async (name: string, provider: string, answers: 'all' | 'none' = 'all') => {
  numbers += 1
  const made = await cms.payload.db.create({
    collection: 'kizuna-line-accounts',
    data: {
      ...{ name, provider, answers, kind: 'dedicated', basicId: `@account${numbers}` },
      ...{ channelId: `20000${numbers}`, channelSecret: 'sealed' },
    },
  })
  return String(made.id)
}
const OLD = await account('前の専用', 'みなと町')
const NEW = await account('新しい公式', '新会社')
const SILENT = await account('答えない', '別会社', 'none')

const stored = async () => {
  const found = await cms.payload.findByID({
    collection: 'kizuna-municipalities',
    id: town,
    depth: 0,
  })
  return { lineAccount: found.lineAccount, channels: found.channels }
}

beforeEach(async () => {
  const { docs } = await cms.payload.find({ collection: 'kizuna-account-moves', depth: 0 })
  for (const { id } of docs) {
    await cms.payload.delete({ collection: 'kizuna-account-moves', id })
  }
  await cms.payload.update({
    collection: 'kizuna-municipalities',
    id: town,
    data: { lineAccount: OLD, channels: ['line', 'mail'] },
  })
})

const until = '2027-03-01'
const wanted = (changed: object = {}) => ({
  municipality: town,
  from: OLD,
  to: NEW,
  until,
  ...changed,
})
const propose = (person: Person = 'mayu', changed: object = {}) =>
  cms.rest(person, 'POST /kizuna-account-moves/propose', wanted(changed))
const proposed = async (changed: object = {}) => {
  const { status, body } = await propose('mayu', changed)
  expect({ status, errors: body.errors }).toEqual({ status: 200 })
  return String(body.id)
}
const step = (person: Person, id: string, act: string) =>
  cms.rest(person, `POST /kizuna-account-moves/${id}/step`, { act })
const steps = async (id: string, ...acts: [Person, string][]) => {
  for (const [person, act] of acts) {
    const { status, body } = await step(person, id, act)
    expect({ act, status, errors: body.errors }).toEqual({ act, status: 200 })
  }
}

test('the plan is told in words before anything is there', async () => {
  const query = new URLSearchParams(wanted()).toString()
  const { status, body } = await cms.rest('mayu', `GET /kizuna-account-moves/plan?${query}`)
  expect(status).toBe(200)
  expect(body).toMatchObject({ kind: 'otherProvider', problems: [] })
  expect(await cms.payload.count({ collection: 'kizuna-account-moves' })).toEqual({ totalDocs: 0 })
})

test.each<[string, object, RegExp]>([
  ['to where it is', { to: OLD }, /同じものは選べません/],
  ['to an account that answers nobody', { to: SILENT }, /トークに返事をしない/],
  ['for a week', { until: '2026-12-01' }, /28 日から 184 日/],
])('%s it cannot be proposed', async (_, changed, sentence) => {
  const { status, body } = await propose('mayu', changed)
  expect(status).toBe(400)
  expect(JSON.stringify(body.errors)).toMatch(sentence)
})

describe('rights', () => {
  test('the town’s approver, the chief and the administrator move; nobody else', async () => {
    for (const person of ['machi', 'hana', 'dango'] as const) {
      expect({ person, status: (await propose(person)).status }).toEqual({ person, status: 403 })
    }
    const id = await proposed()
    expect((await step('machi', id, 'confirm')).status).toBe(403)
  })

  test('who has proposed it does not confirm it', async () => {
    const id = await proposed()
    const { status, body } = await step('mayu', id, 'confirm')
    expect(status).toBe(403)
    expect(JSON.stringify(body.errors)).toContain('自分が提案した引っ越しは確かめられません')
    const waits = async (person: Person) =>
      (await findMovesToConfirm(await cms.reqOf(person))).length
    expect([await waits('mayu'), await waits('midori')]).toEqual([0, 1])
    await steps(id, ['midori', 'confirm'])
    expect(await waits('midori')).toBe(0)
  })

  test('nobody writes a move past its steps, and the worker alone tells numbers', async () => {
    const id = await proposed()
    const path = `/kizuna-account-moves/${id}`
    for (const person of ['mayu', 'midori', 'root'] as const) {
      expect((await cms.rest(person, `PATCH ${path}`, { stage: 'running' })).status).toBe(403)
      const told = { day: '2026-12-01', counts: {} }
      expect((await cms.rest(person, `POST ${path}/tell`, told)).status).toBe(403)
    }
  })
})

test('confirmed, tried, begun, paused, begun again, finished: then alone the town has the account', async () => {
  const id = await proposed()
  expect((await propose('midori')).status).toBe(409)
  await steps(id, ['midori', 'confirm'], ['mayu', 'start'], ['mayu', 'pause'], ['mayu', 'resume'])
  expect(await stored()).toMatchObject({ lineAccount: OLD })
  const byHand = { lineAccount: SILENT }
  const path = `PATCH /kizuna-municipalities/${town}`
  const refused = await cms.rest('root', path, byHand)
  expect(JSON.stringify(refused.body.errors)).toContain('引っ越しが終わっていない')
  expect((await step('midori', id, 'confirm')).status).toBe(409)
  await steps(id, ['mayu', 'finish'])
  expect(await stored()).toMatchObject({ lineAccount: NEW })
  expect((await step('mayu', id, 'takeBack')).status).toBe(409)
  const move = await cms.payload.findByID({ collection: 'kizuna-account-moves', id, depth: 0 })
  const acts = (move.history as { act: string; byName: string }[]).map(({ act }) => act)
  expect(acts).toEqual(['propose', 'confirm', 'start', 'pause', 'resume', 'finish'])
  const entries = await auditEntries(cms.payload, { documentId: { equals: id } })
  expect(entries).toHaveLength(6)
})

test('what the worker tells is a row a day, and everybody being back ends it', async () => {
  const id = await proposed({ from: 'mail' })
  await steps(id, ['midori', 'confirm'], ['mayu', 'start'], ['mayu', 'takeBack'])
  const { noteTold } = await import('../../../src/accountMoves/acts')
  const clock = { now: () => new Date('2026-12-02T00:00:00Z') }
  const req = await cms.reqOf('root')
  const tell = (told: Parameters<typeof noteTold>[1]['told']) => noteTold(req, { id, told }, clock)
  const counts = { linked: 10 } as never
  await tell({ day: '2026-12-01', counts })
  await tell({ day: '2026-12-02', counts })
  await tell({ day: '2026-12-02', counts: { linked: 20 } as never })
  await tell({ isRestored: true })
  await tell({ isRestored: true })
  const move = await cms.payload.findByID({ collection: 'kizuna-account-moves', id, depth: 0 })
  expect(move.stage).toBe('takenBack')
  expect(move.figures).toEqual([
    { day: '2026-12-01', counts: { linked: 10 } },
    { day: '2026-12-02', counts: { linked: 20 } },
  ])
  expect(await stored()).toEqual({ lineAccount: OLD, channels: ['line', 'mail'] })
})
