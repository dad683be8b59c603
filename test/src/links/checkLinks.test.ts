// Links in what is out, on the real CMS; the internet is a table.
import { beforeEach, expect, test } from '@jest/globals'

import { checkLinks } from '../../../src/links/checkLinks'
import { findBrokenLinks, findLinks } from '../../../src/links/findLinks'
import type { Finding } from '../../../src/links/finding'
import { openEditorialCmsOfFile, type Person } from '../review/editorialCms'

const cms = await openEditorialCmsOfFile()

const asked: string[] = []
/** What is not here is there. */
const internet = new Map<string, Finding>()
let isKilled = false
const lookAt = async (address: string) => {
  if (isKilled) throw new Error('killed')
  asked.push(address)
  return { finding: internet.get(address) ?? ('there' as const), status: null }
}
const night = (day: number, hour = 3) => new Date(`2027-04-0${day}T0${hour}:00:00+09:00`)
const check = (at: Date) => checkLinks(cms.payload, { now: () => at, lookAt })
const listOf = async (person: Person) =>
  (await findLinks(await cms.reqOf(person))).links.map(({ address, part, uses }) => ({
    address,
    part,
    titles: uses.map(({ title }) => title),
  }))

beforeEach(() => {
  asked.length = 0
})

const A = 'https://a.jp/page'
const B = 'https://b.jp/page'

test('before there is anything out, and before one in the morning, nobody is asked', async () => {
  await cms.draft({ body: `下書きの ${A}` })
  expect(await check(night(1))).toBe(0)
  await cms.published({ title: 'あ', body: `くわしくは ${A} と ${B} へ。` })
  expect(await check(night(1, 0))).toBe(0)
  expect(asked).toEqual([])
  expect(await findLinks(await cms.reqOf('hana'))).toEqual({
    links: [],
    isCutOff: false,
    checkedOn: null,
  })
})

test('each address is looked at once a day; what was broken off goes on', async () => {
  isKilled = true
  await expect(check(night(1))).rejects.toThrow('killed')
  isKilled = false
  internet.set(A, 'gone')
  expect(await check(night(1))).toBeGreaterThan(0)
  expect(await check(night(1, 4))).toBe(0)
  expect(asked.filter((address) => address === A)).toEqual([A])
  expect(await listOf('hana')).toEqual([{ address: A, part: 'broken', titles: ['あ 第1版'] }])
})

test('staff of a municipality see the links of their own texts and page, the team all', async () => {
  const url = 'https://town.jp/reserve'
  await cms.publishedAddOn({
    title: '町の予約',
    blocks: [{ blockType: 'link', label: '予約', url }],
  })
  internet.set(url, 'inside')
  await check(night(2))
  const own = { address: url, part: 'broken', titles: ['町の予約 第1版'] }
  expect(await listOf('machi')).toEqual([own])
  const elsewhere = await cms.reqOf('machi')
  Object.assign(elsewhere.user!, { kizunaMunicipality: 'f'.repeat(24) })
  expect((await findLinks(elsewhere)).links).toEqual([])
  expect(await listOf('midori')).toEqual([
    { address: A, part: 'broken', titles: ['あ 第1版'] },
    own,
  ])
})

test('an address of the list is looked at again by whom it is for, and no other one is', async () => {
  const look = (person: Person | null, address: string) =>
    cms.rest(person, 'POST /links/look', { address })
  expect((await look(null, A)).status).toBe(403)
  expect((await look('machi', A)).status).toBe(404)
  expect((await look('hana', 'https://elsewhere.jp/')).status).toBe(404)
  // Names that are set aside are known without the network.
  const url = 'https://www.example.jp/x'
  await cms.published({ title: 'い', body: url })
  internet.set(url, 'gone')
  await check(night(3))
  expect(await look('hana', url)).toEqual({
    status: 200,
    body: { part: 'example', words: expect.stringContaining('見本用のアドレス') },
  })
})

test('what was mended and published, or withdrawn, is gone from the list at once', async () => {
  const { id } = await cms.published({ title: 'う', body: 'https://c.jp/gone' })
  internet.set('https://c.jp/gone', 'gone')
  await check(night(4))
  const addresses = async () => (await listOf('hana')).map(({ address }) => address)
  expect(await addresses()).toContain('https://c.jp/gone')
  await cms.rest('midori', `POST /kizuna-manuscripts/${id}/withdraw`, { reason: '古い' })
  expect(await addresses()).not.toContain('https://c.jp/gone')
  asked.length = 0
  await check(night(5))
  expect(asked).not.toContain('https://c.jp/gone')
})

test('a machine that reaches nobody calls nothing broken', async () => {
  for (const address of [...asked, A, B]) internet.set(address, 'silent')
  const all = await cms.payload.db.find<{ address: string }>({
    collection: 'kizuna-link-checks',
    where: {},
    limit: 0,
    pagination: false,
  })
  for (const { address } of all.docs) internet.set(address, 'silent')
  await check(night(6))
  const found = await findLinks(await cms.reqOf('midori'))
  expect(found).toEqual({ links: [], isCutOff: true, checkedOn: '2027-04-06' })
  expect(await findBrokenLinks(await cms.reqOf('midori'))).toEqual([])
})
