// Ways from the CMS to the readers' pages. Who is let to a counter: the municipality's own staff and the
// operator, with nothing of a reader. Where the QR codes of a municipality's sources lead.
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals'
import { handleEndpoints } from 'payload'
import sharp from 'sharp'

import { openEntrance, sealEntrance } from '../../../src/secret/entrance'
import { generateKeyRing, parseKeyRing } from '../../../src/secret/seal'
import { auditEntries } from '../../auditEntries'
import { NOW, startCms, type TestCms } from '../../collections/cms'
import { gather, type People } from '../../collections/people'
import { readQr } from '../../readQr'

const keys = generateKeyRing()
const ring = parseKeyRing(keys)

let cms: TestCms
let people: People

beforeAll(async () => {
  cms = await startCms({ keys, publicUrl: 'https://kizuna.example/' })
  people = await gather(cms)
})
afterAll(() => cms.stop())

const enter = async (as: string | undefined, municipality: string, accept = '*/*') => {
  const request = new Request(`http://cms.test/api/counter/${municipality}/entrance`, {
    method: 'POST',
    headers: { Accept: accept, ...(as ? { Authorization: as } : {}) },
  })
  return handleEndpoints({ config: cms.config, request })
}
const entries = async () => {
  const where = { action: { equals: 'counter' } }
  return (await cms.payload.find({ collection: 'kizuna-audit-log', where, depth: 0 })).docs
}

describe('the entrance to the counter', () => {
  test.each(['municipal-editor', 'municipal-approver'] as const)(
    'a %s goes to the counter of their own municipality, and the log says so',
    async (role) => {
      const answer = await enter(people.as[role], people.own)
      expect(answer.status).toBe(200)
      const page = await answer.text()
      const [, token = ''] =
        /content="0; url=https:\/\/kizuna\.example\/counter\/enter\/([^"]+)"/.exec(page) ?? []
      const town = await cms.payload.findByID({
        collection: 'kizuna-municipalities',
        id: people.own,
      })
      const entrance = { by: people.ids[role], municipality: town.code }
      expect(openEntrance(ring, token, NOW)).toMatchObject(entrance)
      const [newest] = await entries()
      expect(newest).toMatchObject({
        documentId: people.own,
        title: town.name,
        actor: { value: people.ids[role] },
      })
    },
  )

  test('the operator goes to any', async () => {
    for (const id of [people.own, people.other])
      expect((await enter(people.as.admin, id)).status).toBe(200)
  })

  test('nobody else is let in, and nothing is noted', async () => {
    const before = (await entries()).length
    const others = ['anonymous', 'worker', 'editor', 'reviewer', 'chief', 'contributor'] as const
    for (const actor of others)
      expect([actor, (await enter(people.as[actor], people.own)).status]).toEqual([actor, 403])
    for (const role of ['municipal-editor', 'municipal-approver'] as const)
      expect((await enter(people.as[role], people.other)).status).toBe(403)
    expect((await entries()).length).toBe(before)
  })
})

test.each([
  ['whose log-in is over', undefined, 'ログインが終わっています'],
  ['who may not', 'editor', '窓口をひらけるのは'],
] as const)('%s reads why in the tab that the form opened', async (_, actor, sentence) => {
  const as = actor && people.as[actor]
  const answer = await enter(as, people.own, 'text/html,application/xhtml+xml,*/*;q=0.8')
  expect(answer.status).toBe(403)
  expect(answer.headers.get('Content-Type')).toContain('text/html')
  expect(await answer.text()).toContain(sentence)
})

test('an entrance is sealed, ends after two minutes, and is another each time', () => {
  const who = { by: '65a1b2c3d4e5f60718293a4b', municipality: '999016' }
  const token = sealEntrance(ring, who, NOW)
  expect(token).not.toContain(who.by)
  expect(openEntrance(ring, token, NOW)).toMatchObject(who)
  expect(openEntrance(ring, token, new Date(NOW.getTime() + 120_000))).toBeNull()
  expect(openEntrance(parseKeyRing(generateKeyRing()), token, NOW)).toBeNull()
  const again = openEntrance(ring, sealEntrance(ring, who, NOW), NOW)
  expect(again?.key).not.toBe(openEntrance(ring, token, NOW)?.key)
})

describe('a source of registrations', () => {
  const clerk = () => people.as['municipal-editor']
  const make = (body: object) =>
    cms.rest({ method: 'POST', path: '/kizuna-sources', as: clerk(), body })
  const fileOf = (path: string, as: string | undefined) => {
    const headers: HeadersInit = as ? { Authorization: as } : {}
    const request = new Request(`http://cms.test/api/kizuna-sources/${path}`, { headers })
    return handleEndpoints({ config: cms.config, request })
  }
  let source: { id: string; code: string }
  beforeAll(async () => {
    const { status, body } = await make({ occasion: 'pediatrics', place: 'さくら医院' })
    expect({ status, errors: body.errors }).toEqual({ status: 201 })
    source = body.doc as typeof source
  })

  test('is named and has a code of its own, which nobody gives or changes', async () => {
    expect(source).toMatchObject({ name: '小児科(さくら医院)', isActive: true })
    expect(source.code).toMatch(/^[a-z0-9]{4}$/)
    const typed = await make({ occasion: 'other', name: '夏まつり', code: 'aaaa' })
    expect(typed.body.doc).toMatchObject({ name: '夏まつり' })
    const path = `/kizuna-sources/${source.id}`
    const body = { code: 'aaaa', occasion: 'plaza', place: 'ほか', municipality: people.other }
    const sent = await cms.rest({ method: 'PATCH', path, as: clerk(), body: { ...body, name: '' } })
    expect([200, 403]).toContain(sent.status)
    const { docs } = await cms.payload.find({ collection: 'kizuna-sources', depth: 0 })
    expect(docs.map(({ code }) => code)).not.toContain('aaaa')
    expect(docs.find(({ id }) => id === source.id)).toMatchObject({
      code: source.code,
      occasion: 'pediatrics',
      municipality: people.own,
    })
  })

  test('of the same name is not made twice while the first is in use', async () => {
    const body = { occasion: 'checkup', place: '保健センター' }
    const path = `/kizuna-sources/${String(((await make(body)).body.doc as { id: string }).id)}`
    const again = await make(body)
    expect(again.status).toBe(409)
    expect(JSON.stringify(again.body)).toContain('「乳幼児健診(保健センター)」は、もうあります')
    const put = { method: 'PATCH', path, as: clerk(), body: { isActive: false } }
    expect((await cms.rest(put)).status).toBe(200)
    expect((await make(body)).status).toBe(201)
  })

  test('of no known occasion, or in more than a line, is refused with a sentence', async () => {
    for (const body of [{ occasion: 'party' }, { occasion: 'plaza', place: 'あ\nい' }, {}]) {
      const { status, body: said } = await make(body)
      expect([status, /[ぁ-ん]/.test(JSON.stringify(said))]).toEqual([400, true])
    }
  })

  test('has its QR code as a picture of a thousand pixels and as a drawing, which lead to it', async () => {
    const town = await cms.payload.findByID({ collection: 'kizuna-municipalities', id: people.own })
    const address = `https://kizuna.example/r/${town.code}?s=${source.code}`
    const png = await fileOf(`${source.id}/qr.png`, clerk())
    expect(png.headers.get('content-type')).toBe('image/png')
    expect(png.headers.get('content-disposition')).toContain(
      encodeURIComponent('小児科(さくら医院)'),
    )
    const picture = Buffer.from(await png.arrayBuffer())
    const { width = 0, height } = await sharp(picture).metadata()
    expect(width).toBeGreaterThanOrEqual(1000)
    expect(height).toBe(width)
    expect(await readQr(picture)).toEqual([address])
    const svg = await fileOf(`${source.id}/qr.svg`, people.as.reviewer)
    const drawn = await sharp(Buffer.from(await svg.text()), { density: 300 })
      .png()
      .toBuffer()
    expect(await readQr(drawn)).toEqual([address])
  })

  test('gives its QR code to nobody who may not read it', async () => {
    for (const actor of ['anonymous', 'contributor', 'worker'] as const) {
      const { status } = await fileOf(`${source.id}/qr.png`, people.as[actor])
      expect([actor, status]).toEqual([actor, actor === 'anonymous' ? 403 : 404])
    }
    const others = await cms.payload.create({
      collection: 'kizuna-sources',
      data: { occasion: 'plaza', municipality: people.other },
    })
    expect((await fileOf(`${others.id}/qr.svg`, clerk())).status).toBe(404)
    expect((await fileOf('nothing/qr.svg', clerk())).status).toBe(404)
  })

  test('leaves a line in the log when it is made, renamed, put away and used again', async () => {
    const { body } = await make({ occasion: 'nursery' })
    const { id, code } = body.doc as typeof source
    const path = `/kizuna-sources/${id}`
    for (const change of [{ name: '浜保育園' }, { isActive: false }, { isActive: true }]) {
      await cms.rest({ method: 'PATCH', path, as: clerk(), body: change })
    }
    const told = await auditEntries(cms.payload, { documentId: { equals: id } })
    expect(told.map(({ action, title, note }) => [action, title, note])).toEqual([
      ['create', '保育園', `記号: ${code}`],
      ['edit', '浜保育園', '名前: 保育園 → 浜保育園'],
      ['edit', '浜保育園', '使っている: はい → いいえ'],
      ['edit', '浜保育園', '使っている: いいえ → はい'],
    ])
  })
})
