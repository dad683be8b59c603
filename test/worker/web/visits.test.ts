// A link to a reader's own page: whoever presses first has it, and what a forwarded one still shows.
import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals'

import { registration, TARO } from '../readers/openStore'
import { openBrowser } from './browser'
import { formOf, openWeb } from './openWeb'

let web: Awaited<ReturnType<typeof openWeb>>
let mother: { readerId: string; childId: string }

beforeAll(async () => {
  web = await openWeb()
})
afterAll(() => web.close())
beforeEach(async () => {
  await web.empty()
  mother = await web.readers.register(registration())
})

const browser = (name?: string) => openBrowser(web.url, { ...(name && { name }) })
const pathOf = (url: string) => new URL(url).pathname
const linkOf = () => pathOf(web.links.talkPageUrl({ readerId: mother.readerId, lineAccount: 'L1' }))
const after = (minutes: number) => {
  web.clock.now = new Date(web.clock.now.getTime() + minutes * 60_000)
}

/** Nothing of the family: no date, stage, child, edition, nor a way to change anything. */
const SECRETS = /2027|3月|妊娠|登録の内容<|お子さん|誕生|children|標準|地区|U(a1){16}/

test('a link is pressed, then it shows the page in that browser and a sentence in every other', async () => {
  const [phone, other] = [browser(), browser('Other')]
  const link = linkOf()
  const own = await phone.press(await phone.open(link))
  expect(own.page).toContain('妊娠24週2日')
  expect((await phone.open(link)).status).toBe(200)
  expect((await phone.press(await phone.open(link))).url).toBe(own.url)
  for (const address of [link, own.url, `${own.url}/add`, `${own.url}/about`]) {
    const shown = await other.open(address)
    expect(shown.status).toBe(410)
    expect(shown.page).not.toMatch(SECRETS)
    expect(shown.page).toContain('トークで「登録の内容」と送ると新しいリンクが届きます')
  }
})

test('opened by previews and scanners, as often as they like, it shows nothing and stays good', async () => {
  const link = linkOf()
  const counts = () =>
    Promise.all(Object.values(web.collections).map((collection) => collection.countDocuments()))
  const before = await counts()
  for (const method of ['GET', 'HEAD', 'GET']) {
    const answer = await fetch(new URL(link, web.url), { method })
    expect(answer.status).toBe(200)
    expect(await answer.text()).not.toMatch(SECRETS)
  }
  expect(await counts()).toEqual(before)
  const phone = browser()
  expect((await phone.press(await phone.open(link))).page).toContain('妊娠24週2日')
})

test('two browsers that press at once: one has it', async () => {
  const link = linkOf()
  const both = [browser(), browser('Other')]
  const opened = await Promise.all(both.map((one) => one.open(link)))
  const pressed = await Promise.all(both.map((one, at) => one.press(opened[at]!)))
  expect(pressed.map(({ status }) => status).sort()).toEqual([200, 410])
})

test('one button pressed twice at once opens one page', async () => {
  const phone = browser()
  const shown = await phone.open(linkOf())
  const twice = await Promise.all([phone.press(shown), phone.press(shown)])
  expect(new Set(twice.map(({ status, url }) => `${status} ${url}`)).size).toBe(1)
})

test.each([
  ['talk', 60],
  ['asked', 24 * 60],
] as const)('a %s link ends after %i minutes', async (kind, minutes) => {
  const { readerId } = mother
  const urls = {
    talk: web.links.talkPageUrl({ readerId, lineAccount: 'L1' }),
    asked: web.links.askedPageUrl(readerId),
  }
  after(minutes - 1)
  expect((await browser().open(pathOf(urls[kind]))).status).toBe(200)
  after(1)
  const phone = browser()
  const ended = await phone.open(pathOf(urls[kind]))
  expect(ended.status).toBe(410)
  expect((await phone.press(ended)).status).toBe(410)
})

test('without cookies nothing is opened, the link stays good and deliveries can be stopped', async () => {
  const bare = openBrowser(web.url, { cookies: false })
  const link = linkOf()
  const shown = await bare.open(link)
  const refused = await bare.press(shown)
  expect(refused.status).toBe(400)
  expect(refused.page).toContain('Cookie')
  const phone = browser()
  expect((await phone.press(await phone.open(link))).status).toBe(200)
  const stop = /href="(\/stop\/[^"]+)"/.exec(shown.page)![1]!
  expect((await bare.press(await bare.open(`${stop}/stop`))).page).toContain('止めました。')
  expect(await web.readers.findReader(mother.readerId)).toMatchObject({ status: 'stopped' })
})

test('the cookie is kept from scripts and other sites, and crosses TLS only', async () => {
  const cookie = (await web.get(linkOf())).headers.get('set-cookie')
  expect(cookie).toMatch(/HttpOnly/)
  expect(cookie).toMatch(/Secure/)
  expect(cookie).toMatch(/SameSite=Lax/)
  expect(cookie).not.toMatch(/Max-Age|Expires/)
})

describe('after an hour', () => {
  test('the page has ended; a new link in the same browser makes its addresses good again', async () => {
    const phone = browser()
    const own = await phone.press(await phone.open(linkOf()))
    after(60)
    const ended = await phone.open(own.url)
    expect(ended.status).toBe(410)
    expect(ended.page).not.toMatch(SECRETS)
    expect(ended.page).toContain('1 時間')
    expect((await phone.press(await phone.open(linkOf()))).url).toBe(own.url)
    expect((await phone.open(own.url)).status).toBe(200)
  })

  test('what was typed is not lost: the new link leads back to the form', async () => {
    const phone = browser()
    const own = await phone.press(await phone.open(linkOf()))
    const form = await phone.open(`${own.url}/children/${mother.childId}/dates`)
    after(61)
    const late = await phone.press(form, { day: '21' })
    expect(late.page).toContain('いま入れた内容から続けられます')
    expect(await web.readers.childrenOf(mother.readerId)).toMatchObject([{ dueDate: '2027-03-13' }])
    const back = await phone.press(await phone.open(linkOf()))
    expect(back.url).toMatch(/\/dates\?d=/)
    expect(formOf(back.page)).toMatchObject({ year: '2027', month: '3', day: '21' })
    expect((await phone.press(await phone.open(linkOf()))).url).toBe(own.url)
  })

  test('the same for the way of writing that was chosen', async () => {
    const phone = browser()
    const own = await phone.press(await phone.open(linkOf()))
    const form = await phone.open(`${own.url}/about`)
    after(61)
    await phone.press(form, { edition: 'easy', area: '南' })
    const back = await phone.press(await phone.open(linkOf()))
    expect(back.page).toMatch(/value="easy"[^>]*checked/)
    expect(back.page).toMatch(/value="南"[^>]*checked/)
  })

  test('stopping does not wait for a new link', async () => {
    const phone = browser()
    const own = await phone.press(await phone.open(linkOf()))
    const stop = await phone.open(`${own.url}/children/${mother.childId}/stop`)
    after(61)
    expect((await phone.press(stop)).page).toContain('止めました。')
    expect(await web.readers.childrenOf(mother.readerId)).toEqual([])
    expect((await browser('Other').open(stop.url)).status).toBe(410)
  })
})

test('the readers of two towns in one browser keep their own pages', async () => {
  const other = await web.readers.register(
    registration({ municipality: '999024', child: { birthDate: '2026-10-09' } }),
  )
  const phone = browser()
  const first = await phone.press(await phone.open(linkOf()))
  const link = pathOf(web.links.talkPageUrl({ readerId: other.readerId, lineAccount: 'L1' }))
  const second = await phone.press(await phone.open(link))
  expect(second.url).not.toBe(first.url)
  expect((await phone.open(first.url)).page).toContain('妊娠24週2日')
  expect((await phone.open(second.url)).page).toContain('生後45日')
})

describe('a link that stops', () => {
  const stopLink = () => pathOf(web.links.stopUrl({ readerId: mother.readerId, town: '999016' }))

  test('shows one sentence and one button, and opens nothing', async () => {
    const phone = browser()
    const link = stopLink()
    const asked = await phone.open(`${link}/stop`)
    expect(asked.page).toContain('みなと町からの配信を、すべて止めます。')
    expect(asked.page.match(/<button/g)).toHaveLength(1)
    expect(asked.page).not.toMatch(/妊娠|2027|\/me\//)
    expect(await web.readers.findReader(mother.readerId)).toMatchObject({ status: 'active' })
    const stopped = await phone.press(asked)
    expect(stopped).toMatchObject({ url: `${link}/stopped`, isReloadable: true })
    expect((await phone.press(asked)).url).toBe(`${link}/stopped`)
    expect(await web.readers.findReader(mother.readerId)).toMatchObject({ status: 'stopped' })
  })

  test('does not end a delivery that was begun anew since', async () => {
    const link = stopLink()
    const phone = browser()
    const asked = await phone.open(`${link}/stop`)
    after(1)
    await web.readers.stopReader(mother.readerId)
    await web.readers.register(registration({ consentedAt: web.clock.now }))
    expect((await phone.press(asked)).status).toBe(410)
    expect(await web.readers.findReader(mother.readerId)).toMatchObject({ status: 'active' })
  })

  test('ends after seven days', async () => {
    const link = stopLink()
    after(7 * 24 * 60)
    expect((await browser().open(link)).status).toBe(410)
  })
})

describe('the mail that confirms', () => {
  const asked = async () => {
    await web.readers.register(registration({ address: TARO, child: { birthDate: '2026-10-09' } }))
    const child = { birthDate: '2026-10-10' }
    const { token } = (await web.readers.requestConfirmation(
      registration({ address: TARO, child }),
    ))!
    return `/confirm/${token}`
  }

  test('brings a question that nobody sees to whom it is forwarded', async () => {
    const link = await asked()
    const [phone, other] = [browser(), browser('Other')]
    const question = await phone.press(await phone.open(link))
    expect(question.page).toContain('登録済みのお子さんのことですか')
    const forwarded = await other.press(await other.open(link))
    expect(forwarded.status).toBe(410)
    expect(forwarded.page).not.toMatch(SECRETS)
    expect(forwarded.page).toContain('登録はまだ終わっていません')
    expect((await phone.press(await phone.open(link))).page).toContain('登録済みのお子さん')
  })

  test('leads to a page that says in another browser that opening it registers nobody', async () => {
    const { token } = (await web.readers.requestConfirmation(registration({ address: TARO })))!
    const phone = browser()
    const done = await phone.press(await phone.open(`/confirm/${token}`))
    expect(done.page).toContain('きょうの文があります。')
    const other = await browser('Other').open(done.url)
    expect(other.page).not.toMatch(/きょうの文があります。|登録しました/)
    expect(other.page).toContain('このページを開いただけでは、登録されません。')
  })
})

test('every answer is kept by no cache, told to no other site and found by no search', async () => {
  const link = linkOf()
  const paths = ['/', '/r', '/r/999016', '/me', link, '/me/x', '/stop/x', '/confirm/x', '/u/x']
  for (const path of [...paths, '/healthz', '/support/999016', '/nothing']) {
    const { headers } = await fetch(new URL(path, web.url), { redirect: 'manual' })
    expect({ path, cache: headers.get('cache-control') }).toEqual({ path, cache: 'no-store' })
    expect(headers.get('referrer-policy')).toBe('no-referrer')
    expect(headers.get('x-robots-tag')).toBe('noindex, nofollow')
  }
  expect(await (await web.get('/robots.txt')).text()).toContain('Disallow: /')
})
