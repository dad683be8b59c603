// A municipality keeps a common text from its readers, from the form to the worker's plan.
import { expect, test } from '@jest/globals'

import {
  readHiddenTexts,
  readMunicipality,
  readSeriesCodes,
} from '../../../src/plan/readCmsDocuments'
import type { Person } from '../review/editorialCms'
import { openEditorialCmsOfFile } from '../review/editorialCms'

const cms = await openEditorialCmsOfFile()

const REASON = '町では行っていない健診のため'

const hide = (person: Person, manuscript: string, data: object = {}) =>
  cms.rest(person, 'POST /kizuna-hidden-texts', { manuscript, reason: REASON, ...data })

/** What the worker takes over of the municipality. */
async function syncedHiddenTexts() {
  const all = async (
    collection: 'kizuna-series' | 'kizuna-municipalities' | 'kizuna-hidden-texts',
  ) => (await cms.payload.find({ collection, pagination: false, depth: 0 })).docs
  const codes = readSeriesCodes(await all('kizuna-series'))
  const hidden = readHiddenTexts(await all('kizuna-hidden-texts'), codes)
  const [municipality] = await all('kizuna-municipalities')
  return readMunicipality(municipality, codes, hidden).hidden
}

test('the worker gets the place and the period, the team the reason, the log both', async () => {
  const { id } = await cms.published()
  const { status, body } = await hide('machi', id, { from: '2026/12/1', to: '2027-03-31' })
  expect(status).toBe(201)
  const { slot } = await cms.payload.findByID({ collection: 'kizuna-manuscripts', id, depth: 0 })
  const period = { from: '2026-12-01', to: '2027-03-31' }
  expect(await syncedHiddenTexts()).toEqual([{ series: 'child', slot, edition: null, ...period }])
  const seen = await cms.rest(
    'hana',
    `GET /kizuna-hidden-texts?where[manuscript][equals]=${id}&depth=0`,
  )
  expect(seen.body.docs).toMatchObject([
    { reason: REASON, municipality: cms.municipality.id, hiddenBy: cms.users.machi.id },
  ])
  const only = await cms.rest('mayu', `PATCH /kizuna-hidden-texts/${body.doc.id}`, {
    isAllEditions: false,
  })
  expect(only.status).toBe(200)
  expect(await syncedHiddenTexts()).toMatchObject([{ edition: 'standard' }])
  expect((await cms.rest('mayu', `DELETE /kizuna-hidden-texts/${body.doc.id}`)).status).toBe(200)
  expect(await syncedHiddenTexts()).toEqual([])
  const { docs } = await cms.payload.find({
    collection: 'kizuna-audit-log',
    sort: 'createdAt',
    depth: 0,
    where: { action: { in: ['hide', 'show'] } },
  })
  expect(docs.map(({ action, documentId }) => [action, documentId])).toEqual([
    ['hide', id],
    ['hide', id],
    ['show', id],
  ])
  expect(docs[0]?.note).toBe(`見本町(2026-12-01〜2027-03-31): ${REASON}`)
})

const sentence = ({ body }: { body: unknown }) => JSON.stringify(body)

test('a reason is asked for, and a period has an order', async () => {
  const { id } = await cms.published()
  expect(sentence(await hide('machi', id, { reason: ' ' }))).toContain('理由を書いてください')
  const turned = await hide('machi', id, { from: '2027-01-02', to: '2027-01-01' })
  expect(sentence(turned)).toContain('より前です')
})

test('one text is hidden once', async () => {
  const { id } = await cms.published()
  await hide('machi', id)
  const again = await hide('mayu', id)
  expect(again.status).toBe(400)
  expect(sentence(again)).toContain('もう出さないことになっています')
})

test('what is not out, the question, and what prevents accidents stay', async () => {
  const draft = await cms.draft()
  expect(sentence(await hide('machi', draft.id))).toContain('公開されていない')
  const safety = await cms.draft({ topics: ['safety'] })
  const question = await cms.draft({ topics: ['daily'] })
  await Promise.all(
    [safety, question].map(({ id }, index) =>
      cms.payload.db.updateOne({
        collection: 'kizuna-manuscripts',
        where: { id: { equals: id } },
        data: { _status: 'published', ...(index === 1 ? { kind: 'question' } : {}) },
      }),
    ),
  )
  expect(sentence(await hide('machi', safety.id))).toContain('必ず届ける決まり')
  expect(sentence(await hide('machi', question.id))).toContain('この 1 通だけ')
})

test.each(['hana', 'midori', 'dango', 'root'] as const)('%s hides nothing', async (person) => {
  const { id } = await cms.published()
  expect((await hide(person, id)).status).toBe(403)
})

test('nobody hides for another municipality', async () => {
  const { id } = await cms.published()
  const other = 'f'.repeat(24)
  expect((await hide('machi', id, { municipality: other })).status).toBe(403)
})
