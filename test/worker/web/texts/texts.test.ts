// これまでの文: what a reader got is there to be read once more, and nothing else is.
import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals'

import * as town from '../../../src/plan/town'
import { registration, TARO } from '../../readers/openStore'
import { openWeb } from '../openWeb'
import { sendText } from './sentText'

let web: Awaited<ReturnType<typeof openWeb>>
let mother: { readerId: string; childId: string }
let base: string
let path: string

beforeAll(async () => {
  web = await openWeb()
})
afterAll(() => web.close())
beforeEach(async () => {
  await web.empty()
  const { readerId, childId } = await web.readers.register(registration())
  mother = { readerId, childId }
  base = await web.enter(web.links.askedPageUrl(readerId))
  path = `${base}/children/${childId}/texts`
})

const shown = async (address: string) => bodyOf(await (await web.get(address)).text())
const landed = async (answer: Response) => bodyOf(await (await web.land(answer)).text())
const sendTo = (slot: string, day: string, more = {}) =>
  sendText(web, { ...mother, slot, day, ...more })
/** The address of a text in a list. */
const addressOf = async (title: string, list = path) => {
  const page = await (await web.get(list)).text()
  return new RegExp(`href="([^"]+)">${title}`).exec(page)?.[1] ?? null
}

test('the texts stand newest first, each leads to its words, and no address names a stage', async () => {
  await sendTo('23w6d', '2026-11-20')
  await sendTo('24w1d', '2026-11-22')
  expect(await shown(path)).toMatch(
    /2026年11月22日\(日\) 妊娠24週1日の文 24w1d の文です。.*2026年11月20日\(金\) 妊娠23週6日の文/,
  )
  const address = await addressOf('24w1d')
  expect(decodeURIComponent(address!)).not.toMatch(/24w|2026|妊娠/)
  expect(await shown(address!)).toContain('24w1d の文です。')
})

test('a text says what went out: add-ons, cards and links, without footer, quiet row and own links', async () => {
  const link = {
    blockType: 'link',
    label: '両親学級',
    url: 'https://minato.example/a',
    description: '月に一度です。',
  }
  const addOn = town.release(
    town.addOn({
      from: '24w1d',
      blocks: [{ blockType: 'text', text: '町の催しです。\nhttps://minato.example/b' }, link],
    }),
  )
  for (const channel of ['line', 'mail'] as const) {
    await web.empty()
    const { readerId, childId } = await web.readers.register(registration())
    base = await web.enter(web.links.askedPageUrl(readerId))
    const own = { readerId, childId, slot: '24w1d', day: '2026-11-22', channel, addOns: [addOn] }
    await sendText(web, own)
    const list = `${base}/children/${childId}/texts`
    const title = channel === 'mail' ? '24w1d のお知らせ' : '24w1d の文です。'
    const page = await (await web.get((await addressOf(title, list))!)).text()
    expect(bodyOf(page)).toMatch(/24w1d の文です。.*町から.*町の催しです。.*両親学級/)
    expect(page).toContain('href="https://minato.example/a"')
    expect(page).toContain('href="https://minato.example/b"')
    expect(bodyOf(page)).not.toMatch(/――|変更・停止|unsubscribeUrl|myPageUrl|\{\{/)
  }
})

test('of a shared child the texts of before a move to another town are there, too', async () => {
  const sharedChildren = [mother.childId]
  const shared = registration({ address: TARO, relation: 'father', sharedChildren, child: {} })
  const father = (await web.readers.register(shared)).readerId
  await sendText(web, {
    readerId: father,
    childId: mother.childId,
    slot: '24w1d',
    day: '2026-11-22',
    channel: 'mail',
  })
  const said = { edition: 'standard', area: null, consentVersion: '1' }
  for (const municipality of ['999032', '999016']) {
    const there = { ...said, municipality, consentedAt: web.clock.now }
    expect(await web.readers.moveTown({ readerId: father, town: there })).toEqual({
      status: 'moved',
    })
    const [child] = await web.readers.childrenOf(father)
    expect(child!._id).not.toBe(mother.childId)
    const own = await web.enter(web.links.askedPageUrl(father))
    expect(await shown(own)).toContain('この 7 日にお送りした文 2026年11月22日(日) 妊娠24週1日の文')
    const list = `${own}/children/${child!._id}/texts`
    expect(await shown((await addressOf('24w1d', list))!)).toContain('24w1d の文です。')
  }
  // whose they are not sees none of them
  expect(await shown(path)).toContain('まだ、お送りした文はありません。')
  await web.readers.stopChild({ readerId: mother.readerId, childId: mother.childId })
  const own = await web.enter(web.links.askedPageUrl(father))
  expect(await shown(own)).not.toContain('24週1日')
})

test('a discreet text is read as any other, without its footer', async () => {
  const body = 'はじめの段落です。\n\nhttps://minato.example/c'
  await sendTo('10w1d', '2026-11-22', { body, isDiscreet: true })
  const page = await (await web.get((await addressOf('はじめの段落です。'))!)).text()
  expect(page).toContain('href="https://minato.example/c"')
  expect(bodyOf(page).replace(/みなと町 子育て支援課.*/, '')).not.toMatch(
    /――|子育て支援課|変更・停止/,
  )
})

test('of a withdrawn text only that is said, and its words are found by no search', async () => {
  const { manuscript } = await sendTo('24w1d', '2026-11-22', { body: 'まちがった文です。' })
  const address = await addressOf('まちがった文')
  await web.contentStore.addReleases([
    { ...manuscript, id: `f${manuscript.id.slice(1)}`, revision: 2, action: 'withdraw' },
  ])
  expect(await shown(path)).toMatch(/この文は取り下げられました/)
  for (const one of [path, address!]) expect(await shown(one)).not.toContain('まちがった')
  expect(await shown(address!)).toContain('この文は取り下げられました')
  expect(await landed(await web.post(path, { words: 'まちがった' }))).toContain(
    '見つかりませんでした',
  )
})

test('a text that was published anew with other words says so', async () => {
  const { manuscript } = await sendTo('24w1d', '2026-11-22')
  const content = town.text({ slot: '24w1d', body: '新しい文です。' })
  const { contentHash } = town.release(content)
  const renewed = { ...manuscript, id: `e${manuscript.id.slice(1)}`, revision: 2 }
  await web.contentStore.addReleases([{ ...renewed, content, contentHash }])
  expect(await shown((await addressOf('24w1d'))!)).toContain(
    'この文は、そのあと新しく書きなおされています。',
  )
})

test('accepted is not arrived: what nobody knows is said so, and what was not taken is not there', async () => {
  await sendTo('23w0d', '2026-11-14', { state: 'unknown' })
  await sendTo('23w1d', '2026-11-15', { state: 'rejected' })
  await sendTo('23w2d', '2026-11-16', { state: 'expired' })
  await sendTo('23w3d', '2026-11-17', { state: 'planned' })
  const list = await shown(path)
  expect(list).toContain('妊娠23週0日の文 お送りできたかどうか、分かりませんでした。')
  expect(list).toContain('届いたかどうかまでは、分かりません')
  expect(list).not.toMatch(/23w[123]d/)
})

describe('searching', () => {
  test('finds words in whatever width and with or without readings, and keeps them out of every address', async () => {
    await sendTo('23w0d', '2026-11-14', { body: 'ＡＢＣ離乳食(りにゅうしょく)のはなし' })
    await sendTo('23w1d', '2026-11-15', { body: '眠りのはなし' })
    const answer = await web.post(path, { words: 'abc離乳食' })
    expect(answer.status).toBe(303)
    expect(decodeURIComponent(answer.headers.get('location')!)).not.toContain('離乳食')
    const found = await landed(answer)
    expect(found).toContain('「abc離乳食」のある文: 1 件')
    expect(found).not.toContain('眠り')
    expect(await landed(await web.post(path, { words: 'りにゅうしょく はなし' }))).toContain('1 件')
    const copied = '離乳食\u2060(りにゅうしょく)\u2060の' // as it stands on a page
    expect(await landed(await web.post(path, { words: copied }))).toContain('1 件')
    expect(await landed(await web.post(path, { words: ' ' }))).toContain('眠り')
    expect(web.logged).toEqual([])
  })

  test('what was searched for opens in no other browser', async () => {
    await sendTo('23w0d', '2026-11-14')
    const answer = await web.post(path, { words: '文' })
    const elsewhere = await fetch(web.url + answer.headers.get('location')!)
    expect(elsewhere.status).toBe(410)
  })
})

test('twenty stand on a page, with the way to older ones, also of a search', async () => {
  for (let day = 0; day < 21; day += 1) {
    const date = `2026-10-${String(day + 1).padStart(2, '0')}`
    await sendTo(`${10 + Math.floor(day / 7)}w${day % 7}d`, date)
  }
  const first = await (await web.get(path)).text()
  expect(first.match(/の文です。<\/a>/g)).toHaveLength(20)
  expect(bodyOf(first)).toContain('2 ページのうち 1 ページめ 前の文')
  expect(await shown(`${path}?p=2`)).toContain('10w0d の文です。')
  const { headers } = await web.post(path, { words: 'の文' })
  const older = await shown(`${headers.get('location')}&p=2`)
  expect(older).toContain('「の文」のある文: 21 件')
  expect(older).toContain('10w0d の文です。')
})

describe('after a stop', () => {
  test.each([
    ['a child is stopped', () => web.readers.stopChild(mother)],
    ['its reader leaves it', () => web.readers.leaveChild(mother)],
    ['everything is stopped', () => web.readers.stopReader(mother.readerId)],
  ])('when %s its texts are gone, and come back when it is undone', async (_, stop) => {
    await sendTo('24w1d', '2026-11-22', { body: '二十四週の文' })
    const address = (await addressOf('二十四週'))!
    await stop()
    for (const one of [base, `${base}/texts`, path, address]) {
      expect(await landed(await web.get(one))).not.toMatch(/二十四週|24週|これまでの文/)
    }
    const [open] = await web.readers.openStops({ readerId: mother.readerId })
    await web.readers.undoStop({ readerId: mother.readerId, id: open!.id })
    expect(await shown(path)).toContain('二十四週')
  })

  test('a text that spoke of both twins is both children’s, and nobody’s when one was stopped', async () => {
    const { readerId } = mother
    const added = await web.readers.addChild({ readerId, dueDate: '2027-03-13', answer: 'twin' })
    const twin = added.status === 'added' ? added.childId : ''
    await sendTo('24w1d', '2026-11-22', { body: 'ふたりの文', twin })
    await sendTo('24w2d', '2026-11-23', { body: 'ひとりの文' })
    const others = `${base}/children/${twin}/texts`
    expect(await shown(path)).toContain('ふたりの文')
    expect(await shown(others)).toContain('ふたりの文')
    await web.readers.stopChild({ readerId, childId: twin })
    expect(await shown(path)).toContain('ひとりの文')
    expect(await shown(path)).not.toContain('ふたり')
  })
})

test('several children are told apart as on their cards, and one needs no choice', async () => {
  expect((await web.get(`${base}/texts`)).url).toBe(web.url + path)
  await web.readers.addChild({ readerId: mother.readerId, birthDate: '2024-02-29' })
  expect(await shown(`${base}/texts`)).toMatch(
    /どのお子さんの文を見ますか 1\. 妊娠24週2日 2\. 2歳8か月/,
  )
})

test('nobody reads the texts of another reader of the same child', async () => {
  await sendTo('24w1d', '2026-11-22', { body: 'ははへの文' })
  const sharedChildren = [mother.childId]
  const father = await web.readers.register(
    registration({ address: TARO, relation: 'father', sharedChildren, child: {} }),
  )
  const own = await web.enter(web.links.askedPageUrl(father.readerId))
  expect(await shown(`${own}/children/${mother.childId}/texts`)).toContain(
    'まだ、お送りした文はありません。',
  )
  const address = (await addressOf('ははへの文'))!
  expect((await fetch(web.url + address)).status).toBe(410)
})

test('the page speaks the language of the edition', async () => {
  await web.readers.changeProfile({ readerId: mother.readerId, edition: 'easy' })
  await sendTo('24w1d', '2026-11-22')
  expect(await shown(path)).toContain('前(まえ)の お知(し)らせ')
})

function bodyOf(page: string): string {
  const body = /<body[^>]*>(.*)<\/body>/s.exec(page)?.[1] ?? ''
  return body
    .replace(/<[^>]+>/g, ' ')
    .replace(/\s+/g, ' ')
    .trim()
}
