// What others point to stays, with a sentence that says what is there.
import { afterAll, expect, test } from '@jest/globals'

import { startCms } from '../../collections/cms'
import { addOnData, manuscriptData, PNG, seriesData } from '../../collections/documents'
import { gather, insert, municipalityData, personData } from '../../collections/people'

const cms = await startCms()
const people = await gather(cms)
afterAll(() => cms.stop())

type Slug = 'kizuna-municipalities' | 'kizuna-series' | 'users' | 'kizuna-media'

const remove = (collection: Slug, id: string) => cms.payload.delete({ collection, id, depth: 0 })

const isThere = async (collection: Slug, id: string) => {
  const found = await cms.payload.findByID({ collection, id, disableErrors: true, depth: 0 })
  return found !== null
}

test('a municipality with texts and people stays, even for a program with all rights', async () => {
  await insert(cms, 'kizuna-add-ons', addOnData(people.own))
  await expect(remove('kizuna-municipalities', people.own)).rejects.toMatchObject({
    status: 409,
    message: expect.stringMatching(/自治体原稿 1 件、ユーザー \d+ 件.*「配信する」/),
  })
  expect(await isThere('kizuna-municipalities', people.own)).toBe(true)
  const path = `/kizuna-municipalities/${people.own}`
  expect((await cms.rest({ method: 'DELETE', path, as: people.as.admin })).status).toBe(403)
})

test('an empty municipality goes, for whoever a host lets', async () => {
  const id = await insert(cms, 'kizuna-municipalities', municipalityData())
  await remove('kizuna-municipalities', id)
  expect(await isThere('kizuna-municipalities', id)).toBe(false)
})

test('a series with texts stays, an empty one goes', async () => {
  const id = await insert(cms, 'kizuna-series', seriesData())
  const text = await insert(cms, 'kizuna-manuscripts', manuscriptData(id))
  await expect(remove('kizuna-series', id)).rejects.toThrow(/原稿 1 件.*「使う」/)
  await cms.payload.delete({ collection: 'kizuna-manuscripts', id: text })
  await insert(cms, 'kizuna-municipalities', {
    ...municipalityData(),
    series: [{ series: id, isEndIncluded: true }],
  })
  await expect(remove('kizuna-series', id)).rejects.toThrow(/使っている自治体 1 件/)
})

test('who wrote or decided stays; who did nothing can go', async () => {
  const writer = personData('editor', people.own)
  const id = await insert(cms, 'users', writer)
  const series = await insert(cms, 'kizuna-series', seriesData())
  const as = await cms.login(writer.email, writer.password)
  const body = manuscriptData(series)
  await cms.rest({ method: 'POST', path: '/kizuna-manuscripts?draft=true', as, body })
  const refused = await cms.rest({ method: 'DELETE', path: `/users/${id}`, as: people.as.admin })
  expect(refused.status).toBe(409)
  expect(JSON.stringify(refused.body)).toMatch(
    /書いた原稿 1 件.*操作の記録 2 件.*「退職・異動した」に印/,
  )
  const idle = await insert(cms, 'users', personData('editor', people.own))
  const gone = await cms.rest({ method: 'DELETE', path: `/users/${idle}`, as: people.as.admin })
  expect(gone.status).toBe(200)
})

test('a picture that a text shows stays, and stays public', async () => {
  const file = { data: PNG, mimetype: 'image/png', name: 'mori.png', size: PNG.length }
  const picture = await cms.payload.create({
    collection: 'kizuna-media',
    file,
    depth: 0,
    data: {
      alt: '表紙',
      source: '見本',
      rights: 'own',
      isPublic: true,
      municipality: people.own,
    } as never,
  })
  const url = `https://cms.example.jp/api/kizuna-media/file/${picture.filename}`
  const blocks = [{ blockType: 'book', title: 'もりのおはなし', imageUrl: url }]
  const text = await insert(cms, 'kizuna-add-ons', { ...addOnData(people.own), blocks })
  await expect(remove('kizuna-media', picture.id)).rejects.toThrow(/自治体原稿 1 件/)
  const path = `/kizuna-media/${picture.id}`
  const as = people.as['municipal-editor']
  const hidden = await cms.rest({ method: 'PATCH', path, as, body: { isPublic: false } })
  expect(hidden.status).toBe(409)
  await cms.payload.delete({ collection: 'kizuna-add-ons', id: text })
  await remove('kizuna-media', picture.id)
  expect(await isThere('kizuna-media', picture.id)).toBe(false)
})
