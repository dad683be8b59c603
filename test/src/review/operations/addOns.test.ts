import { describe, expect, test } from '@jest/globals'

import { SURVEY_ACT } from '../../../../src/questionnaire/hooks'
import { addDays, localDayOf } from '../../../../src/stage/day'
import { createReview } from '../../../../src/review/operations/review'
import { parsePolicy } from '../../../../src/review/rules/policy'
import type { Person } from '../editorialCms'
import { openEditorialCmsOfFile } from '../editorialCms'

const cms = await openEditorialCmsOfFile()

const { post } = cms.on('kizuna-add-ons')

const write = async (person: Person, data: Record<string, unknown> = {}) =>
  (await cms.addOn(data, person)).id

describe('an add-on is approved by the municipality first, then by the team', () => {
  test('and its release keeps the contact variables as they were', async () => {
    const id = await write('machi')
    await post('machi', `${id}/submit`)
    const offered = await cms.rest('midori', `GET /kizuna-add-ons/${id}/review`)
    expect(offered.body.can).toMatchObject({ approveAs: [], requestChange: true })
    const early = await post('midori', `${id}/approve`)
    expect(early).toMatchObject({ status: 409 })
    expect(early.body.errors[0].data.code).toBe('OUT_OF_ORDER')

    expect((await post('mayu', `${id}/approve`)).status).toBe(200)
    expect((await post('mayu', `${id}/publish`)).status).toBe(403)
    expect((await post('midori', `${id}/publish`)).status).toBe(403)
    expect((await post('midori', `${id}/approve`)).body.state).toBe('approved')
    expect((await post('midori', `${id}/publish`)).body).toMatchObject({ state: 'published' })
    const [release] = await cms.releasesOf(`add-on:${id}`)
    expect(release).toMatchObject({
      revision: 1,
      municipality: cms.municipality.id,
      slot: 'month4',
      variables: { 保健センター: '0123-45-6780' },
      content: {
        type: 'addOn',
        municipality: '999016',
        validFrom: null,
        areas: [],
        blocks: [{ blockType: 'text', text: '電話は {{保健センター}} です。' }],
      },
    })
  })

  test('an edit after the municipality’s approval sends it back to the municipality', async () => {
    const id = await write('machi')
    await post('mayu', `${id}/approve`)
    await cms.on('kizuna-add-ons').edit('machi', id, { order: 20 })
    expect((await post('midori', `${id}/approve`)).status).toBe(409)
  })

  test('the live row is closed as a manuscript’s is', async () => {
    const id = await write('machi')
    await post('mayu', `${id}/approve`)
    await post('midori', `${id}/approve`)
    await post('midori', `${id}/publish`)
    const before = await cms.snapshot('kizuna-add-ons', id)
    for (const person of ['machi', 'mayu', 'midori', 'hana', 'root', 'dango'] as const) {
      for (const body of [{ title: 'x' }, { _status: 'published' }, { _status: 'draft' }]) {
        expect((await cms.rest(person, `PATCH /kizuna-add-ons/${id}`, body)).status).toBe(403)
      }
      expect((await cms.rest(person, `DELETE /kizuna-add-ons/${id}`)).status).toBe(403)
    }
    expect(await cms.snapshot('kizuna-add-ons', id)).toEqual(before)
  })
})

test('an approver of another municipality sees nothing of it', async () => {
  const other = await cms.payload.create({
    collection: 'kizuna-municipalities',
    data: otherMunicipality() as never,
  })
  const stranger = await cms.payload.create({
    collection: 'users',
    data: {
      kizunaName: 'よその承認者',
      email: 'other@example.jp',
      password: 'other-no-kagi-hitotsu',
      kizunaRoles: ['municipal-approver'],
      kizunaMunicipality: other.id,
    } as never,
  })
  const id = await write('machi')
  const req = await cms.reqOf('mayu')
  req.user = { ...stranger, collection: 'users' } as never
  const attempt = cms.review.approve(cms.payload, req, { collection: 'kizuna-add-ons', id })
  await expect(attempt).rejects.toMatchObject({ code: 'NOT_FOUND' })
})

describe('a notice', () => {
  const today = localDayOf(new Date())
  const tomorrow = addDays(today, 1)
  const notice = { timing: 'notice', from: '20w0d', validFrom: tomorrow }
  const refusal = ({ body }: { body: { errors: { message: string; data?: unknown }[] } }) =>
    JSON.stringify(body.errors)
  const create = (data: object) =>
    cms.rest('machi', 'POST /kizuna-add-ons?draft=true', {
      title: '講座のお知らせ',
      to: 'month12',
      blocks: [{ blockType: 'text', text: '申し込みは {{保健センター}} です。' }],
      topics: ['local'],
      ...notice,
      ...data,
    })

  test('of tomorrow has one day, and what it is limited to is what was approved', async () => {
    const { id } = await cms.publishedAddOn({ ...notice, hour: '10-30', relation: 'father' })
    const [release] = await cms.releasesOf(`add-on:${id}`)
    expect(release?.content).toMatchObject({
      timing: 'notice',
      validFrom: tomorrow,
      validTo: tomorrow,
      hour: '10-30',
      relation: 'father',
    })
    expect(release?.content).not.toHaveProperty('channel')
  })

  test.each([
    ['today', { validFrom: today }, 'あしたか、それより後の日'],
    ['an hour at which nothing is sent', { hour: '21-00' }, '送る時間'],
  ])('of %s is refused with what to do', async (_, data, said) => {
    const answer = await create(data)
    expect({ status: answer.status, text: refusal(answer) }).toMatchObject({ status: 400 })
    expect(refusal(answer)).toContain(said)
  })

  test('whose day has come before it was published is not published', async () => {
    const made = await create({})
    const id = made.body.doc.id as string
    await post('machi', `${id}/submit`)
    for (const person of ['mayu', 'midori'] as const) await post(person, `${id}/approve`)
    const late = createReview({
      policy: parsePolicy(),
      now: () => new Date(`${tomorrow}T00:00:00+09:00`),
    })
    const { contentHash } = (await cms.rest('midori', `GET /kizuna-add-ons/${id}/review`)).body
    const target = { collection: 'kizuna-add-ons', id, contentHash } as const
    const attempt = late.publish(cms.payload, await cms.reqOf('midori'), target)
    const missing = [expect.stringContaining('送る日の前の日まで')]
    await expect(attempt).rejects.toMatchObject({ code: 'INCOMPLETE', missing })
    expect(await cms.releasesOf(`add-on:${id}`)).toEqual([])
  })

  test.each([
    ['without its day', { validFrom: null }, null],
    ['without its stages', { from: null, to: null }, null],
    ['that is whole', {}, expect.stringContaining('お知らせは')],
  ])('%s: whom it reaches is asked of a draft too', async (_, data, sentence) => {
    const made = await create(data)
    const id = made.body.doc.id as string
    const { status, body } = await cms.rest('machi', `GET /kizuna-add-ons/${id}/notice`)
    expect({ status, sentence: body.sentence }).toEqual({ status: 200, sentence })
  })

  test('and of a survey by stage, which may keep what is said of a notice', async () => {
    const survey = await cms.payload.create({
      collection: 'kizuna-surveys',
      data: {
        title: '4か月のころ',
        endsOn: '2027-03-31',
        questions: [{ library: 'region' }],
      } as never,
    })
    const data = { state: 'approved' } as never
    const context = { [SURVEY_ACT]: true }
    await cms.payload.update({ collection: 'kizuna-surveys', id: survey.id, data, context })
    const blocks = [{ blockType: 'survey', survey: survey.id, text: '3 分で終わります。' }]
    const stage = { timing: 'once', from: 'month4', to: 'month4', validFrom: null, validTo: null }
    const made = await create({ ...stage, blocks, relation: 'father' })
    expect(made.body.doc).toMatchObject({ relation: 'father', validTo: '2027-03-31' })
    const { body } = await cms.rest('machi', `GET /kizuna-add-ons/${made.body.doc.id}/notice`)
    expect(body.sentence).toContain('2027年3月31日(水)まで、お子さんが生後4か月になる日に')
  })

  test('that becomes an add-on again keeps nothing of what is only a notice’s', async () => {
    const made = await create({ relation: 'father', channel: 'line' })
    const id = made.body.doc.id as string
    const { edit } = cms.on('kizuna-add-ons')
    const { body } = await edit('machi', id, { timing: 'once', from: 'month4', validTo: null })
    expect(body.doc).toMatchObject({ timing: 'once', relation: 'everybody', channel: 'both' })
  })
})

test('a proposal is neither submitted nor published until the municipality takes it', async () => {
  const block = {
    blockType: 'group',
    name: 'どんぐりひろば',
    description: '親子のひろばです。',
    place: '公民館',
    schedule: '毎週火曜',
    contact: '{{電話}}',
  }
  const id = await write('dango', { blocks: [block] })
  const refused = await post('machi', `${id}/submit`)
  expect(refused.body.errors[0].data.missing.join()).toContain('提案のまま')
  expect((await post('mayu', `${id}/approve`)).body.errors).toHaveLength(1)
  expect((await post('midori', `${id}/publish`)).status).toBe(403)
  await cms.on('kizuna-add-ons').edit('machi', id, { isProposal: false })
  await post('mayu', `${id}/approve`)
  await post('midori', `${id}/approve`)
  expect((await post('midori', `${id}/publish`)).body).toMatchObject({ state: 'published' })
})

function otherMunicipality() {
  const rest = { areas: [], contactVariables: [], series: [] }
  return {
    ...cms.municipality,
    id: undefined,
    code: '999024',
    name: '見本谷市',
    senderName: '見本谷市 便り',
    ...rest,
  }
}
