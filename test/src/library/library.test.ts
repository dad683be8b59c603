// The shared library: what a municipality offers, what others see of it, and what a copy is.
import { expect, test } from '@jest/globals'

import type { Person } from '../review/editorialCms'
import { openEditorialCmsOfFile } from '../review/editorialCms'

const cms = await openEditorialCmsOfFile()
const stranger = await openTown()

/** Another town with an editor; gives the Authorization header. */
async function openTown(): Promise<string> {
  const other = await cms.payload.create({
    collection: 'kizuna-municipalities',
    data: {
      ...cms.municipality,
      id: undefined,
      code: '999024',
      name: '見本谷市',
      senderName: '見本谷市 便り',
      areas: [],
      contactVariables: [],
      series: [],
    } as never,
  })
  const login = { email: 'other@example.jp', password: 'other-no-kagi-hitotsu' }
  await cms.payload.create({
    collection: 'users',
    data: {
      ...login,
      kizunaName: 'よその編集者',
      kizunaRoles: ['municipal-editor'],
      kizunaMunicipality: other.id,
    } as never,
  })
  return String((await cms.payload.login({ collection: 'users', data: login })).token)
}

async function ask(route: string, body?: object) {
  const [method, path] = route.split(' ')
  const { handleEndpoints } = await import('payload')
  const response = await handleEndpoints({
    config: cms.config,
    request: new Request(`http://cms.example/api${path}`, {
      ...(method ? { method } : {}),
      headers: { 'content-type': 'application/json', authorization: `JWT ${stranger}` },
      ...(body ? { body: JSON.stringify(body) } : {}),
    }),
  })
  // eslint-disable-next-line @typescript-eslint/no-explicit-any
  return { status: response.status, body: (await response.json()) as any }
}

const { post } = cms.on('kizuna-add-ons')

const BLOCKS = [
  { blockType: 'text', text: '保健センター({{保健センター}}、0123-45-6780)へ。{{担当課}}です。' },
  { blockType: 'link', label: '予約', url: 'https://town.example.jp/yoyaku' },
  {
    blockType: 'group',
    name: 'どんぐりひろば',
    description: 'mail@town.example.jp へ',
    place: '北公民館',
    schedule: '毎週火曜',
    contact: '0123-45-0000',
  },
  {
    blockType: 'book',
    title: 'もりのおはなし',
    description: 'いい本です。',
    imageUrl: 'https://town.example.jp/cover.jpg',
    url: 'https://town.example.jp/tosho',
  },
]

const publish = async () => {
  const topics = ['local', 'book']
  const shown = { topics, areas: ['北地区'], validTo: '2027-03-31', blocks: BLOCKS }
  return (await cms.publishedAddOn(shown)).id
}

const offer = (person: Person, addOn: string) =>
  cms.rest(person, 'POST /kizuna-shared-add-ons', { addOn })

async function offersOf(addOn: string) {
  const { body } = await ask('GET /kizuna-shared-add-ons/examples')
  return body.docs.filter((one: { addOn: string }) => one.addOn === addOn)
}

test('nothing is shared until its municipality says so, and only the frozen content', async () => {
  const id = await publish()
  expect(await offersOf(id)).toEqual([])
  expect((await offer('machi', id)).status).toBe(201)
  await cms.on('kizuna-add-ons').edit('machi', id, { title: '下書きの見出し' })
  const [example] = await offersOf(id)
  expect(example).toMatchObject({
    title: '見本のお知らせ 1',
    municipality: { name: '見本町' },
    revision: 1,
  })
  const text = JSON.stringify(example)
  for (const secret of ['0123', 'town.example', '北公民館', '北地区', '2027-03-31', '下書き']) {
    expect(text).not.toContain(secret)
  }
  expect((await ask(`GET /kizuna-add-ons/${id}`)).status).toBe(404)
  expect((await ask(`GET /kizuna-add-ons/${id}?draft=true`)).status).toBe(404)
  expect((await ask(`GET /kizuna-releases?where[key][equals]=add-on:${id}`)).body.docs).toEqual([])
})

test('a copy is an own draft that keeps where it comes from', async () => {
  const id = await publish()
  const { body } = await offer('mayu', id)
  const copied = await ask(`POST /kizuna-shared-add-ons/${body.doc.id}/copy`, {})
  expect({ status: copied.status, errors: copied.body.errors }).toEqual({ status: 201 })
  const { body: draft } = await ask(`GET /kizuna-add-ons/${copied.body.id}?draft=true&depth=0`)
  expect(draft).toMatchObject({
    title: '見本のお知らせ 2',
    _status: 'draft',
    areas: [],
    from: 'month4',
    to: 'month12',
    origin: { municipality: '見本町', addOn: id, revision: 1 },
    topics: ['local', 'book'],
  })
  expect(draft.validTo ?? null).toBeNull()
  expect(draft.municipality).not.toBe(cms.municipality.id)
  expect(draft.blocks).toMatchObject([
    { text: '保健センター({{担当課}}、{{電話}})へ。{{担当課}}です。' },
    { name: 'どんぐりひろば', description: '{{担当課}} へ', contact: '{{電話}}' },
    { title: 'もりのおはなし', description: 'いい本です。' },
  ])
  expect(draft.authors).toContain(cms.users.machi.id)
  expect(draft.authors).toHaveLength(2)
  expect(draft.originNotes).toContain('リンクは外しました')
  expect(JSON.stringify(draft.blocks)).not.toContain('example.jp')
})

test('what is taken back or withdrawn is gone from the list and cannot be copied', async () => {
  const id = await publish()
  const { body } = await offer('machi', id)
  await post('midori', `${id}/withdraw`, { reason: '見本の理由' })
  expect(await offersOf(id)).toEqual([])
  expect((await ask(`POST /kizuna-shared-add-ons/${body.doc.id}/copy`, {})).status).toBe(404)
  expect((await cms.rest('mayu', `DELETE /kizuna-shared-add-ons/${body.doc.id}`)).status).toBe(200)
})

test('only the owner offers, and only what is out', async () => {
  const id = await publish()
  expect((await ask('POST /kizuna-shared-add-ons', { addOn: id })).status).toBe(400)
  const { body } = await cms.rest('machi', 'POST /kizuna-add-ons?draft=true', {
    title: '下書き',
    from: 'month4',
    to: 'month4',
    blocks: [{ blockType: 'text', text: 'x' }],
  })
  expect((await offer('machi', body.doc.id)).status).toBe(400)
  const own = await offer('machi', id)
  expect((await ask(`DELETE /kizuna-shared-add-ons/${own.body.doc.id}`)).status).toBe(403)
  for (const person of ['hana', 'midori', 'dango', 'root'] as const) {
    expect((await offer(person, id)).status).toBe(403)
    const copy = await cms.rest(person, `POST /kizuna-shared-add-ons/${own.body.doc.id}/copy`, {})
    expect(copy.status).toBe(403)
  }
})

test('one whose period is over is nobody’s example: in no list, not copied, and offered no more', async () => {
  const period = { validFrom: '2020-04-01', validTo: '2020-05-31' }
  const id = (await cms.publishedAddOn(period)).id
  expect((await offer('machi', id)).status).toBe(400)
  expect((await cms.rest('machi', `GET /kizuna-shared-add-ons/own/${id}`)).status).toBe(404)
  const data = { addOn: id, municipality: cms.municipality.id }
  const before = await cms.payload.db.create({ collection: 'kizuna-shared-add-ons', data }) // while it went on
  expect(await offersOf(id)).toEqual([])
  expect((await ask(`POST /kizuna-shared-add-ons/${before.id}/copy`, {})).status).toBe(404)
})

test('its municipality sees what it would show before it shows it, and nobody else does', async () => {
  const id = await publish()
  const { status, body } = await cms.rest('machi', `GET /kizuna-shared-add-ons/own/${id}`)
  expect({ status, title: body.title }).toEqual({
    status: 200,
    title: expect.stringContaining('見本のお知らせ'),
  })
  expect(JSON.stringify(body.blocks)).not.toMatch(/0123|example\.jp|北公民館/)
  expect(body.marks).toEqual([])
  expect((await ask(`GET /kizuna-shared-add-ons/own/${id}`)).status).toBe(404)
  for (const person of ['hana', 'midori', 'dango', 'root'] as const) {
    expect((await cms.rest(person, `GET /kizuna-shared-add-ons/own/${id}`)).status).toBe(403)
  }
})
