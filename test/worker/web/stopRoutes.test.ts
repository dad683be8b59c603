// product.md, rules 1 and 13: the quiet way to stop or rest, the way back for seven days, and what a
// forwarded link shows of it.
import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals'

import { registration, TARO } from '../readers/openStore'
import { openBrowser } from './browser'
import { formOf, openWeb } from './openWeb'

let web: Awaited<ReturnType<typeof openWeb>>
let mother: { readerId: string; childId: string }
let father: { readerId: string; childId: string }

beforeAll(async () => {
  web = await openWeb()
})
afterAll(() => web.close())
beforeEach(async () => {
  await web.empty()
  mother = await web.readers.register(registration())
  father = await web.readers.register(
    registration({
      address: TARO,
      relation: 'father',
      sharedChildren: [mother.childId],
      child: {},
    }),
  )
})

const browser = () => openBrowser(web.url)
const pathOf = (url: string) => new URL(url).pathname
const stopLink = (readerId = mother.readerId) =>
  pathOf(web.links.stopUrl({ readerId, town: '999016' }))
const enter = async (readerId = mother.readerId) => {
  const phone = browser()
  const own = await phone.press(await phone.open(pathOf(web.links.askedPageUrl(readerId))))
  return { phone, base: own.url }
}
const childrenOf = async (readerId: string) =>
  (await web.readers.childrenOf(readerId)).map(({ _id }) => _id)
const bodyOf = (page: string) =>
  /<main>(.*)<\/main>/s
    .exec(page)![1]!
    .replace(/<[^>]+>/g, ' ')
    .replace(/\s+/g, ' ')
    .trim()

/** Stage, date, dress, a name that speaks of children, or a word that hurts. */
const LOUD = /妊娠|週|歳|か月|誕生|予定日|生まれ|20\d\d年|<img|<svg|accent|子育て|流産|死産|亡/

describe('the page 「配信を止める・休む」', () => {
  const menu =
    '配信を止める・休む この子の分を止める(ご家族みなさんの分) この子の、自分の分だけ止める しばらく休む ぜんぶ止める'

  test('is two taps away from a text in a mail, and one from the own page', async () => {
    const phone = browser()
    const opened = await phone.open(pathOf(web.links.askedPageUrl(mother.readerId)))
    const way = /href="(\/stop\/[^"]+)"[^>]*>配信を止める・休む</.exec(opened.page)![1]!
    const quiet = await phone.open(way)
    expect(bodyOf(quiet.page)).toBe(menu)
    const { phone: other, base } = await enter()
    expect((await other.open(base)).page).toContain(`href="${base}/quiet"`)
    expect(bodyOf((await other.open(`${base}/quiet`)).page)).toBe(`${menu} もどる`)
  })

  test('speaks of the family where there is one, and tells nobody that another one has left', async () => {
    const { phone, base } = await enter()
    const stop = `${base}/children/${mother.childId}/stop`
    const pages = async () =>
      Promise.all([base, `${base}/quiet`, stop].map(async (path) => (await phone.open(path)).page))
    const before = await pages()
    expect(bodyOf(before[2]!)).toContain('ご家族みなさんの分も')
    await web.readers.leaveChild(father)
    expect(await pages()).toEqual(before)
    await web.readers.stopReader(father.readerId)
    expect(await pages()).toEqual(before)
  })

  test('shows no stage, no date, no picture and no word that hurts, on any of its pages', async () => {
    const { phone, base } = await enter()
    const child = `/children/${mother.childId}`
    for (const place of [
      '/quiet',
      `${child}/stop`,
      `${child}/leave`,
      '/stop',
      '/stopped',
      '/undo',
    ]) {
      const { page } = await phone.open(`${base}${place}`)
      expect(page).toContain('class="quiet"')
      expect(page).not.toMatch(LOUD)
    }
  })

  test('says of the town its name and telephone alone, on every way there', async () => {
    const { phone, base } = await enter()
    const mail = pathOf(web.links.unsubscribeUrl({ readerId: father.readerId, town: '999016' }))
    for (const path of [`${base}/quiet`, stopLink(), `${stopLink()}/rest`, mail]) {
      const { page } = await phone.open(path)
      expect(page).toContain('<header><p class="sender">みなと町</p></header>')
      expect(page).toMatch(/<footer>\s*<p>みなと町<\/p>\s*<p><a href="tel:0300000000">電話/)
      expect(page).not.toMatch(/子育て|<img|<svg|accent/)
    }
  })

  test('offers nothing to stop where nothing comes, and goes on where support texts do', async () => {
    await web.readers.stopChild(mother)
    const { phone, base } = await enter(father.readerId)
    expect(bodyOf((await phone.open(`${base}/quiet`)).page)).toBe(
      'いま届く配信はありません。 もどる',
    )
    await web.readers.askSupport(father.readerId)
    const { page } = await phone.open(`${base}/quiet`)
    expect(bodyOf(page)).toBe(
      '配信を止める・休む しばらく休む ぜんぶ止める からだとこころの文を止める もどる',
    )
  })

  test('opened again after everything was stopped, it asks nothing', async () => {
    await web.readers.stopReader(mother.readerId)
    const link = stopLink()
    for (const path of [`${link}/stop`, `${link}/rest`]) {
      const shown = await browser().open(path)
      expect(shown.url).toBe(link)
      expect(bodyOf(shown.page)).toMatch(
        /^配信は止まっています。 手続きや相談先 もう一度登録できます。/,
      )
    }
  })

  test('tells several children apart by their order, in any link', async () => {
    const { readerId } = mother
    await web.readers.addChild({ readerId, birthDate: '2024-02-29' })
    await web.readers.addChild({ readerId, birthDate: '2021-04-01' })
    const phone = browser()
    const shown = await phone.open(stopLink())
    expect(bodyOf(shown.page)).toMatch(
      /いちばん下のお子さん .* 上から 2 番めのお子さん .* いちばん上のお子さん/,
    )
    expect(shown.page).not.toMatch(LOUD)
    const ways = [...shown.page.matchAll(/href="([^"]+\/stop)"/g)].map(([, way]) => way!)
    const second = await phone.open(ways[1]!)
    expect(bodyOf(second.page)).toContain('上から 2 番めのお子さん')
    await phone.press(second)
    const left = await web.readers.childrenOf(readerId)
    expect(left.map(({ birthDate }) => birthDate)).toEqual([undefined, '2021-04-01'])
  })

  test('tells twins apart by the number on the page where they stand, being neither older', async () => {
    const { readerId } = await web.readers.register(
      registration({ address: { ...TARO, address: 'twins@example.jp' } }),
    )
    await web.readers.addChild({ readerId, birthDate: '2024-02-29' })
    await web.readers.addChild({ readerId, birthDate: '2024-02-29', answer: 'twin' })
    const { page } = await browser().open(stopLink(readerId))
    expect(bodyOf(page)).toMatch(
      /いちばん下のお子さん .*「登録の内容」で 2 番めのお子さん .*「登録の内容」で 3 番めのお子さん/,
    )
  })

  test('a child nobody shares is not said to be the family’s', async () => {
    const alone = await web.readers.register(
      registration({ address: { ...TARO, address: 'jiro@example.jp' } }),
    )
    const { page } = await browser().open(stopLink(alone.readerId))
    expect(bodyOf(page)).toBe('配信を止める・休む この子の分を止める しばらく休む ぜんぶ止める')
    const stop = await browser().open(`${stopLink(alone.readerId)}/children/${alone.childId}/stop`)
    expect(bodyOf(stop.page)).toBe('この子の配信を止めます。 止める もどる')
  })
})

describe('the way back', () => {
  test('who stopped a child has it back for everybody, without registering again', async () => {
    const { phone, base } = await enter()
    const stopped = await phone.press(await phone.open(`${base}/children/${mother.childId}/stop`))
    expect(await childrenOf(father.readerId)).toEqual([])
    const undone = await phone.press(stopped)
    expect(undone.url).toBe(`${base}/undone`)
    expect(bodyOf(undone.page)).toBe('元にもどしました。 登録の内容を見る 配信を止める・休む')
    expect(await childrenOf(father.readerId)).toEqual([mother.childId])
    expect((await phone.open(base)).page).not.toContain('元にもどす')
    const back = await phone.open(stopped.url)
    expect(back.url).toBe(`${base}/quiet`)
    expect(back.page).not.toContain('止めました')
  })

  test('by a later visit of their page too, for seven days', async () => {
    await web.readers.stopChild(mother)
    web.clock.now = new Date('2026-11-29T23:00:00Z')
    const { phone, base } = await enter()
    const own = await phone.open(base)
    expect(bodyOf(own.page)).toMatch(/^いま届く配信はありません。 元にもどす/)
    web.clock.now = new Date('2026-11-30T01:00:00Z')
    const late = await phone.press(own)
    expect(late.url).toBe(`${base}/undo`)
    expect(await childrenOf(mother.readerId)).toEqual([])
  })

  test('who wishes for texts again is not asked for one child more', async () => {
    await web.readers.stopChild(mother)
    const { phone, base } = await enter(father.readerId)
    const { page } = await phone.open(`${base}/add`)
    expect(bodyOf(page)).toContain('また受け取りたいとき お子さんは')
    expect(page).not.toContain('お子さんを追加')
  })

  test('the others see neither who it was nor a way back', async () => {
    await web.readers.stopChild(mother)
    const { phone, base } = await enter(father.readerId)
    const { page } = await phone.open(base)
    expect(bodyOf(page)).toBe(
      'いま届く配信はありません。 手続きや相談先 あなたのデータ また受け取りたいとき',
    )
    const [note] = await web.readers.openStops({ readerId: mother.readerId })
    const tried = await phone.press(
      { page: '', url: `${base}/undo`, status: 200, isReloadable: true },
      { stop: note!.id },
    )
    expect(tried.url).toBe(`${base}/undo`)
    expect(await childrenOf(mother.readerId)).toEqual([])
  })

  test('a forwarded link undoes what was stopped by it in that browser, and nothing of the reader’s', async () => {
    const link = stopLink()
    const [phone, other] = [browser(), browser()]
    await web.readers.stopReader(mother.readerId)
    expect(bodyOf((await phone.open(link)).page)).toBe(
      '配信は止まっています。 手続きや相談先 もう一度登録できます。 登録のページ',
    )
    const [own] = await web.readers.openStops({ readerId: mother.readerId })
    await web.readers.undoStop({ readerId: mother.readerId, id: own!.id })
    await phone.open(link)
    const stopped = await phone.press(await phone.open(`${link}/stop`))
    await other.open(link)
    expect((await other.open(`${link}/stopped`)).page).not.toContain('元にもどす')
    expect(bodyOf((await phone.press(stopped)).page)).toBe('元にもどしました。 配信を止める・休む')
    expect(await web.readers.findReader(mother.readerId)).toMatchObject({ status: 'active' })
  })

  test('mail that was unsubscribed by its own link comes again in that browser', async () => {
    const path = pathOf(web.links.unsubscribeUrl({ readerId: father.readerId, town: '999016' }))
    const phone = browser()
    const ask = await phone.open(path)
    expect(bodyOf(ask.page)).toContain('あなたの分だけが止まります。ご家族には、そのまま届きます。')
    const stopped = await phone.press(ask)
    expect(stopped.url).toBe(`${path}/stopped`)
    expect(bodyOf(stopped.page)).toMatch(/^止めました。 元にもどす/)
    expect(bodyOf((await phone.press(stopped)).page)).toBe('元にもどしました。 配信を止める・休む')
    expect(await web.readers.findReader(father.readerId)).toMatchObject({ status: 'active' })
    expect((await phone.open(stopped.url)).url).toBe(path)
  })

  test('a link is asked for by mail for these seven days, and never brought to whom it has ended', async () => {
    const asked = () => web.post('/me', { mail: 'taro@example.jp' })
    const mailed = () =>
      new Promise<void>((resolve) => {
        web.state.mailed = resolve
      })
    await web.readers.stopReader(father.readerId)
    const first = mailed()
    await asked()
    await first
    expect(web.sent.mails).toHaveLength(1)
    web.clock.now = new Date('2026-11-30T01:00:00Z')
    await asked()
    // Who is active is answered after it: by then nothing was sent to who is not.
    await web.readers.register(registration({ address: { ...TARO, address: 'hanako@example.jp' } }))
    const second = mailed()
    await web.post('/me', { mail: 'hanako@example.jp' })
    await second
    expect(web.sent.mails.map(({ to }) => to)).toEqual(['taro@example.jp', 'hanako@example.jp'])
  })
})

describe('resting', () => {
  const rest = async (
    { phone, base }: Awaited<ReturnType<typeof enter>>,
    typed: Record<string, string>,
  ) => phone.press(await phone.open(`${base}/rest`), typed)

  test('for a while: one sentence says from when texts come again, on the own page too', async () => {
    const visit = await enter()
    const rested = await rest(visit, { length: 'month' })
    expect(bodyOf(rested.page)).toBe(
      '休んでいます。2026年12月23日(水)から、また届きます。 いますぐ再開する 登録の内容を見る',
    )
    const own = await visit.phone.open(visit.base)
    expect(own.page).toContain('休んでいます。2026年12月23日(水)から、また届きます。')
    expect(own.page).not.toContain('次の文は')
    const back = await visit.phone.press(own)
    expect(back.page).toContain('再開しました。')
    expect(await web.readers.findReader(mother.readerId)).not.toHaveProperty('rest')
  })

  test.each<[Record<string, string>, string | null]>([
    [{ length: 'week' }, '2026-11-30'],
    [{ length: 'day', day: '2027-01-05' }, '2027-01-05'],
    [{ length: 'back' }, null],
  ])('%j rests until %s', async (typed, until) => {
    await rest(await enter(), typed)
    expect(await web.readers.findReader(mother.readerId)).toMatchObject({ rest: { until } })
  })

  test.each<Record<string, string>>([
    { length: 'day' },
    { length: 'day', day: '2026-11-23' },
    { length: 'day', day: '2028-01-01' },
    { length: 'day', day: '2026-02-30' },
    { length: 'constructor' },
  ])('%j is asked again and rests nobody', async (typed) => {
    const refused = await rest(await enter(), typed)
    expect(refused.page).toContain('<title>エラー: しばらく休む')
    expect(await web.readers.findReader(mother.readerId)).not.toHaveProperty('rest')
  })

  test('by a link that opens nothing else too, and only the browser that pressed it takes it back', async () => {
    const [phone, other] = [browser(), browser()]
    const link = stopLink()
    const rested = await phone.press(await phone.open(`${link}/rest`), { length: 'back' })
    expect(bodyOf(rested.page)).toBe(
      '休んでいます。再開するまで、何も届きません。 いますぐ再開する 配信を止める・休む',
    )
    await other.open(link)
    const theirs = await other.open(`${link}/resting`)
    expect(bodyOf(theirs.page)).toBe(
      '休んでいます。再開するまで、何も届きません。 再開するときは、「登録の内容」のページからできます。 配信を止める・休む',
    )
    await other.press({ ...theirs, url: `${link}/back` })
    await web.post(`${link}/back`)
    expect(await web.readers.findReader(mother.readerId)).toMatchObject({ rest: { until: null } })
    const back = await phone.press(rested)
    expect(back.url).toBe(`${link}/resting`)
    expect(bodyOf(back.page)).toBe('いまは休んでいません。 配信を止める・休む')
    expect(await web.readers.findReader(mother.readerId)).not.toHaveProperty('rest')
  })

  test('a rest that is on is said on the first page of each way to stop', async () => {
    const text = pathOf(web.links.textUrl({ readerId: mother.readerId, town: '999016' }))
    const { phone, base } = await enter()
    const first = [stopLink(), text, `${base}/quiet`]
    const saying = async () =>
      Promise.all(first.map(async (path) => bodyOf((await phone.open(path)).page)))
    for (const page of await saying()) expect(page).not.toContain('休んでいます')
    await web.readers.rest({ readerId: mother.readerId, until: '2027-03-01' })
    const said = '休んでいます。2027年3月1日(月)から、また届きます。'
    for (const page of await saying()) expect(page).toContain(said)
    await web.readers.comeBack(mother.readerId)
    for (const page of await saying()) expect(page).not.toContain('休んでいます')
  })

  test('a link neither shortens nor ends a rest that was on, and takes back none begun since', async () => {
    const phone = browser()
    const link = stopLink()
    const form = await phone.open(`${link}/rest`)
    await web.readers.rest({ readerId: mother.readerId, until: '2027-03-01' })
    const kept = await phone.press(form, { length: 'week' })
    expect(bodyOf(kept.page)).toContain('2027年3月1日(月)から、また届きます。 再開するときは')
    expect((await phone.open(`${link}/rest`)).url).toBe(`${link}/resting`)
    await web.readers.comeBack(mother.readerId)
    await phone.press(form, { length: 'week' })
    await web.readers.rest({ readerId: mother.readerId, until: null })
    await phone.press({ ...form, url: `${link}/back`, page: '' })
    expect(await web.readers.findReader(mother.readerId)).toMatchObject({ rest: { until: null } })
    expect(await web.readers.openStops({ readerId: mother.readerId })).toEqual([])
  })
})

test('GET and HEAD change nothing anywhere on the way', async () => {
  const { base } = await enter()
  const before = await web.collections.readers.find().toArray()
  const children = await web.collections.children.find().toArray()
  const link = stopLink()
  const one = `/children/${mother.childId}`
  for (const way of [base, link]) {
    for (const place of [
      '',
      `${one}/stop`,
      `${one}/leave`,
      '/stop',
      '/rest',
      '/undo',
      '/undone',
      '/support',
      '/support/ask',
    ]) {
      await fetch(new URL(`${way}${place}`, web.url))
      await fetch(new URL(`${way}${place}`, web.url), { method: 'HEAD' })
    }
  }
  expect(await web.collections.readers.find().toArray()).toEqual(before)
  expect(await web.collections.children.find().toArray()).toEqual(children)
})

test('the form of a rest offers what can be chosen, and begins with one', async () => {
  const { phone, base } = await enter()
  const { page } = await phone.open(`${base}/rest`)
  expect(formOf(page)).toMatchObject({ length: 'month', day: '' })
})

test('a family’s link reads alike whether it ran out or its child was stopped', async () => {
  const { childId } = mother
  const link =
    pathOf(web.links.shareUrl({ children: [childId], municipality: '999016' })) +
    new URL(web.links.shareUrl({ children: [childId], municipality: '999016' })).search
  await web.readers.stopChild(mother)
  const stopped = await web.get(link)
  await web.readers.undoStop({
    readerId: mother.readerId,
    id: (await web.readers.openStops({ readerId: mother.readerId }))[0]!.id,
  })
  expect((await web.get(link)).status).toBe(200)
  web.clock.now = new Date('2026-12-01T01:00:00Z')
  const ranOut = await web.get(link)
  const [one, other] = [await stopped.text(), await ranOut.text()]
  expect([stopped.status, ranOut.status]).toEqual([410, 410])
  expect(one).toBe(other)
  expect(one).toContain('href="/r/999016"')
  expect(one).not.toMatch(/使えません|止|もう一度送って/)
})
