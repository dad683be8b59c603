// What a town says of itself changes by a proposal that a second person confirms, by no other way.
import { afterEach, describe, expect, test } from '@jest/globals'

import type { Person } from '../review/editorialCms'
import { openEditorialCmsOfFile } from '../review/editorialCms'
import { proposingIn } from './proposing'

const cms = await openEditorialCmsOfFile()
const { town, propose, end, open, stored } = proposingIn(cms)

let calls = 0
/** Another telephone number each time. */
const otherPhone = () => ({ phone: `0999-00-${1001 + (calls += 1)}` })

afterEach(async () => {
  const { body } = await open('machi')
  if (body.change) await end('machi', body.change.id, ['take-back'])
})

const proposed = async (words: object = otherPhone(), person: Person = 'machi') => {
  const answer = await propose(person, words)
  expect({ status: answer.status, errors: answer.body.errors }).toEqual({ status: 200 })
  return String(answer.body.change.id)
}

const sentenceOf = async (words: object) => {
  const { status, body } = await propose('machi', words)
  return status === 200 ? '' : JSON.stringify(body.errors)
}

describe('a direct write is refused and changes nothing', () => {
  const contact = { department: '健康課', phone: '0999-00-0001', hours: '平日 9:00〜17:00' }
  test.each([
    { senderName: '見本町 便り' },
    { contact },
    { contact: { phone: '0999-00-0001' } },
    { contact: null },
    { contact: 'x' },
    { contactVariables: [] },
    { contactVariables: [{ name: '保健センター', value: '0999-00-0001' }] },
    { contactVariables: null },
    { hosts: ['bank.example.jp'] },
    { areas: [{ name: '東地区' }] },
    { name: '見本市' },
    { dailyCap: 2, senderName: '見本町 便り' },
  ])('%j', async (data) => {
    const before = await stored()
    // What has not even the shape of the field is answered before rights are asked.
    const hasShape = !('contact' in data) || typeof (data.contact ?? 'x') === 'object'
    for (const person of ['machi', 'mayu', 'root', 'midori', 'hana', 'dango'] as const) {
      const { status } = await cms.rest(person, `PATCH ${town}`, data)
      expect({ person, status }).toEqual({ person, status: hasShape ? 403 : 400 })
    }
    const many = `PATCH /kizuna-municipalities?where[code][equals]=999016`
    expect((await cms.rest('root', many, data)).status).toBe(403)
    const req = await cms.reqOf('root')
    const local = cms.payload.update({
      collection: 'kizuna-municipalities',
      id: cms.municipality.id,
      data: data as never,
      overrideAccess: true,
      req,
    })
    await expect(local).rejects.toMatchObject({ code: 'GATE_CLOSED' })
    expect(await stored()).toEqual(before)
  })

  test.each([{ 'contact.phone': '0999-00-0001' }, { $set: { senderName: 'x' } }])(
    'by a path: %j',
    async (data) => {
      const { contact, senderName } = await stored()
      await cms.rest('machi', `PATCH ${town}`, data)
      expect(await stored()).toMatchObject({ contact, senderName })
    },
  )

  test('over GraphQL', async () => {
    const before = await stored()
    const { id } = cms.municipality
    const contact = 'department: "健康課", phone: "0999-00-0001", hours: "平日"'
    const words = `senderName: "見本町 便り", contact: { ${contact} }`
    const answer = await cms.graphql(
      'root',
      `mutation { updateKizunaMunicipality(id: "${id}", data: { ${words} }) { id } }`,
    )
    expect(answer.body.errors).toHaveLength(1)
    expect(await stored()).toEqual(before)
  })

  test('and the rest of the settings is saved as ever, with the words as they are', async () => {
    const { name, senderName, contact, contactVariables, areas, hosts } = await stored()
    const words = { name, senderName, contact, contactVariables, areas, hosts }
    expect((await cms.rest('machi', `PATCH ${town}`, { ...words, dailyCap: 4 })).status).toBe(200)
    expect(await stored()).toMatchObject({ dailyCap: 4 })
  })
})

describe('a proposed change', () => {
  test('changes nothing until a second person confirms it, and then everything is recorded', async () => {
    const id = await proposed({ phone: '0999-00-0001' })
    expect(await stored()).toMatchObject({ contact: { phone: '0123-45-6789' } })
    expect((await open('mayu')).body).toMatchObject({
      change: {
        proposedByName: 'machi',
        lines: [{ label: '電話番号', before: '0123-45-6789', after: '0999-00-0001' }],
      },
      can: { decide: true },
    })
    expect((await end('mayu', id, ['confirm'])).status).toBe(200)
    expect(await stored()).toMatchObject({
      contact: { phone: '0999-00-0001', department: '健康課' },
    })
    expect((await open('mayu')).body.change).toBeNull()
    expect((await end('mayu', id, ['confirm'])).status).toBe(409)
    const { docs } = await cms.payload.find({
      collection: 'kizuna-audit-log',
      where: { collection: { equals: 'kizuna-municipalities' } },
      sort: '-createdAt',
      limit: 3,
      depth: 0,
    })
    const said = docs.map(({ action, note, actor }) => [action, note, actor?.value])
    expect(said).toEqual(
      expect.arrayContaining([
        ['propose', '電話番号', cms.users.machi.id],
        ['edit', '電話番号: 0123-45-6789 → 0999-00-0001', cms.users.mayu.id],
        ['confirm', '電話番号', cms.users.mayu.id],
      ]),
    )
  })

  test.each(['machi', 'hana', 'doctor', 'dango'] as const)(
    '%s does not confirm it',
    async (person) => {
      const before = await stored()
      const id = await proposed()
      expect((await end(person, id, ['confirm'])).status).toBeGreaterThanOrEqual(403)
      expect(await stored()).toEqual(before)
    },
  )

  test('who proposed it does not confirm it, whatever their roles', async () => {
    const id = await proposed({ hours: '平日 9:00〜16:00' }, 'mayu')
    const own = await end('mayu', id, ['confirm'])
    expect(own.status).toBe(403)
    expect(own.body.errors[0].message).toContain('自分が提案した変更は確かめられません')
    expect((await open('mayu')).body.deciders).toContain('承認者がいません')
    expect((await end('midori', id, ['confirm'])).status).toBe(200)
    expect((await open('mayu')).body.deciders).toContain('この自治体の承認者はあなただけなので')
    expect((await open('machi')).body.deciders).toContain('mayuさん')
  })

  test('of the page to a host that is not named is one problem, that of the page', async () => {
    const answer = await propose('machi', { url: 'https://other.example/' })
    expect(answer.status).toBe(400)
    const [{ data }] = answer.body.errors
    expect(data.errors.map(({ path }: { path: string }) => path)).toEqual(['contact.url'])
  })

  test('of the name is the administrator’s to propose', async () => {
    expect((await propose('machi', { name: '見本中央町' })).status).toBe(403)
    const id = await proposed({ name: '見本中央町' }, 'root')
    expect((await end('root', id, ['confirm'])).status).toBe(403)
    expect((await end('mayu', id, ['confirm'])).status).toBe(200)
    await end('mayu', await proposed({ name: '見本町' }, 'root'), ['confirm'])
  })

  test('is turned down with a reason, or taken back, and is over then', async () => {
    const first = await proposed()
    expect((await propose('machi', { hours: '平日' })).status).toBe(409)
    expect((await end('mayu', first, ['decline'])).status).toBe(400)
    expect((await end('mayu', first, ['decline', '番号が違います'])).status).toBe(200)
    expect((await end('mayu', first, ['confirm'])).status).toBe(409)
    const second = await proposed({ phone: '0999-00-0002' })
    expect((await end('dango', second, ['take-back'])).status).toBeGreaterThanOrEqual(403)
    expect((await end('machi', second, ['take-back'])).status).toBe(200)
    expect((await end('mayu', second, ['confirm'])).status).toBe(409)
    expect(await stored()).not.toMatchObject({ contact: { phone: '0999-00-0002' } })
  })

  test('is confirmed once, also by two at the same moment', async () => {
    const id = await proposed({ hours: '平日 9:00〜15:00' })
    const answers = await Promise.all([
      end('mayu', id, ['confirm']),
      end('midori', id, ['confirm']),
      end('kaoru', id, ['decline', '見本の理由']),
    ])
    expect(answers.filter(({ status }) => status === 200)).toHaveLength(1)
    expect(answers.filter(({ status }) => status === 409)).toHaveLength(2)
  })

  test('over words that are others by then is refused', async () => {
    const id = await proposed({ hours: '平日 10:00〜15:00' })
    const { contact } = await stored()
    const hours = '平日 8:00〜12:00'
    await cms.payload.update({
      collection: 'kizuna-municipalities',
      id: cms.municipality.id,
      data: { contact: { ...(contact as object), hours } } as never,
    })
    const answer = await end('mayu', id, ['confirm'])
    expect(answer.status).toBe(409)
    expect(answer.body.errors[0].message).toContain('提案のあとで受付時間が変わりました')
    expect(await stored()).toMatchObject({ contact: { hours } })
  })

  test('that changes nothing is none', async () => {
    expect((await propose('machi', { senderName: '見本町 子育て便り' })).status).toBe(400)
    expect((await propose('machi', {})).status).toBe(400)
  })

  test('can be made and read by nobody as a document', async () => {
    const data = {
      municipality: cms.municipality.id,
      step: 'confirm',
      by: cms.users.mayu.id,
      key: 'x',
    }
    for (const person of ['machi', 'mayu', 'midori', 'root'] as const) {
      expect((await cms.rest(person, 'POST /kizuna-municipality-changes', data)).status).toBe(403)
    }
    expect((await cms.rest('dango', 'GET /kizuna-municipality-changes')).status).toBe(403)
    expect((await open('dango')).status).toBe(404)
  })
})

describe('what cannot be saved cannot be proposed', () => {
  test.each([
    [{ department: '健康課\n0120-000-000 へ' }, '改行'],
    [{ department: 'あ'.repeat(61) }, '61'],
    [{ department: '健康課 https://bank.example/' }, 'アドレス'],
    [{ department: '健康課 bank.example' }, 'bank.example'],
    [{ hours: '平日 www.bank.example' }, 'アドレス'],
    [{ hours: '平日 line.me/ti/p/abc' }, 'line.me'],
    [{ phone: '0123' }, '読めません'],
    [{ phone: '0123-45-6789 bank.example' }, '電話番号の後ろ'],
    [{ url: 'http://www.example.jp' }, 'https'],
    [{ url: 'https://bank.example/' }, 'ホスト名'],
    [{ url: 'https://www.town.example.jp/', hosts: ['town.example.jp'] }, 'ホスト名'],
    [{ hosts: ['bit.ly'] }, '短縮'],
    [{ variables: [{ name: '保健センター', value: 'bank.example/login' }] }, 'アドレス'],
    [{ variables: [{ name: '保健センター', value: 'ｂａｎｋ．ｅｘａｍｐｌｅ' }] }, 'アドレス'],
    [{ variables: [{ name: '保健センター', value: '' }] }, '内容'],
    [{ variables: [{ name: '電話', value: '0123-45-6780' }] }, '決まった意味'],
    [{ senderName: '制作監修チーム' }, '制作監修チーム'],
    [{ senderName: '見本町 https://bank.example' }, 'アドレス'],
    [{ areas: ['bank.example'] }, 'アドレス'],
    [{ areas: ['北地区', '北地区'] }, '2 回'],
  ])('%j', async (words, said) => {
    expect(await sentenceOf(words)).toContain(said)
    expect((await open('machi')).body.change).toBeNull()
  })

  test('a page on a host that is named with it', async () => {
    const page = { url: 'https://www.town.example.jp/kosodate', hosts: ['www.town.example.jp'] }
    await end('mayu', await proposed(page), ['confirm'])
    expect(await stored()).toMatchObject({ contact: { url: page.url }, hosts: page.hosts })
    expect(await sentenceOf({ hosts: ['other.example.jp'] })).toContain(
      'が、この中にありません。加えるか、',
    )
  })

  test('another town’s name as a sender', async () => {
    await cms.payload.create({
      collection: 'kizuna-municipalities',
      data: { ...OTHER, contact: { ...OTHER.contact } } as never,
    })
    for (const senderName of ['ひなた野市 便り', 'ひなた野 はぐくみ便り', 'ヒナタ野市']) {
      expect(await sentenceOf({ senderName })).toContain('ひなた野市')
    }
    const twin = { ...OTHER, code: '394998', name: 'ひなた野市', mailFrom: 'a@b.example.jp' }
    const answer = await cms.rest('root', 'POST /kizuna-municipalities', twin)
    expect(answer.status).toBe(400)
    expect(JSON.stringify(answer.body)).toContain('ひなた野市')
  })
})

test('before it is proposed, the screen says what it touches', async () => {
  const { body } = await cms.rest('machi', `POST ${town}/words-effect`, {
    words: { department: '健康こども課' },
  })
  expect(body.lines).toEqual([{ label: '担当課', before: '健康課', after: '健康こども課' }])
  expect(body.sentences.join()).toContain('この自治体が送るすべての文(公開中 0 件)')
  expect((await cms.rest('dango', `POST ${town}/words-effect`, { words: {} })).status).toBe(403)
})

test('a new municipality’s hosts are those of its own page', async () => {
  const { docs } = await cms.payload.find({
    collection: 'kizuna-municipalities',
    where: { code: { equals: OTHER.code } },
  })
  expect(docs[0]?.hosts).toEqual(['www.city-hinatano.example.jp'])
})

const OTHER = {
  name: 'ひなた野市',
  code: '272990',
  senderName: 'ひなた野市 はぐくみ便り',
  editions: ['standard'],
  channels: ['mail'],
  mailFrom: 'hagukumi@city-hinatano.example.jp',
  windows: { line: { from: '09:00', to: '20:00' }, mail: { from: '09:00', to: '20:00' } },
  contact: {
    department: 'こども家庭センター',
    phone: '000-0200-0001',
    hours: '平日 8:45〜17:30',
    url: 'https://www.city-hinatano.example.jp/kosodate',
  },
  mailAfterCrash: 'at-most-once',
  dailyCap: 3,
  isActive: true,
}
