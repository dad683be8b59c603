// Things that go wrong where many people work: each has an answer, and nothing is lost.
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals'
import { handleEndpoints } from 'payload'

import { openEditorialCms, type EditorialCms, type Person } from '../src/review/editorialCms'
import { PNG } from './documents'

let desk: EditorialCms

beforeAll(async () => {
  desk = await openEditorialCms()
}, 120_000)

afterAll(() => desk.close())

/** A request whose body is not what JSON.stringify makes. */
async function send(person: Person | null, route: string, body: string) {
  const [method = 'POST', path = ''] = route.split(' ')
  const request = new Request(`http://cms.example/api${path}`, {
    method,
    headers: {
      'content-type': 'application/json',
      'accept-language': 'ja',
      ...(person ? { authorization: `JWT ${desk.tokens[person]}` } : {}),
    },
    body,
  })
  const response = await handleEndpoints({ config: desk.config, request })
  return { status: response.status, text: await response.text() }
}

describe('a manuscript whose series is gone', () => {
  test('can be read and saved, is not sent to review or published, and says what to do', async () => {
    const series = await desk.payload.create({
      collection: 'series',
      data: {
        name: '消えるシリーズ',
        code: 'gone',
        anchor: 'birthDate',
        isEndIncluded: true,
        from: 'day0',
        to: 'month12',
      } as never,
    })
    const { id } = await desk.draft({ series: series.id })
    await desk.payload.db.deleteOne({
      collection: 'series',
      where: { id: { equals: series.id } },
    })
    expect((await desk.rest('hana', `GET /manuscripts/${id}?draft=true`)).status).toBe(200)
    const review = await desk.rest('hana', `GET /manuscripts/${id}/review`)
    expect(review.body.missing.join()).toContain('シリーズが見つかりません')
    const submitted = await desk.rest('hana', `POST /manuscripts/${id}/submit`, {})
    expect(submitted.status).toBe(400)
    await desk.rest('midori', `POST /manuscripts/${id}/approve`, {})
    const published = await desk.rest('midori', `POST /manuscripts/${id}/publish`, {})
    expect(published.status).toBe(403)
    expect(JSON.stringify(published.body)).toContain('シリーズが見つかりません')
    const rescued = await desk.rest('hana', `PATCH /manuscripts/${id}?draft=true`, {
      series: desk.series.id,
      slot: 'day3001',
    })
    expect(rescued.status).toBe(200)
    expect((await desk.rest('hana', `POST /manuscripts/${id}/submit`, {})).status).toBe(200)
  })
})

describe('a text of 5,001 characters', () => {
  test.each([
    ['letters', 'あ'.repeat(5001), 'あ'.repeat(5000)],
    ['UTF-16 units with emoji', `${'👶'.repeat(2500)}あ`, '👶'.repeat(2500)],
  ])('%s: refused at its field with the count, one less is saved', async (_name, long, fitting) => {
    const { id, body } = await desk.draft()
    const path = `PATCH /manuscripts/${id}?draft=true`
    const refused = await desk.rest('hana', path, { body: long })
    expect(refused.status).toBe(400)
    const [error] = refused.body.errors[0].data.errors
    expect(error).toMatchObject({ path: 'body', message: expect.stringContaining('5,001 文字') })
    const kept = await desk.payload.findByID({ collection: 'manuscripts', id, draft: true })
    expect(kept.body).toBe(body)
    expect((await desk.rest('hana', path, { body: fitting })).status).toBe(200)
  })
})

test('somebody who approved cannot be deleted: the approval keeps its name, the text is published', async () => {
  const { id } = await desk.draft({ topics: ['health'] })
  const leaver = await desk.payload.create({
    collection: 'users',
    data: {
      name: '去る医師',
      email: 'leaver@example.jp',
      password: 'himitsu-no-kotoba',
      roles: ['reviewer'],
      disciplines: ['medical'],
    } as never,
  })
  await desk.review.approve(
    desk.payload,
    Object.assign(await desk.reqOf('doctor'), { user: { ...leaver, collection: 'users' } }),
    { collection: 'manuscripts', id },
  )
  await desk.rest('midori', `POST /manuscripts/${id}/approve`, {})
  const refused = await desk.rest('root', `DELETE /users/${leaver.id}`)
  expect(refused).toMatchObject({ status: 409 })
  const published = await desk.rest('midori', `POST /manuscripts/${id}/publish`, {})
  expect(published).toMatchObject({ status: 200, body: { state: 'published' } })
  const [release] = await desk.releasesOf(`manuscript:${id}`)
  expect(JSON.stringify(release?.approvals)).toContain(leaver.id)
})

test('an approver who is gone all the same (a restored backup) loses nobody their approval', async () => {
  const { id } = await desk.draft({ topics: ['health'] })
  await desk.rest('doctor', `POST /manuscripts/${id}/approve`, {})
  await desk.rest('midori', `POST /manuscripts/${id}/approve`, {})
  const gone = { id: { equals: desk.users.doctor.id } }
  const doctor = await desk.payload.db.findOne<{ id: string }>({ collection: 'users', where: gone })
  await desk.payload.db.deleteOne({ collection: 'users', where: gone })
  const published = await desk.rest('midori', `POST /manuscripts/${id}/publish`, {})
  expect(published).toMatchObject({ status: 200, body: { state: 'published' } })
  const list = await desk.rest('midori', 'GET /approvals?depth=1')
  expect(list.status).toBe(200)
  expect(doctor).not.toBeNull()
})

describe('an add-on whose municipality is inactive', () => {
  test('is saved, reviewed and published as before; nothing of it is lost', async () => {
    const pause = (isActive: boolean) =>
      desk.payload.update({
        collection: 'municipalities',
        id: desk.municipality.id,
        data: { isActive },
      })
    await pause(false)
    try {
      const made = await desk.rest('machi', 'POST /add-ons?draft=true', addOn())
      expect(made.status).toBe(201)
      const { id } = made.body.doc
      expect((await desk.rest('machi', `POST /add-ons/${id}/submit`, {})).status).toBe(200)
      expect((await desk.rest('mayu', `POST /add-ons/${id}/approve`, {})).status).toBe(200)
      expect((await desk.rest('midori', `POST /add-ons/${id}/approve`, {})).status).toBe(200)
      expect((await desk.rest('midori', `POST /add-ons/${id}/publish`, {})).status).toBe(200)
    } finally {
      await pause(true)
    }
  })
})

test('a picture that readers get is not deleted, even when the next draft has another', async () => {
  const file = { data: PNG, mimetype: 'image/png', name: 'ehon.png', size: PNG.length }
  const picture = await desk.payload.create({
    collection: 'media',
    data: { alt: '表紙', isPublic: true, municipality: desk.municipality.id } as never,
    file,
  })
  const imageUrl = `https://cms.example/api/media/file/${picture.filename}`
  const made = await desk.rest('machi', 'POST /add-ons?draft=true', addOn({ imageUrl }))
  const { id } = made.body.doc
  await desk.rest('machi', `POST /add-ons/${id}/submit`, {})
  await desk.rest('mayu', `POST /add-ons/${id}/approve`, {})
  await desk.rest('midori', `POST /add-ons/${id}/approve`, {})
  expect((await desk.rest('midori', `POST /add-ons/${id}/publish`, {})).status).toBe(200)
  const remove = () => desk.rest('machi', `DELETE /media/${picture.id}`)
  const refused = await remove()
  expect(refused).toMatchObject({ status: 409 })
  expect(JSON.stringify(refused.body)).toContain('自治体原稿 1 件')
  const { blocks } = addOn()
  await desk.rest('machi', `PATCH /add-ons/${id}?draft=true`, { blocks })
  expect((await remove()).status).toBe(409)
  expect((await desk.rest(null, `GET /media/${picture.id}`)).status).toBe(200)
})

describe('requests nobody’s browser sends', () => {
  test.each(['POST /manuscripts', 'POST /manuscripts/plain-check', 'POST /users/login'])(
    '%s with broken JSON is a 4xx and changes nothing',
    async (route) => {
      const before = await desk.payload.count({ collection: 'manuscripts' })
      const { status, text } = await send('hana', route, '{"body": "とちゅう')
      expect({ status, text, is4xx: status >= 400 && status < 500 }).toMatchObject({ is4xx: true })
      expect(await desk.payload.count({ collection: 'manuscripts' })).toEqual(before)
    },
  )

  test('broken JSON to a step of the review takes no step', async () => {
    const { id } = await desk.draft()
    const before = await desk.snapshot('manuscripts', id)
    const { status } = await send('midori', `POST /manuscripts/${id}/withdraw`, '{"reason": ')
    expect(status).toBeGreaterThanOrEqual(400)
    expect(status).toBeLessThan(500)
    expect(await desk.snapshot('manuscripts', id)).toEqual(before)
  })

  test.each(['GET /nope', 'GET /manuscripts/nope', 'POST /manuscripts/nope/approve'])(
    '%s is not there',
    async (route) => {
      expect(
        (await desk.rest('midori', route, route.startsWith('POST') ? {} : undefined)).status,
      ).toBe(404)
    },
  )

  test.each(['POST /manuscripts?draft=true', 'POST /manuscripts/plain-check'])(
    '%s with a body of 30 MB is refused, and the next request is answered',
    async (route) => {
      const before = await desk.payload.count({ collection: 'manuscripts' })
      const huge = JSON.stringify({ title: '大きい', body: 'あ'.repeat(10_000_000) })
      expect(Buffer.byteLength(huge)).toBeGreaterThan(30_000_000)
      const { status } = await send('hana', route, huge)
      expect([400, 413]).toContain(status)
      expect(await desk.payload.count({ collection: 'manuscripts' })).toEqual(before)
      expect((await desk.rest('hana', 'GET /manuscripts?limit=1')).status).toBe(200)
    },
  )
})

test('two people write in one text: Payload keeps who is in it, others see it and may take over', async () => {
  const { id } = await desk.draft()
  const lock = { document: { relationTo: 'manuscripts', value: id }, globalSlug: undefined }
  const user = { relationTo: 'users', value: desk.users.hana.id }
  const taken = await desk.rest('hana', 'POST /payload-locked-documents', { ...lock, user })
  expect(taken.status).toBe(201)
  const where = `where[document.value][equals]=${id}`
  const seen = await desk.rest('taro', `GET /payload-locked-documents?${where}&depth=0`)
  expect(seen.body.docs).toMatchObject([{ user: { value: desk.users.hana.id } }])
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
