// One link, or one code, for as many children as one likes; the other one registers once.
import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals'

import { SHARE_LINK_LIFE_MS } from '../../../../worker/web/link'
import { qrCode } from '../../../../worker/web/family/qrCode'
import { registration } from '../../readers/openStore'
import { formOf } from '../openWeb'
import { bodyOf, openFamilyWeb } from './family'

let web: Awaited<ReturnType<typeof openFamilyWeb>>
let mother: { readerId: string; childId: string }

beforeAll(async () => {
  web = await openFamilyWeb()
})
afterAll(() => web.close())
beforeEach(async () => {
  await web.empty()
  mother = await web.readers.register(registration())
})

const TARO = 'taro@example.jp'
const childrenOf = async (readerId: string) =>
  (await web.readers.childrenOf(readerId)).map(({ _id }) => _id)
const addTwin = async () => {
  const { readerId } = mother
  const added = await web.readers.addChild({ readerId, dueDate: '2027-03-13', answer: 'twin' })
  return added.status === 'added' ? added.childId : ''
}
const addSibling = async () => {
  const added = await web.readers.addChild({ readerId: mother.readerId, birthDate: '2024-02-29' })
  return added.status === 'added' ? added.childId : ''
}
const invitation = async (query = '') => {
  const { phone, base } = await web.enterAs(mother.readerId)
  const { page } = await phone.open(`${base}/invite${query}`)
  const link = /<textarea[^>]*>([^<]+)</.exec(page)![1]!.replaceAll('&amp;', '&')
  return { page, link }
}

describe('the page 「ご家族を招く」', () => {
  test('is one tap from the own page, and has a link, a code and ways to send it', async () => {
    const { phone, base } = await web.enterAs(mother.readerId)
    expect((await phone.open(base)).page).toContain(`href="${base}/invite">ご家族を招く<`)
    const { page, link } = await invitation()
    expect(page).toContain('<svg')
    const url = encodeURIComponent(link)
    expect(page).toMatch(new RegExp(`https://line.me/R/share\\?text=[^"]*${url}"`))
    expect(page).toMatch(new RegExp(`mailto:\\?subject=[^"]*${url}"`))
    expect(page).not.toContain('type="checkbox"') // one child: nothing to choose
  })

  test('names no day: what goes through LINE says nothing of the child', async () => {
    const { page } = await invitation()
    const message = decodeURIComponent(/R\/share\?text=([^"]+)"/.exec(page)![1]!)
    expect(message).toContain('みなと町 子育て便り')
    expect(message).not.toMatch(/妊娠|週|誕生|予定日|20\d\d/)
  })

  test('is for all children at first, and for those that are ticked', async () => {
    const twin = await addTwin()
    const sibling = await addSibling()
    const { page, link } = await invitation()
    expect(page.match(/type="checkbox"[^>]*checked/g)).toHaveLength(3)
    const shared = (one: string) => web.links.openShare(new URL(one).searchParams.get('with')!)
    expect(new Set(shared(link))).toEqual(new Set([mother.childId, twin, sibling]))
    const some = await invitation(`?child=${twin}&child=${sibling}&child=another`)
    expect(new Set(shared(some.link))).toEqual(new Set([twin, sibling]))
    expect(some.page.match(/type="checkbox"[^>]*checked/g)).toHaveLength(2)
    expect(shared((await invitation('?child=another')).link)).toHaveLength(3)
  })

  test('says nothing when nothing comes any more', async () => {
    await web.readers.stopChild(mother)
    const { phone, base } = await web.enterAs(mother.readerId)
    expect((await phone.open(`${base}/invite`)).url).toBe(base)
  })
})

describe('who registers by it', () => {
  test('gets all children by one registration, each as it is said, without typing a date', async () => {
    const twin = await addTwin()
    const sibling = await addSibling()
    const { link } = await invitation()
    const { seen, done, reader } = await web.registerBy(link, TARO)
    expect(seen[0]).toContain('登録 1 / 4')
    expect(seen[1]).toContain('今日は妊娠24週2日です。 今日は2歳8か月と25日です。')
    expect(seen[1]!.match(/妊娠24週2日/g)).toHaveLength(1) // twins are one sentence
    expect(seen[3]).toContain('出産予定日 2027年3月13日(土)')
    expect(seen[3]).toContain('誕生日 2024年2月29日(木)')
    expect(done).toContain('登録しました')
    expect(done).toContain('今日は2歳8か月と25日です。')
    expect(new Set(await childrenOf(reader!._id))).toEqual(new Set([mother.childId, twin, sibling]))
    expect(web.sent.welcomes).toEqual([reader!._id])
    expect(reader).toMatchObject({ relation: 'father', identities: [{ channel: 'mail' }] })
  })

  test('a child that ended meanwhile is silently not among them', async () => {
    const sibling = await addSibling()
    const { link } = await invitation()
    await web.readers.stopChild(mother)
    const { seen, reader } = await web.registerBy(link, TARO)
    expect(seen.join()).not.toMatch(/今日は妊娠|終わりました|出産予定日 20/)
    expect(await childrenOf(reader!._id)).toEqual([sibling])
  })

  test('of none that goes on, the link reads like one that has run out', async () => {
    await addSibling()
    const { link } = await invitation()
    const open = () => web.get(web.pathOf(link))
    for (const childId of await childrenOf(mother.readerId)) {
      await web.readers.stopChild({ readerId: mother.readerId, childId })
    }
    const stopped = await open()
    expect(stopped.status).toBe(410)
    const words = bodyOf(await stopped.text())
    web.clock.now = new Date(web.clock.now.getTime() + SHARE_LINK_LIFE_MS)
    expect(bodyOf(await (await open()).text())).toBe(words)
  })

  test('a child that ended while the mail waited leaves the others', async () => {
    const sibling = await addSibling()
    const shared = { sharedChildren: [mother.childId, sibling], child: {} }
    const address = { channel: 'mail' as const, account: 'mail', address: TARO }
    const asked = await web.readers.requestConfirmation(registration({ address, ...shared }))
    await web.readers.stopChild(mother)
    const confirmed = await web.readers.confirm(asked!.token)
    expect(confirmed).toMatchObject({ status: 'confirmed', registered: { childId: sibling } })
    expect(confirmed).not.toHaveProperty('registered.others')
  })

  test('who had a child by themselves has it once, also of twins', async () => {
    const twin = await addTwin()
    const address = { channel: 'mail' as const, account: 'mail', address: TARO }
    const own = await web.readers.register(registration({ address, relation: 'father' }))
    const { reader } = await web.registerBy((await invitation()).link, TARO)
    expect(reader!._id).toBe(own.readerId)
    expect(new Set(await childrenOf(own.readerId))).toEqual(new Set([mother.childId, twin]))
  })
})

test('leaving by one does not end the other, whoever leaves', async () => {
  const twin = await addTwin()
  const { reader } = await web.registerBy((await invitation()).link, TARO)
  const both = new Set([mother.childId, twin])
  await web.readers.leaveChild({ readerId: mother.readerId, childId: twin })
  expect(await childrenOf(mother.readerId)).toEqual([mother.childId])
  expect(new Set(await childrenOf(reader!._id))).toEqual(both)
  await web.readers.stopReader(reader!._id)
  expect(await childrenOf(mother.readerId)).toEqual([mother.childId])
})

test('a code has its three eyes, its light border and as many dark squares as it needs', () => {
  const { text } = qrCode('https://kizuna.example/r/999016?with=k1.abc', 'QR コード')
  const size = Number(/viewBox="0 0 (\d+) \1"/.exec(text)![1])
  const dark = new Set(
    [...text.matchAll(/M(\d+) (\d+)h(\d+)/g)].flatMap(([, x, y, width]) =>
      Array.from({ length: Number(width) }, (_, step) => `${Number(x) + step},${Number(y)}`),
    ),
  )
  const eye = (left: number, top: number) =>
    Array.from({ length: 7 }, (_, row) =>
      Array.from({ length: 7 }, (_, at) => (dark.has(`${left + at},${top + row}`) ? '#' : '.')),
    ).map((row) => row.join(''))
  const EYE = ['#######', '#.....#', '#.###.#', '#.###.#', '#.###.#', '#.....#', '#######']
  expect(eye(4, 4)).toEqual(EYE)
  expect(eye(size - 11, 4)).toEqual(EYE)
  expect(eye(4, size - 11)).toEqual(EYE)
  for (const one of dark) {
    for (const at of one.split(',').map(Number)) {
      expect(at).toBeGreaterThanOrEqual(4)
      expect(at).toBeLessThan(size - 4)
    }
  }
  expect(formOf(text)).toEqual({})
})
