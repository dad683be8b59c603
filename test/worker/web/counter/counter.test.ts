// product.md, rules 1, 9 and 13: staff act for a reader who is there, see nobody else, and each step
// is written down.
import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals'

import { COUNTER_ACTS_PER_HOUR, COUNTER_LIFE_MS } from '../../../../worker/readers/counter'
import { easy } from '../../../../worker/web/words/easy'
import { HANAKO, registration, TARO } from '../../readers/openStore'
import { asRead } from '../asRead'
import { openBrowser } from '../browser'
import { openWeb } from '../openWeb'
import { entranceOf, MACHI, openDesk, textOf } from './desk'

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

const log = () => web.collections.counterLog.find().sort({ at: 1 }).toArray()
const acts = async () => (await log()).map(({ act }) => act)
const later = (ms: number) => {
  web.clock.now = new Date(web.clock.now.getTime() + ms)
}

describe('the way in', () => {
  test('a GET opens nothing: it shows one button', async () => {
    const { page } = await openBrowser(web.url).open(entranceOf(web))
    expect(textOf(page)).toContain('窓口をひらく')
    expect(await web.collections.counterVisits.countDocuments()).toBe(0)
  })

  test('is the CMS’s: without its seal, after two minutes, and by another’s key it is shut', async () => {
    const link = entranceOf(web)
    for (const path of ['/counter', '/counter/enter/k1.a.b.c', '/counter/readers/x/stop']) {
      const { status, page } = await openBrowser(web.url).open(path)
      expect([status, textOf(page)]).toEqual([403, expect.stringContaining('窓口は閉じています')])
    }
    later(121_000)
    expect((await openBrowser(web.url).open(link)).status).toBe(403)
  })

  test('is good for one browser; a double press there is harmless', async () => {
    const link = entranceOf(web)
    const clerk = openBrowser(web.url)
    const entrance = await clerk.open(link)
    await clerk.press(entrance)
    expect((await clerk.press(entrance)).url).toBe('/counter')
    const other = openBrowser(web.url)
    expect((await other.press(await other.open(link))).status).toBe(403)
    expect(await web.collections.counterVisits.countDocuments()).toBe(1)
    expect(await acts()).toEqual(['enter'])
  })

  test('ends after 30 minutes, and when it was closed: its entrance opens it no more', async () => {
    const link = entranceOf(web)
    const clerk = openBrowser(web.url)
    const home = await clerk.press(await clerk.open(link))
    await clerk.press({ ...home, page: home.page.replace('/counter/find', '/counter/close') })
    expect((await clerk.open('/counter')).status).toBe(403)
    expect((await clerk.press(await clerk.open(link))).status).toBe(403)
    const { browser } = await openDesk(web)
    later(COUNTER_LIFE_MS + 1)
    expect((await browser.open('/counter')).status).toBe(403)
  })

  test('its cookie is for the counter alone, for no script and for no other site', async () => {
    const visit = '0123456789abcdefghijkA'
    const answer = await fetch(new URL(entranceOf(web), web.url), {
      method: 'POST',
      redirect: 'manual',
      headers: { cookie: `kizuna-visit=${visit}` },
    })
    const [cookie = ''] = answer.headers.getSetCookie()
    for (const part of ['HttpOnly', 'Secure', 'SameSite=Strict', 'Path=/counter', 'Max-Age=1800'])
      expect(cookie).toContain(part)
  })

  test.each(['cross-site', 'same-site', 'none'])('a form from %s does nothing', async (from) => {
    const answer = await fetch(new URL(entranceOf(web), web.url), {
      method: 'POST',
      redirect: 'manual',
      headers: { cookie: 'kizuna-visit=0123456789abcdefghijkA', 'sec-fetch-site': from },
    })
    expect(answer.status).toBe(403)
    expect(await acts()).toEqual([])
  })
})

describe('finding', () => {
  test('needs the whole address, in any case of letters, and shows it masked', async () => {
    const { find } = await openDesk(web)
    const { page, url } = await find(' taro@EXAMPLE.jp ')
    expect(textOf(page)).toContain('メール T***@example.jp')
    expect(textOf(page)).toContain('出産予定日 2027年3月13日')
    expect(url).not.toContain('aro')
    expect(await acts()).toEqual(['enter', 'find'])
    expect(await log()).toContainEqual(
      expect.objectContaining({ by: MACHI, municipality: '999016', reader: father.readerId }),
    )
  })

  test.each(['taro', 'taro@example', 'aro@example.jp', '@example.jp', '%', '.*@example.jp', ''])(
    '%p finds nobody',
    async (who) => {
      const { find } = await openDesk(web)
      const { url, page } = await find(who)
      expect(url).toMatch(/^\/counter\?/)
      expect(page).not.toContain(father.readerId)
    },
  )

  test('a town’s counter says the same of another town’s reader as of nobody', async () => {
    const { find } = await openDesk(web, { municipality: '999032' })
    const pages = [await find('taro@example.jp'), await find('nobody@example.jp')]
    const [one, other] = pages.map(({ page }) => textOf(page))
    expect(one).toBe(other)
    expect(one).toContain('この自治体にはありません')
    expect((await log()).filter(({ reader }) => reader)).toEqual([])
  })

  test('what was typed wrong stays in the field, and out of the address', async () => {
    const { find } = await openDesk(web)
    const { page, url } = await find('jiro@example.jp')
    expect(page).toContain('value="jiro@example.jp"')
    expect(url).not.toContain('jiro')
  })

  test('a LINE reader shows a number of their own page, which is good once and for ten minutes', async () => {
    const reader = { _id: mother.readerId, municipality: '999016' }
    const first = await web.readers.counter.giveNumber(reader)
    const number = await web.readers.counter.giveNumber(reader)
    const clerk = await openDesk(web)
    expect((await clerk.find(first)).url).toContain('fault=none')
    const wide = [...number].map((digit) => String.fromCharCode(digit.charCodeAt(0) + 0xfee0))
    expect(textOf((await clerk.find(wide.join(''))).page)).toContain('LINE')
    expect((await clerk.find(number)).url).toContain('/counter/readers/') // pressed twice
    const other = await openDesk(web, { by: 'another' })
    expect((await other.find(number)).url).toContain('fault=none')
    const late = await web.readers.counter.giveNumber(reader)
    later(600_001)
    expect((await clerk.find(late)).url).toContain('fault=none')
  })

  test('the number is on the reader’s own page, in their language, and in no address', async () => {
    const phone = openBrowser(web.url)
    const { pathname } = new URL(web.links.askedPageUrl(father.readerId))
    const own = await phone.press(await phone.open(pathname))
    expect(own.page).toContain(`href="${own.url}/number"`)
    const shown = await phone.press(await phone.open(`${own.url}/number`))
    const [, number = ''] = /class="number">([\d ]+)</.exec(shown.page) ?? []
    expect(shown.url).not.toContain(number.slice(0, 4))
    expect(shown.isReloadable).toBe(true)
    const { find } = await openDesk(web)
    expect(textOf((await find(number)).page)).toContain('T***@example.jp')
    await web.readers.changeProfile({ readerId: father.readerId, edition: 'easy' })
    const easy = await phone.open(`${own.url}/number`)
    const { browser } = await openDesk(web)
    // Staff read it as it stands on the phone, in each language.
    const pages = [await browser.open('/counter'), await browser.open('/counter/guide')]
    for (const name of [shown, easy].map(({ page }) => /<h1>([^<]+)<\/h1>/.exec(page)![1]!))
      for (const { page } of pages) expect(page).toContain(`「${name}」`)
  })

  test('a number of one town’s reader opens nothing at another town’s counter', async () => {
    const number = await web.readers.counter.giveNumber({
      _id: mother.readerId,
      municipality: '999016',
    })
    const { find } = await openDesk(web, { municipality: '999032' })
    expect((await find(number)).url).toContain('fault=none')
  })

  test('has an end in an hour, for the person and not for the browser', async () => {
    const { browser } = await openDesk(web)
    const [visit] = await web.collections.counterVisits.find().toArray()
    const looked = Array.from({ length: COUNTER_ACTS_PER_HOUR }, () =>
      web.readers.counter.note(visit!, { act: 'findNobody' }),
    )
    await Promise.all(looked)
    const again = await openDesk(web)
    for (const desk of [{ browser }, again]) {
      const home = await desk.browser.open('/counter')
      const { page } = await desk.browser.press(home, { who: 'taro@example.jp' })
      expect(textOf(page)).toContain('回数をこえました')
    }
    const colleague = await openDesk(web, { by: 'another' })
    expect((await colleague.find('taro@example.jp')).url).toContain('/readers/')
  })

  test('another clerk’s address of a reader opens nobody, nor does one that is made up', async () => {
    const one = await openDesk(web)
    const { url } = await one.find('taro@example.jp')
    const other = await openDesk(web, { by: 'another' })
    for (const path of [url, `${url}/stop`, `/counter/readers/${father.readerId}`])
      expect((await other.browser.open(path)).url).toBe('/counter')
  })
})

describe('stopping for a reader', () => {
  const stopped = async (what: string, who = 'taro@example.jp') => {
    const desk = await openDesk(web)
    const { url } = await desk.find(who)
    const form = await desk.browser.open(`${url}/stop`)
    return { ...desk, url, form, after: await desk.browser.press(form, { what }) }
  }

  test('is one form, stops the child for all who share it, and tells nobody', async () => {
    const { form, after } = await stopped(mother.childId)
    expect(textOf(form.page)).toMatch(/^配信を止める どれを止めますか/)
    expect(textOf(after.page)).toMatch(/^止めました。/)
    expect(await web.readers.childrenOf(mother.readerId)).toEqual([])
    expect([...web.sent.mails, ...web.sent.asked, ...web.sent.replies]).toEqual([])
    const stop = (await log()).find(({ act }) => act === 'stop')
    expect(stop).toMatchObject({ by: MACHI, reader: father.readerId, child: mother.childId })
  })

  test('shows no stage, no dress and no word that hurts', async () => {
    const { form, after } = await stopped(mother.childId)
    const loud = /妊娠|週|歳|か月|誕生|予定日|生まれ|<img|<svg|accent|<footer|<header|流産|死産|亡/
    expect(form.page).not.toMatch(loud)
    expect(after.page).not.toMatch(loud)
  })

  test('the right one of several is named by its date', async () => {
    await web.readers.addChild({ readerId: father.readerId, birthDate: '2024-05-01' })
    const { form, after } = await stopped(mother.childId)
    expect(textOf(form.page)).toContain('下のお子さん(出産予定日 2027年3月13日(土))の分')
    expect(textOf(after.page)).toMatch(/^止めました。/)
    expect(await web.readers.childrenOf(father.readerId)).toHaveLength(1)
  })

  test('two clerks at once, a double press and Back: stopped once, undone once', async () => {
    const one = await openDesk(web)
    const other = await openDesk(web, { by: 'another' })
    const forms = await Promise.all(
      [one, other].map(async ({ browser, find }) => {
        const { url } = await find('taro@example.jp')
        return { browser, form: await browser.open(`${url}/stop`) }
      }),
    )
    const presses = [...forms, ...forms].map(({ browser, form }) =>
      browser.press(form, { what: mother.childId }),
    )
    const shown = await Promise.all(presses)
    expect(shown.map(({ status }) => status)).toEqual([200, 200, 200, 200])
    expect(await web.collections.children.distinct('status')).toEqual(['stopped'])
    expect(await web.readers.openStops({ readerId: father.readerId })).toHaveLength(1)
  })

  test('can be undone by the reader for seven days, and right here when it was a mistake', async () => {
    const { browser, after, url } = await stopped(mother.childId)
    const [own] = await web.readers.openStops({ readerId: father.readerId })
    expect(own).toMatchObject({ kind: 'child', isByStaff: true })
    expect(textOf((await browser.press(after)).page)).toContain('元にもどしました')
    expect(await web.readers.childrenOf(mother.readerId)).toHaveLength(1)
    expect((await browser.press(after)).url).toBe(`${url}/undo`) // the button of an old page
    expect((await browser.open(`${url}/stopped`)).url).toBe(url) // Back says what is true
    expect((await acts()).filter((act) => act === 'undo')).toHaveLength(1)
  })

  test('stands with its undo on the reader’s page for seven days, at every counter of the town', async () => {
    await stopped(mother.childId)
    later(6 * 24 * 3600_000)
    const colleague = await openDesk(web, { by: 'another' })
    const { url, page } = await colleague.find('taro@example.jp')
    const said = 'お子さんの分。いっしょに受け取るご家族の分も(職員が止めました)'
    expect(textOf(page)).toContain(`2026年11月23日(月) 10:00 ${said} まちがえたので、元にもどす`)
    const ask = await colleague.browser.open(`${url}/undo`)
    expect(textOf(ask.page)).toContain(said)
    expect(await web.readers.childrenOf(mother.readerId)).toEqual([])
    expect(textOf((await colleague.browser.press(ask)).page)).toContain('元にもどしました')
    expect(await web.readers.childrenOf(mother.readerId)).toHaveLength(1)
    await stopped(mother.childId)
    later(7 * 24 * 3600_000)
    const late = await openDesk(web)
    const { page: after, url: found } = await late.find('taro@example.jp')
    expect(textOf(after)).not.toContain('元にもどす')
    const none = await late.browser.open(`${found}/undo`)
    expect(textOf(none.page)).toContain('元にもどせるものはありません')
  })

  test('what the reader has stopped is undone for them, what others of the family have is not spoken of', async () => {
    await web.readers.stopReader(father.readerId)
    const { find, browser } = await openDesk(web)
    const { page, url } = await find('taro@example.jp')
    expect(textOf(page)).toContain('この方への配信ぜんぶ(ご本人が止めました)')
    await browser.press(await browser.open(`${url}/undo`))
    expect((await web.readers.findReader(father.readerId))?.status).toBe('active')
    await web.readers.stopChild(mother)
    const { page: after } = await browser.open(url)
    expect(textOf(after)).toContain('いま、この方に届く配信はありません。')
    expect(textOf(after)).not.toMatch(/元にもどす|止めたもの|止めました/)
    const id = `child:${mother.readerId}:${mother.childId}`
    await browser.press({ ...(await browser.open(url)), url: `${url}/undo` }, { stop: id })
    expect(await web.readers.childrenOf(father.readerId)).toEqual([])
  })

  test('nothing is chosen beforehand, each choice says whom it reaches, and without one it says what to do', async () => {
    const { form, after } = await stopped('')
    expect(form.page).not.toMatch(/<input[^>]*type="radio"[^>]*checked/)
    const said = textOf(form.page)
    expect(said).toContain('この子の分 この子の配信を受け取っているご家族みんなの分が止まります。')
    expect(said).toContain(
      'ぜんぶ この方の分だけが、すべて止まります。ご家族には、そのまま届きます。',
    )
    expect(textOf(after.page)).toContain('ご本人に聞いて、1 つ選んでください。')
    expect(after.page).toContain('role="alert"')
    expect(await web.readers.childrenOf(mother.readerId)).toHaveLength(1)
  })

  test('the texts that may be asked for after a stop are stopped here too, the one thing there is', async () => {
    await web.readers.stopChild({ ...father, childId: mother.childId })
    later(1000)
    await web.readers.askSupport(father.readerId)
    const { find, browser } = await openDesk(web)
    const { url, page } = await find('taro@example.jp')
    expect(textOf(page)).not.toContain('届く配信はありません')
    const form = await browser.open(`${url}/stop`)
    expect(form.page).toMatch(/value="all"\s+checked/)
    await browser.press(form, { what: 'all' })
    expect((await web.readers.findReader(father.readerId))?.status).toBe('stopped')
  })

  test('what may be read afterwards opens in the reader’s language, and leads back to the desk', async () => {
    await web.readers.changeProfile({ readerId: father.readerId, edition: 'easy' })
    const { after, browser } = await stopped(mother.childId)
    expect(textOf(after.page)).toContain('手続きや相談先')
    const support = await browser.open(after.url.replace(/stopped$/, 'support'))
    expect(after.page).toContain(`href="${support.url}"`)
    expect(asRead(textOf(support.page))).toContain(easy.quietRow.always)
    expect(support.page).toContain('href="tel:0300000000"')
    expect(support.page).not.toMatch(/189|<form/)
    expect(support.page).toContain(`href="${after.url}"`)
  })

  test('everything of one reader leaves the others alone', async () => {
    await stopped('all')
    expect((await web.readers.findReader(father.readerId))?.status).toBe('stopped')
    expect((await web.readers.findReader(mother.readerId))?.status).toBe('active')
  })

  test('a child of another family is not stopped', async () => {
    const stranger = await web.readers.register(
      registration({ address: { ...HANAKO, address: `U${'b2'.repeat(16)}` } }),
    )
    const { after } = await stopped(stranger.childId)
    expect(textOf(after.page)).toContain('1 つ選んでください')
    expect(await web.readers.childrenOf(stranger.readerId)).toHaveLength(1)
  })
})

test('no address and no date of anybody is in the log of the counter, or of the program', async () => {
  const { browser, find } = await openDesk(web)
  const { url } = await find('taro@example.jp')
  await find('jiro@example.jp')
  await browser.press(await browser.open(`${url}/stop`), { what: mother.childId })
  const written = JSON.stringify([await log(), web.logged])
  expect(written).not.toMatch(/aro@|jiro|2027-03-13/)
  expect((await log()).every(({ removeAt }) => removeAt instanceof Date)).toBe(true)
})
