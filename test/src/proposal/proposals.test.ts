// A contributor's proposal, from the short form to the municipality's answer.
import { describe, expect, test } from '@jest/globals'

import {
  EMPTY_PROPOSAL,
  missingIn,
  proposalData,
  type ProposalForm,
} from '../../../src/admin/proposal/proposalData'
import { parsePolicy } from '../../../src/review/rules/policy'
import { listProposals } from '../../../src/proposal/list'
import type { Person } from '../review/editorialCms'
import { openEditorialCmsOfFile } from '../review/editorialCms'

const options = { policy: parsePolicy(), now: () => new Date() }
const form: ProposalForm = {
  ...EMPTY_PROPOSAL,
  title: 'もりのおはなし',
  author: '見本 たろう',
  publisher: '見本書房',
  months: '4',
  description: 'ゆっくりした言葉を、赤ちゃんと楽しめます。',
}

const cms = await openEditorialCmsOfFile()

const { post } = cms.on('kizuna-add-ons')

/** Takes or declines a proposal as it is now. */
const decide = async (person: Person, step: `${string}/${'take' | 'decline'}`, reason = '') =>
  post(person, step, { reason, ...(await cms.opened('kizuna-add-ons', step.split('/')[0] ?? '')) })

async function propose(changed: Partial<ProposalForm> = {}): Promise<string> {
  const data = proposalData({ ...form, ...changed }, ['book', 'local'])
  const { status, body } = await cms.rest('dango', 'POST /kizuna-add-ons?draft=true', data)
  expect({ status, errors: body.errors }).toEqual({ status: 201 })
  return body.doc.id
}

/** What the contributor's list says of one proposal. */
async function seen(id: string, person: Person = 'dango') {
  const proposals = await listProposals(await cms.reqOf(person), options)
  const found = proposals.find((one) => one.id === id)
  return found && [found.state.label, found.reason]
}

test('the short form says what is missing', () => {
  expect(missingIn(form)).toEqual([])
  expect(missingIn(EMPTY_PROPOSAL)).toHaveLength(3)
  expect(missingIn({ ...form, months: '', years: '11' })).toHaveLength(1)
})

test('a picture book for four-month-olds is for those who are four months old', async () => {
  const id = await propose()
  const found = await cms.payload.findByID({
    collection: 'kizuna-add-ons',
    id,
    depth: 0,
    draft: true,
  })
  expect(found).toMatchObject({
    title: '絵本「もりのおはなし」',
    from: 'month4',
    to: 'month5',
    isEndIncluded: false,
    isProposal: true,
    proposedBy: cms.users.dango.id,
    municipality: cms.municipality.id,
  })
  expect(await seen(id)).toEqual(['提案中', ''])
})

test('what its contributor sees when it is taken, in review and out', async () => {
  const id = await propose()
  expect((await decide('machi', `${id}/take`)).status).toBe(200)
  expect(await seen(id)).toEqual(['採用', ''])
  await post('machi', `${id}/submit`)
  expect(await seen(id)).toEqual(['採用(監修中)', ''])
  await post('mayu', `${id}/approve`)
  await post('midori', `${id}/approve`)
  await post('midori', `${id}/publish`)
  expect(await seen(id)).toEqual(['公開中', ''])
  expect((await decide('machi', `${id}/take`)).status).toBe(400)
})

test('a declined one has its reason, and may be proposed anew', async () => {
  const id = await propose()
  expect((await decide('machi', `${id}/decline`, ' ')).status).toBe(400)
  const reason = '同じ絵本を先月ご紹介したため'
  expect((await decide('machi', `${id}/decline`, reason)).status).toBe(200)
  expect(await seen(id)).toEqual(['見送り', reason])
  const changed = { title: '絵本「もりのおはなし」(新版)' }
  expect((await cms.on('kizuna-add-ons').edit('dango', id, changed)).status).toBe(200)
  expect(await seen(id)).toEqual(['提案中', ''])
})

test.each(['take', 'decline'] as const)(
  'what its contributor changed since it was read is not decided: %s',
  async (verdict) => {
    const id = await propose()
    const read = await cms.opened('kizuna-add-ons', id)
    await cms.on('kizuna-add-ons').edit('dango', id, { title: '読まれていない題名' })
    for (const named of [read, {}]) {
      const answer = await post('machi', `${id}/${verdict}`, { reason: '見本の理由', ...named })
      expect(answer).toMatchObject({
        status: 409,
        body: { errors: [{ data: { code: 'STALE_SAVE' } }] },
      })
      expect(answer.body.errors[0].message).toContain('もう一度決めてください')
    }
    expect(await seen(id)).toEqual(['提案中', ''])
  },
)

test('a version from before it was taken makes it no proposal again', async () => {
  const id = await propose()
  const where = { parent: { equals: id } }
  const { docs } = await cms.payload.findVersions({ collection: 'kizuna-add-ons', where })
  await decide('machi', `${id}/take`)
  await cms.on('kizuna-add-ons').edit('machi', id, { title: '直した題名' })
  const restored = await cms.restore('machi', {
    collection: 'kizuna-add-ons',
    id,
    version: String(docs[0]?.id),
  })
  expect(restored.status).toBe(200)
  const found = await cms.payload.findByID({
    collection: 'kizuna-add-ons',
    id,
    draft: true,
    depth: 0,
  })
  expect(found).toMatchObject({ title: '絵本「もりのおはなし」', isProposal: false })
  expect((await cms.on('kizuna-add-ons').edit('dango', id, { title: 'x' })).status).toBe(403)
})

test('whoever decides becomes no author by it, and the log has it', async () => {
  const id = await propose()
  await decide('machi', `${id}/decline`, '見本の理由')
  await decide('machi', `${id}/take`)
  const { authors } = await cms.payload.findByID({
    collection: 'kizuna-add-ons',
    id,
    depth: 0,
    draft: true,
  })
  expect(authors).toEqual([cms.users.dango.id])
  const { docs } = await cms.payload.find({
    collection: 'kizuna-audit-log',
    sort: 'createdAt',
    depth: 0,
    where: { documentId: { equals: id } },
  })
  expect(docs.map(({ action }) => action)).toEqual(['create', 'decline', 'take'])
})

test.each(['mayu', 'hana', 'midori', 'root', 'dango', 'doctor'] as const)(
  '%s neither takes nor declines',
  async (person) => {
    const id = await propose()
    expect((await decide(person, `${id}/take`)).status).toBe(403)
    expect((await decide(person, `${id}/decline`, 'x')).status).toBe(403)
  },
)

describe('a contributor touches nothing else', () => {
  test('no state of a proposal is theirs to set', async () => {
    const id = await propose()
    const data = {
      isProposal: false,
      declinedReason: 'x',
      proposedBy: null,
      origin: { revision: 1 },
    }
    await cms.on('kizuna-add-ons').edit('dango', id, data)
    const found = await cms.payload.findByID({
      collection: 'kizuna-add-ons',
      id,
      draft: true,
      depth: 0,
    })
    expect(found).toMatchObject({ isProposal: true, proposedBy: cms.users.dango.id })
    expect(found.declinedReason).toBeFalsy()
  })

  test('after it is taken they read it, and change it no more', async () => {
    const id = await propose()
    await decide('machi', `${id}/take`)
    expect((await cms.rest('dango', `GET /kizuna-add-ons/${id}?draft=true`)).status).toBe(200)
    const change = await cms.on('kizuna-add-ons').edit('dango', id, { title: 'x' })
    expect(change.status).toBe(403)
    expect((await post('dango', `${id}/submit`)).status).toBe(403)
  })

  test.each([
    'GET /kizuna-manuscripts',
    'GET /kizuna-releases',
    'GET /kizuna-approvals',
    'GET /kizuna-audit-log',
    'GET /kizuna-reports',
    'GET /kizuna-hidden-texts',
    'GET /kizuna-shared-add-ons',
    'GET /kizuna-shared-add-ons/examples',
    'GET /kizuna-line-accounts',
  ])('%s is closed', async (route) => {
    expect((await cms.rest('dango', route)).status).toBe(403)
  })
})
