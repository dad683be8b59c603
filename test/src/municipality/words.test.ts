// A changed word of a municipality, from its settings to what the worker renders.
import { expect, test } from '@jest/globals'

import { compose } from '../../../src/release/compose'
import { liveContent } from '../../../src/release/live'
import { renderMail } from '../../../src/release/mail'
import { readMunicipality, readRelease, readSeriesCodes } from '../../../src/plan/readCmsDocuments'
import { openEditorialCmsOfFile } from '../review/editorialCms'
import { proposingIn } from './proposing'

const cms = await openEditorialCmsOfFile()

const { post } = cms.on('kizuna-add-ons')

const { town, propose, change } = proposingIn(cms)
const words = (...rows: [string, string][]) => ({
  variables: rows.map(([name, value]) => ({ name, value })),
})

const publish = async (text: string) =>
  (await cms.publishedAddOn({ blocks: [{ blockType: 'text', text }] })).id

/** What the worker would send of one add-on today. */
async function renderedBy(id: string): Promise<string> {
  const { docs } = await cms.payload.find({
    collection: 'kizuna-releases',
    pagination: false,
    depth: 0,
  })
  const [live] = liveContent(docs.map(readRelease)).addOns.filter(
    ({ release }) => release.key === `add-on:${id}`,
  )
  if (!live?.isSound) throw new Error('the release is not sound')
  const series = await cms.payload.find({
    collection: 'kizuna-series',
    pagination: false,
    depth: 0,
  })
  const document = await cms.payload.findByID({
    collection: 'kizuna-municipalities',
    id: cms.municipality.id,
    depth: 0,
  })
  const { senderName, contact } = readMunicipality(document, readSeriesCodes(series.docs))
  const addOns = [{ content: live.content, variables: live.release.variables }]
  return renderMail(compose({ manuscripts: [], addOns, isPlural: false, senderName, contact })).text
}

test('a new value reaches the texts in force that use it, and no others', async () => {
  const user = await publish('保健センターは {{保健センター}} です。')
  const other = await publish('窓口は {{電話}} です。')
  const before = await cms.releasesOf(`add-on:${user}`)
  const proposed = words(['保健センター', '0999-00-0001'])
  const effect = await cms.rest('machi', `POST ${town}/words-effect`, { words: proposed })
  expect(effect.body.releases).toEqual([{ title: '見本のお知らせ 1', names: ['保健センター'] }])

  expect((await change(proposed)).status).toBe(200)
  const after = await cms.releasesOf(`add-on:${user}`)
  expect(after).toHaveLength(2)
  expect(after[1]).toMatchObject({
    revision: 2,
    action: 'publish',
    variables: { 保健センター: '0999-00-0001' },
    contentHash: before[0]?.contentHash,
    approvals: before[0]?.approvals,
    policyHash: before[0]?.policyHash,
    reviewDueAt: before[0]?.reviewDueAt,
    reviewedAt: before[0]?.createdAt,
    publishedBy: cms.users.mayu.id,
  })
  expect(await cms.releasesOf(`add-on:${other}`)).toHaveLength(1)
  expect(await renderedBy(user)).toContain('保健センターは 0999-00-0001 です。')

  const { docs } = await cms.payload.find({
    collection: 'kizuna-audit-log',
    where: { action: { equals: 'carry' } },
    depth: 0,
  })
  expect(docs).toMatchObject([{ documentId: user, note: '差し込み語「保健センター」の変更' }])
})

test('the contact under every text is the settings’ own at the moment of sending', async () => {
  const id = await publish('窓口は {{電話}} です。')
  await change({ phone: '0999-00-0002' })
  expect(await cms.releasesOf(`add-on:${id}`)).toHaveLength(1)
  expect(await renderedBy(id)).toContain('窓口は 0999-00-0002 です。')
})

test('saving the same again makes nothing new, and no approval under way is lost', async () => {
  const id = await publish('保健センターは {{保健センター}}。')
  await cms.rest('machi', `PATCH /kizuna-add-ons/${id}?draft=true`, { title: '次の見出し' })
  await post('machi', `${id}/submit`)
  await post('mayu', `${id}/approve`)
  await change(words(['保健センター', '0999-00-0003']))
  await change({ senderName: '見本町 便り' })
  expect(await cms.releasesOf(`add-on:${id}`)).toHaveLength(2)
  const { body } = await cms.rest('midori', `GET /kizuna-add-ons/${id}/review`)
  expect(body.needs).toContainEqual(
    expect.objectContaining({ discipline: 'municipality', approved: 1 }),
  )
  await post('midori', `${id}/approve`)
  expect((await post('midori', `${id}/publish`)).body).toMatchObject({
    state: 'published',
    revision: 3,
  })
})

test('a word that texts in force use can neither go nor be renamed, and nothing is saved', async () => {
  await publish('当番は {{保健センター}}。')
  const refused = await change(words(['センター', '0999-00-0004']))
  expect(refused.status).toBe(400)
  expect(JSON.stringify(refused.body)).toContain('消したり名前を変えたりできません')
  const { body } = await cms.rest('machi', `GET ${town}`)
  expect(body.contactVariables).toMatchObject([{ name: '保健センター' }])
})

test('a withdrawn text stays withdrawn, and a draft gets the value when it is published', async () => {
  const id = await publish('夜間は {{保健センター}}。')
  await post('midori', `${id}/withdraw`, { reason: '見本の理由' })
  await change(words(['保健センター', '0999-00-0005']))
  const releases = await cms.releasesOf(`add-on:${id}`)
  expect(releases.map(({ action }) => action)).toEqual(['publish', 'withdraw'])
})

test.each(['hana', 'midori', 'dango', 'doctor'] as const)('%s may not', async (person) => {
  expect((await propose(person, words(['保健センター', '0999-00-0009']))).status).toBe(403)
})
