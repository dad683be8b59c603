// A link shows the town of its time: who has an old mailbox by now learns nothing of where somebody
// has moved to, and may stop all the same.
import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals'

import { seal } from '../../../../src/secret/seal'
import { registration, TARO } from '../../readers/openStore'
import { openBrowser } from '../browser'
import { openWeb, TOWNS } from '../openWeb'

const [HERE, THERE] = ['999016', '999032']
const PHONE = { here: '03-1111-1111', there: '03-2222-2222' }

let web: Awaited<ReturnType<typeof openWeb>>
let readerId: string
let childId: string
/** Paths of the links in a mail of before the move. */
let text: string
let stop: string
let oneClick: string

beforeAll(async () => {
  const phoneOf = new Map([
    [HERE, PHONE.here],
    [THERE, PHONE.there],
  ])
  const towns = TOWNS.map((town) => {
    const phone = phoneOf.get(town.code) ?? town.contact.phone
    return { ...town, contact: { ...town.contact, phone } }
  })
  web = await openWeb({ towns })
})
afterAll(() => web.close())
beforeEach(async () => {
  await web.empty()
  const registered = await web.readers.register(registration({ address: TARO }))
  readerId = registered.readerId
  childId = registered.childId
  const link = { readerId, town: HERE! }
  text = pathOf(web.links.textUrl(link))
  stop = pathOf(web.links.stopUrl(link))
  oneClick = pathOf(web.links.unsubscribeUrl(link))
})

const pathOf = (url: string) => new URL(url).pathname
const statusOf = async () => (await web.readers.findReader(readerId))!.status

/** To the other town, where texts come to another mailbox; the old one may be anybody's by now. */
async function move(): Promise<void> {
  const said = { edition: 'standard', area: null, consentedAt: web.clock.now, consentVersion: '1' }
  const change = { readerId, municipality: THERE!, town: { ...said, municipality: THERE! } }
  const asked = { ...change, address: 'new@example.jp', once: 'once' }
  const { token } = (await web.readers.askContactByMail(asked))!
  expect(await web.readers.confirmContact(token)).toMatchObject({ status: 'changed' })
  expect(await web.readers.findReader(readerId)).toMatchObject({ municipality: THERE })
}

/** Name, code, telephone. */
const NEW_TOWN = /もり市|999032|03-?2222-?2222/

function expectOld({ page }: { page: string }): void {
  expect(page).toContain('みなと町')
  expect(page).toContain(PHONE.here)
  expect(page).not.toMatch(NEW_TOWN)
}

describe('of who has moved, a link from before names the town of its time alone', () => {
  beforeEach(move)

  test('on every page that leads to stopping and resting', async () => {
    const phone = openBrowser(web.url)
    const child = `${stop}/children/${childId}`
    const pages = [
      '',
      '/stop',
      '/rest',
      '/resting',
      '/undo',
      '/undone',
      '/stopped',
      '/support/ended',
    ]
    const paths = [text, `${text}/sent`, oneClick, ...pages.map((path) => `${stop}${path}`)]
    for (const path of [...paths, `${child}/stop`, `${child}/leave`, `${child}x/stop`]) {
      expectOld(await phone.open(path))
    }
    // what a press would end is no more the old town's
    for (const path of [oneClick, `${stop}/stop`]) {
      expect((await phone.open(path)).page).toContain('あなたへの配信を、すべて止めます。')
    }
  })

  test('by the one click, which stops at once, and on all pages after it', async () => {
    const phone = openBrowser(web.url)
    const stopped = await phone.press(await phone.open(oneClick))
    expect(await statusOf()).toBe('stopped')
    expectOld(stopped)
    expect(stopped.page).toContain(`href="/support/${HERE}"`)
    for (const path of [text, oneClick, stop, `${stop}/stop`]) expectOld(await phone.open(path))
    const elsewhere = await openBrowser(web.url).open(oneClick)
    expectOld(elsewhere)
    expect(elsewhere.page).toContain(`href="/r/${HERE}"`)
    expectOld(await phone.press(await phone.open(oneClick)))
    expect(await statusOf()).toBe('active')
  })

  test('by the link under a text, whose ways to stop are of the same time', async () => {
    const phone = openBrowser(web.url)
    const door = await phone.open(text)
    const all = /href="(\/stop\/[^"]+\/stop)">ぜんぶ止める/.exec(door.page)![1]!
    expectOld(await phone.open(all))
    expectOld(await phone.press(await phone.open(all)))
    expect(await statusOf()).toBe('stopped')
  })

  test('and the link to the own page that is asked for goes to the new mailbox alone', async () => {
    const phone = openBrowser(web.url)
    expectOld(await phone.press(await phone.open(text)))
    expect(web.sent.mails.map(({ to }) => to)).toEqual(['new@example.jp'])
  })

  test('also when nothing is left of the reader', async () => {
    await web.readers.eraseReader({ readerId })
    for (const path of [text, oneClick, stop]) expectOld(await openBrowser(web.url).open(path))
  })
})

describe('a link from before the town stood in it', () => {
  const YEAR_MS = 365 * 24 * 3600_000
  const sealed = (kind: string, value: unknown, expiresAt: number | null) =>
    seal(web.ring, JSON.stringify([value, expiresAt]), `link:${kind}`)
  const oldLinks = () => {
    const ends = web.clock.now.getTime() + YEAR_MS
    const madeAt = web.clock.now.getTime()
    return [
      `/u/${sealed('unsubscribe', readerId, null)}`,
      `/text/${sealed('text', readerId, ends)}`,
      `/stop/${sealed('stop', { readerId, madeAt }, ends)}`,
    ]
  }

  test('names the town of who has never moved, and stops', async () => {
    const [click = '', ...others] = oldLinks()
    for (const path of [click, ...others]) expectOld(await openBrowser(web.url).open(path))
    expect((await web.post(click)).status).toBe(200)
    expect(await statusOf()).toBe('stopped')
  })

  test('names no town of who has moved, and stops', async () => {
    const links = oldLinks()
    await move()
    for (const path of links) {
      const { status, page } = await openBrowser(web.url).open(path)
      expect(status).toBe(200)
      expect(page).toContain('止め')
      expect(page).not.toMatch(/みなと町|03-?1111/)
      expect(page).not.toMatch(NEW_TOWN)
    }
    expect(await (await web.post(links[0]!)).text()).not.toMatch(NEW_TOWN)
    expect(await statusOf()).toBe('stopped')
    const again = await openBrowser(web.url).open(links[2]!)
    expect(again.page).not.toMatch(NEW_TOWN)
    expect(again.page).toContain('href="/r"')
  })
})
