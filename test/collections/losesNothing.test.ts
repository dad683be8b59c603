// Things that go wrong where many people work: each has an answer, and nothing is lost.
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals'
import { handleEndpoints } from 'payload'

import { openEditorialCms, type EditorialCms, type Person } from '../src/review/editorialCms'
import { PNG } from './documents'

let cms: EditorialCms

beforeAll(async () => {
  cms = await openEditorialCms()
}, 120_000)

afterAll(() => cms.close())

/** A request whose body is not what JSON.stringify makes. */
async function send(person: Person | null, route: string, body: string) {
  const [method = 'POST', path = ''] = route.split(' ')
  const request = new Request(`http://cms.example/api${path}`, {
    method,
    headers: {
      'content-type': 'application/json',
      'accept-language': 'ja',
      ...(person ? { authorization: `JWT ${cms.tokens[person]}` } : {}),
    },
    body,
  })
  const response = await handleEndpoints({ config: cms.config, request })
  return { status: response.status, text: await response.text() }
}

describe('a manuscript whose series is gone', () => {
  test('can be read and saved, is not sent to review or published, and says what to do', async () => {
    const series = await cms.payload.create({
      collection: 'kizuna-series',
      data: {
        name: '消えるシリーズ',
        code: 'gone',
        anchor: 'birthDate',
        isEndIncluded: true,
        from: 'day0',
        to: 'month12',
      } as never,
    })
    const { id } = await cms.draft({ series: series.id })
    await cms.payload.db.deleteOne({
      collection: 'kizuna-series',
      where: { id: { equals: series.id } },
    })
    expect((await cms.rest('hana', `GET /kizuna-manuscripts/${id}?draft=true`)).status).toBe(200)
    const review = await cms.rest('hana', `GET /kizuna-manuscripts/${id}/review`)
    expect(review.body.missing.join()).toContain('シリーズが見つかりません')
    const submitted = await cms.rest('hana', `POST /kizuna-manuscripts/${id}/submit`, {})
    expect(submitted.status).toBe(400)
    await cms.rest('midori', `POST /kizuna-manuscripts/${id}/approve`, {})
    const published = await cms.rest('midori', `POST /kizuna-manuscripts/${id}/publish`, {})
    expect(published.status).toBe(403)
    expect(JSON.stringify(published.body)).toContain('シリーズが見つかりません')
    const rescued = await cms.on('kizuna-manuscripts').edit('hana', id, {
      series: cms.series.id,
      slot: 'day3001',
    })
    expect(rescued.status).toBe(200)
    expect((await cms.rest('hana', `POST /kizuna-manuscripts/${id}/submit`, {})).status).toBe(200)
  })
})

describe('a text of 5,001 characters', () => {
  test.each([
    ['letters', 'あ'.repeat(5001), 'あ'.repeat(5000)],
    ['UTF-16 units with emoji', `${'👶'.repeat(2500)}あ`, '👶'.repeat(2500)],
  ])('%s: refused at its field with the count, one less is saved', async (_name, long, fitting) => {
    const { id, body } = await cms.draft()
    const save = (text: string) => cms.on('kizuna-manuscripts').edit('hana', id, { body: text })
    const refused = await save(long)
    expect(refused.status).toBe(400)
    const [error] = refused.body.errors[0].data.errors
    expect(error).toMatchObject({ path: 'body', message: expect.stringContaining('5,001 文字') })
    const kept = await cms.payload.findByID({ collection: 'kizuna-manuscripts', id, draft: true })
    expect(kept.body).toBe(body)
    expect((await save(fitting)).status).toBe(200)
  })
})

test('somebody who approved cannot be deleted: the approval keeps its name, the text is published', async () => {
  const { id } = await cms.draft({ topics: ['health'] })
  const leaver = await cms.payload.create({
    collection: 'users',
    data: {
      kizunaName: '去る医師',
      email: 'leaver@example.jp',
      password: 'himitsu-no-kotoba',
      kizunaRoles: ['reviewer'],
      kizunaDisciplines: ['medical'],
    } as never,
  })
  await cms.rest('hana', `POST /kizuna-manuscripts/${id}/submit`, {})
  await cms.review.approve(
    cms.payload,
    Object.assign(await cms.reqOf('doctor'), { user: { ...leaver, collection: 'users' } }),
    { collection: 'kizuna-manuscripts', id },
  )
  await cms.rest('midori', `POST /kizuna-manuscripts/${id}/approve`, {})
  const refused = await cms.rest('root', `DELETE /users/${leaver.id}`)
  expect(refused).toMatchObject({ status: 409 })
  const published = await cms.rest('midori', `POST /kizuna-manuscripts/${id}/publish`, {})
  expect(published).toMatchObject({ status: 200, body: { state: 'published' } })
  const [release] = await cms.releasesOf(`manuscript:${id}`)
  expect(JSON.stringify(release?.approvals)).toContain(leaver.id)
})

test('an approver who is gone all the same (a restored backup) loses nobody their approval', async () => {
  const { id } = await cms.draft({ topics: ['health'] })
  await cms.rest('doctor', `POST /kizuna-manuscripts/${id}/approve`, {})
  await cms.rest('midori', `POST /kizuna-manuscripts/${id}/approve`, {})
  const gone = { id: { equals: cms.users.doctor.id } }
  const doctor = await cms.payload.db.findOne<{ id: string }>({ collection: 'users', where: gone })
  await cms.payload.db.deleteOne({ collection: 'users', where: gone })
  const published = await cms.rest('midori', `POST /kizuna-manuscripts/${id}/publish`, {})
  expect(published).toMatchObject({ status: 200, body: { state: 'published' } })
  const list = await cms.rest('midori', 'GET /kizuna-approvals?depth=1')
  expect(list.status).toBe(200)
  expect(doctor).not.toBeNull()
})

describe('an add-on whose municipality is inactive', () => {
  test('is saved, reviewed and published as before; nothing of it is lost', async () => {
    const pause = (isActive: boolean) =>
      cms.payload.update({
        collection: 'kizuna-municipalities',
        id: cms.municipality.id,
        data: { isActive, pauseReason: '年度替わりの準備のため' },
      })
    await pause(false)
    try {
      const made = await cms.rest('machi', 'POST /kizuna-add-ons?draft=true', addOn())
      expect(made.status).toBe(201)
      const { id } = made.body.doc
      expect((await cms.rest('machi', `POST /kizuna-add-ons/${id}/submit`, {})).status).toBe(200)
      expect((await cms.rest('mayu', `POST /kizuna-add-ons/${id}/approve`, {})).status).toBe(200)
      expect((await cms.rest('midori', `POST /kizuna-add-ons/${id}/approve`, {})).status).toBe(200)
      expect((await cms.rest('midori', `POST /kizuna-add-ons/${id}/publish`, {})).status).toBe(200)
    } finally {
      await pause(true)
    }
  })
})

test('a picture that readers get is not deleted, even when the next draft has another', async () => {
  const file = { data: PNG, mimetype: 'image/png', name: 'ehon.png', size: PNG.length }
  const picture = await cms.payload.create({
    collection: 'kizuna-media',
    data: {
      alt: '表紙',
      source: '見本',
      rights: 'own',
      isPublic: true,
      municipality: cms.municipality.id,
    } as never,
    file,
  })
  const imageUrl = `https://cms.example/api/kizuna-media/file/${picture.filename}`
  const made = await cms.rest('machi', 'POST /kizuna-add-ons?draft=true', addOn({ imageUrl }))
  const { id } = made.body.doc
  await cms.rest('machi', `POST /kizuna-add-ons/${id}/submit`, {})
  await cms.rest('mayu', `POST /kizuna-add-ons/${id}/approve`, {})
  await cms.rest('midori', `POST /kizuna-add-ons/${id}/approve`, {})
  expect((await cms.rest('midori', `POST /kizuna-add-ons/${id}/publish`, {})).status).toBe(200)
  const remove = () => cms.rest('machi', `DELETE /kizuna-media/${picture.id}`)
  const refused = await remove()
  expect(refused).toMatchObject({ status: 409 })
  expect(JSON.stringify(refused.body)).toContain('自治体原稿 1 件')
  const { blocks } = addOn()
  await cms.on('kizuna-add-ons').edit('machi', id, { blocks })
  expect((await remove()).status).toBe(409)
  expect((await cms.rest(null, `GET /kizuna-media/${picture.id}`)).status).toBe(200)
})

describe('requests nobody’s browser sends', () => {
  test.each([
    'POST /kizuna-manuscripts',
    'POST /kizuna-manuscripts/plain-check',
    'POST /users/login',
  ])('%s with broken JSON is a 4xx and changes nothing', async (route) => {
    const before = await cms.payload.count({ collection: 'kizuna-manuscripts' })
    const { status, text } = await send('hana', route, '{"body": "とちゅう')
    expect({ status, text, is4xx: status >= 400 && status < 500 }).toMatchObject({ is4xx: true })
    expect(await cms.payload.count({ collection: 'kizuna-manuscripts' })).toEqual(before)
  })

  test('broken JSON to a step of the review takes no step', async () => {
    const { id } = await cms.draft()
    const before = await cms.snapshot('kizuna-manuscripts', id)
    const { status } = await send(
      'midori',
      `POST /kizuna-manuscripts/${id}/withdraw`,
      '{"reason": ',
    )
    expect(status).toBeGreaterThanOrEqual(400)
    expect(status).toBeLessThan(500)
    expect(await cms.snapshot('kizuna-manuscripts', id)).toEqual(before)
  })

  test.each(['GET /nope', 'GET /kizuna-manuscripts/nope', 'POST /kizuna-manuscripts/nope/approve'])(
    '%s is not there',
    async (route) => {
      expect(
        (await cms.rest('midori', route, route.startsWith('POST') ? {} : undefined)).status,
      ).toBe(404)
    },
  )

  test.each(['POST /kizuna-manuscripts?draft=true', 'POST /kizuna-manuscripts/plain-check'])(
    '%s with a body of 30 MB is refused, and the next request is answered',
    async (route) => {
      const before = await cms.payload.count({ collection: 'kizuna-manuscripts' })
      const huge = JSON.stringify({ title: '大きい', body: 'あ'.repeat(10_000_000) })
      expect(Buffer.byteLength(huge)).toBeGreaterThan(30_000_000)
      const { status } = await send('hana', route, huge)
      expect([400, 413]).toContain(status)
      expect(await cms.payload.count({ collection: 'kizuna-manuscripts' })).toEqual(before)
      expect((await cms.rest('hana', 'GET /kizuna-manuscripts?limit=1')).status).toBe(200)
    },
  )
})

test('two people write in one text: Payload keeps who is in it, others see it and may take over', async () => {
  const { id } = await cms.draft()
  const lock = { document: { relationTo: 'kizuna-manuscripts', value: id }, globalSlug: undefined }
  const user = { relationTo: 'users', value: cms.users.hana.id }
  const taken = await cms.rest('hana', 'POST /payload-locked-documents', { ...lock, user })
  expect(taken.status).toBe(201)
  const where = `where[document.value][equals]=${id}`
  const seen = await cms.rest('taro', `GET /payload-locked-documents?${where}&depth=0`)
  expect(seen.body.docs).toMatchObject([{ user: { value: cms.users.hana.id } }])
})

function addOn(picture: { imageUrl?: string } = {}) {
  const book = { blockType: 'book', title: 'もりのおはなし', author: '見本 たろう', ...picture }
  return {
    title: '絵本の紹介',
    from: 'month4',
    to: 'month6',
    timing: 'once',
    order: 10,
    monthRule: 'friendly',
    topics: ['book'],
    blocks: [book],
  }
}
