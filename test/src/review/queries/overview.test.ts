import { beforeAll, describe, expect, test } from '@jest/globals'

import { parsePolicy } from '../../../../src/review/rules/policy'
import { loadOverview } from '../../../../src/review/queries/overview'
import type { ReviewSummary } from '../../../../src/review/queries/overview'
import { findRowsOf } from '../../../../src/review/queries/textStates'
import type { ReviewStatus } from '../../../../src/review/queries/status'
import { describeReview } from '../../../../src/review/queries/status'
import { stateLabel } from '../../../../src/review/rules/state'
import type { Person } from '../editorialCms'
import { openEditorialCmsOfFile } from '../editorialCms'

const cms = await openEditorialCmsOfFile()
const options = { policy: parsePolicy(), now: () => new Date() }
const ids: Record<string, string> = {}

beforeAll(write, 60_000)

const overview = async (person: Person, targets: Partial<Parameters<typeof loadOverview>[1]>) =>
  loadOverview(await cms.reqOf(person), { collection: 'kizuna-manuscripts', ...targets }, options)

describe('the summary of many documents says what the review of each one says', () => {
  test.each(['hana', 'midori', 'doctor', 'mayu', 'root'] as const)('to %s', async (person) => {
    for (const collection of ['kizuna-manuscripts', 'kizuna-add-ons'] as const) {
      const summaries = await overview(person, { collection })
      for (const summary of summaries) {
        const req = await cms.reqOf(person)
        const single = await describeReview(req, { collection, id: summary.id }, options)
        expect(comparable(summary)).toEqual(shown(single))
      }
    }
  })

  test('every state is among them', async () => {
    const states = new Map(
      (await overview('hana', {})).map(({ id, state }) => [id, state] as const),
    )
    expect(Object.fromEntries([...states].map(([id, state]) => [nameOf(id), state]))).toEqual({
      draft: 'draft',
      submitted: 'in_review',
      asked: 'needs_changes',
      approved: 'approved',
      live: 'published',
      edited: 'draft',
      withdrawn: 'withdrawn',
    })
  })
})

describe('each person sees what they may read', () => {
  test('staff of a municipality the live texts, in their live wording', async () => {
    const summaries = await overview('mayu', {})
    expect(summaries.map(({ id }) => nameOf(id)).sort()).toEqual(['edited', 'live'])
    expect(summaries.every(({ state }) => state === 'published')).toBe(true)
  })

  test('and the add-ons of their own municipality', async () => {
    expect(await overview('mayu', { collection: 'kizuna-add-ons' })).toHaveLength(1)
    expect(await overview('dango', { collection: 'kizuna-add-ons' })).toEqual([])
    expect(await overview('dango', {})).toEqual([])
  })
})

test('an add-on waits for the municipality first', async () => {
  const [addOn] = await overview('midori', { collection: 'kizuna-add-ons' })
  expect(addOn).toMatchObject({
    state: 'in_review',
    waitingFor: ['municipality'],
    kind: 'addOn',
    slot: 'month4',
    slotLabel: '生後4か月',
    municipality: cms.municipality.id,
    series: null,
  })
})

test('a text in review waits for whoever has not approved it, until it is edited', async () => {
  const [summary] = await overview('midori', { ids: [ids.submitted!] })
  expect(summary).toMatchObject({
    waitingFor: ['chief'],
    authors: [cms.users.hana.id],
    topics: ['pregnancy'],
    needs: [
      { discipline: 'midwifery', quorum: 1, approvedBy: [cms.users.doctor.id] },
      { discipline: 'chief', quorum: 1, approvedBy: [] },
    ],
  })
})

test('ids and conditions narrow it', async () => {
  const where = { title: { equals: 'approved' } }
  const found = await overview('hana', { where })
  expect(found.map(({ id }) => id)).toEqual([ids.approved])
  expect(await overview('hana', { where, ids: [ids.draft!] })).toEqual([])
  expect(await overview('hana', { ids: [] })).toEqual([])
})

async function write() {
  const post = (person: Person, step: string, body: object = {}) => {
    const [action, name] = step.split(' ') as [string, string]
    return cms.rest(person, `POST /kizuna-manuscripts/${ids[name]}/${action}`, body)
  }
  for (const name of ['draft', 'submitted', 'asked', 'approved', 'live', 'edited', 'withdrawn']) {
    const topics = name === 'submitted' ? ['pregnancy'] : []
    ids[name] = (await cms.draft({ title: name, topics })).id
  }
  for (const name of ['submitted', 'asked', 'approved']) await post('hana', `submit ${name}`)
  await post('doctor', 'approve submitted')
  await post('midori', 'request-change asked', { comment: '見出しを短く' })
  for (const name of ['approved', 'live', 'edited', 'withdrawn']) {
    await post('midori', `approve ${name}`)
  }
  for (const name of ['live', 'edited', 'withdrawn']) await post('midori', `publish ${name}`)
  await cms.on('kizuna-manuscripts').edit('hana', String(ids.edited), { body: '次の版です。' })
  await post('midori', 'withdraw withdrawn', { reason: '確認のため' })
  const addOn = await cms.rest('machi', 'POST /kizuna-add-ons?draft=true', {
    title: '見本のお知らせ',
    from: 'month4',
    to: 'month12',
    isEndIncluded: true,
    timing: 'once',
    monthRule: 'friendly',
    order: 10,
    topics: ['local'],
    blocks: [{ blockType: 'text', text: '電話は {{保健センター}} です。' }],
  })
  await cms.rest('machi', `POST /kizuna-add-ons/${addOn.body.doc.id}/submit`, {})
}

function comparable({ state, contentHash, revision, isLive, needs }: ReviewSummary) {
  const counts = needs.map(({ discipline, quorum, approvedBy }) => ({
    discipline,
    quorum,
    approved: approvedBy.length,
  }))
  return { state, contentHash, revision, isLive, needs: counts }
}

function shown({ state, contentHash, revision, isLive, needs }: ReviewStatus) {
  const counts = needs.map(({ discipline, quorum, approved }) => ({
    discipline,
    quorum,
    approved,
  }))
  return { state, contentHash, revision, isLive, needs: counts }
}

function nameOf(id: string): string | undefined {
  return Object.entries(ids).find(([, known]) => known === id)?.[0]
}

describe('an add-on whose period is over, or has not begun', () => {
  test.each([
    [{ validFrom: '2020-04-01', validTo: '2020-05-31' }, '掲載期間終了'],
    [{ validFrom: '2199-04-01', validTo: null }, '掲載前'],
    [{ validFrom: '2020-04-01', validTo: '2199-03-31' }, '公開中'],
  ])('%j is %s in lists, on the home and in the form', async (period, label) => {
    const { id } = await cms.publishedAddOn(period)
    const said = async () => {
      const req = await cms.reqOf('machi')
      const targets = { collection: 'kizuna-add-ons', ids: [id] } as const
      const [row] = await findRowsOf(req, targets, new Date())
      const [summary] = await loadOverview(req, targets, options)
      const status = await describeReview(req, { collection: 'kizuna-add-ons', id }, options)
      return [stateLabel(row!), stateLabel(summary!), status.label]
    }
    expect(await said()).toEqual([label, label, label])
    // Rewritten for another period: what is out is still what it was.
    const other = { validFrom: '2021-04-01', validTo: '2022-04-01' }
    await cms.on('kizuna-add-ons').edit('machi', id, other)
    const rewritten = `${label}・直しかけ`
    expect(await said()).toEqual([rewritten, rewritten, rewritten])
  })
})
