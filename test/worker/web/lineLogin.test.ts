// A link of the talk, forwarded: LINE is asked who opens it, against the practice LINE Login.
import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals'

import type { Sandbox } from '../../../worker/sandbox/sandbox'
import { easy } from '../../../worker/web/words/easy'
import { HANAKO, registration } from '../readers/openStore'
import { MINATO, testSandbox } from '../sandbox/testSandbox'
import { asRead } from './asRead'
import { openBrowser } from './browser'
import { ACCOUNT, formOf, openWeb } from './openWeb'

const CALLBACK = 'https://kizuna.example/login/line'
const LOGIN = { channelId: '2000000099', channelSecret: 'login-secret' }
const SOMEBODY = `U${'c3'.repeat(16)}`

let web: Awaited<ReturnType<typeof openWeb>>
let sandbox: Sandbox
let mother: { readerId: string; childId: string }

beforeAll(async () => {
  const loginChannel = { ...LOGIN, callbackUrls: [CALLBACK] }
  sandbox = await testSandbox({
    now: () => web.clock.now,
    channels: [{ ...MINATO, loginChannel }],
  })
  web = await openWeb({ account: { ...ACCOUNT, login: LOGIN }, lineApiUrl: sandbox.url })
})
afterAll(async () => {
  await web.close()
  await sandbox.stop()
})
beforeEach(async () => {
  await web.empty()
  mother = await web.readers.register(registration())
})

type Phone = ReturnType<typeof openBrowser>

const phone = (name = 'Phone') => openBrowser(web.url, { name, stopsAt: sandbox.url })
const pageLink = (readerId = mother.readerId) =>
  new URL(web.links.talkPageUrl({ readerId, lineAccount: 'L1' })).pathname
const registrationLink = () => {
  const visitor = { lineAccount: 'L1', provider: HANAKO.account, userId: HANAKO.address }
  const { pathname, search } = new URL(
    web.links.lineRegistrationUrl(visitor, { municipality: '999016' }),
  )
  return pathname + search
}

/** Presses the button of a link's page and gives where LINE is asked. */
async function leave(by: Phone, link: string): Promise<string> {
  const { url } = await by.press(await by.open(link))
  expect(url.startsWith(`${sandbox.url}/oauth2/v2.1/authorize?`)).toBe(true)
  return url
}

/** Somebody is who they are on LINE; gives the path they are sent back to. */
async function asWho(authorize: string, user: string): Promise<string> {
  const body = new URLSearchParams({ user })
  const answer = await fetch(authorize, { method: 'POST', body, redirect: 'manual' })
  const { pathname, search } = new URL(answer.headers.get('location')!)
  return pathname + search
}

const SECRETS = /2027|妊娠24週|生後|children|U(a1){16}/

describe('the link to a reader’s own page', () => {
  test('opens for the friend', async () => {
    const own = phone()
    const shown = await own.open(await asWho(await leave(own, pageLink()), HANAKO.address))
    expect(shown.url).toMatch(/^\/me\/[0-9a-f]{32}$/)
    expect(shown.page).toContain('妊娠24週2日')
  })

  test('forwarded, is refused to whoever LINE says is somebody else, and stays the friend’s', async () => {
    const link = pageLink()
    const other = phone('Other')
    const refused = await other.open(await asWho(await leave(other, link), SOMEBODY))
    expect(refused.status).toBe(403)
    expect(refused.page).toContain('ほかの方に届いたものです')
    expect(refused.page).not.toMatch(SECRETS)
    expect(await web.collections.visits.countDocuments()).toBe(0)
    expect(await web.collections.usedLinks.countDocuments()).toBe(0)
    const own = phone()
    const shown = await own.open(await asWho(await leave(own, link), HANAKO.address))
    expect(shown.page).toContain('妊娠24週2日')
  })

  test('is opened by no answer of another browser, of another question or made up', async () => {
    const [own, other] = [phone(), phone('Other')]
    const back = await asWho(await leave(own, pageLink()), HANAKO.address)
    await leave(other, pageLink())
    for (const [by, path] of [
      [phone('Third'), back],
      [other, back],
      [other, '/login/line?state=x&code=x'],
      [other, '/login/line'],
      [other, '/login/line?state=&code='],
      [own, back.replace(/code=[^&]+/, 'code=x')],
      [own, back.replace(/code=[^&]+/, 'error=access_denied')],
    ] as const) {
      const shown = await by.open(path)
      expect(shown.status).toBe(403)
      expect(shown.page).toContain('LINE で確かめられませんでした')
      expect(shown.page).not.toMatch(SECRETS)
    }
    expect(await web.collections.visits.countDocuments()).toBe(0)
  })

  test('an answer is good once and for ten minutes', async () => {
    const own = phone()
    const back = await asWho(await leave(own, pageLink()), HANAKO.address)
    expect((await own.open(back)).status).toBe(200)
    expect((await own.open(back)).status).toBe(403)
    const late = await asWho(await leave(own, pageLink()), HANAKO.address)
    web.clock.now = new Date('2026-11-23T01:10:00Z')
    expect((await own.open(late)).status).toBe(403)
  })

  test('who could not be named is asked again, without LINE’s guess', async () => {
    const own = phone()
    const back = await asWho(await leave(own, pageLink()), '')
    const failed = await own.open(back)
    const again = await own.press(failed)
    expect(new URL(again.url).searchParams.get('disable_auto_login')).toBe('true')
    const shown = await own.open(await asWho(again.url, HANAKO.address))
    expect(shown.page).toContain('妊娠24週2日')
  })

  test('when LINE does not answer, nothing is shown and the link stays good', async () => {
    const own = phone()
    const link = pageLink()
    const authorize = await leave(own, link)
    const back = await asWho(authorize, HANAKO.address)
    const { userOf } = web.lineLogin
    web.lineLogin.userOf = async () => ({ status: 'unavailable', code: 'line-login-no-answer' })
    const shown = await own.open(back)
    web.lineLogin.userOf = userOf
    expect(shown.status).toBe(503)
    expect((await own.open(await asWho(await leave(own, link), HANAKO.address))).status).toBe(200)
  })

  test('stopping asks nobody', async () => {
    const other = phone('Other')
    const shown = await other.open(pageLink())
    const stop = /href="(\/stop\/[^"]+)"/.exec(shown.page)![1]!
    expect((await other.press(await other.open(`${stop}/stop`))).page).toContain('止めました。')
  })

  test('a mail’s link asks nobody', async () => {
    const own = phone()
    const link = new URL(web.links.askedPageUrl(mother.readerId)).pathname
    expect((await own.press(await own.open(link))).page).toContain('妊娠24週2日')
  })
})

describe('the registration of a friend', () => {
  test('begins after LINE has named the friend', async () => {
    const own = phone()
    const link = registrationLink()
    const asked = await own.open(link)
    expect(asked.page).toContain('LINE で確かめて進む')
    expect(asked.page).not.toContain('登録 1 / 4')
    const back = await asWho((await own.press(asked)).url, HANAKO.address)
    const first = await own.open(back)
    expect(first.page).toContain('登録 1 / 4')
    const typed = { anchor: 'birthDate', year: '2026', month: '10', day: '9' }
    const relation = await own.press(first, typed)
    const area = await own.press(relation, { relation: 'mother' })
    const confirm = await own.press(area)
    const done = await own.press(confirm, { consent: 'yes' })
    expect(done.url).toBe('/r/999016/asked')
    expect(web.sent.asked).toMatchObject([{ to: [HANAKO.address] }])
  })

  test('is asked who they are in the language they choose on top, and goes on in it', async () => {
    const own = phone()
    const asked = await own.open(registrationLink())
    const href = /<a class="language" href="([^"]+)"/.exec(asked.page)?.[1] ?? ''
    const inEasy = await own.open(href.replaceAll('&amp;', '&'))
    expect(asRead(inEasy.page)).toContain(easy.login.title)
    const back = await asWho((await own.press(inEasy)).url, HANAKO.address)
    expect(asRead((await own.open(back)).page)).toContain('次(つぎ)へ')
  })

  test('forwarded, asks nothing of somebody else and changes nothing', async () => {
    const link = registrationLink()
    const other = phone('Other')
    const back = await asWho((await other.press(await other.open(link))).url, SOMEBODY)
    const refused = await other.open(back)
    expect(refused.status).toBe(403)
    expect(refused.page).not.toContain('登録 1 / 4')
    expect(await web.collections.confirmations.countDocuments()).toBe(0)
  })

  test('the address that was proven in one browser is not in another', async () => {
    const own = phone()
    const asked = await own.open(registrationLink())
    const back = await asWho((await own.press(asked)).url, HANAKO.address)
    const first = await own.open(back)
    const proven = new URLSearchParams(formOf(first.page))
    const forwarded = await phone('Other').open(`/r/999016?line=${proven.get('line')}`)
    expect(forwarded.page).toContain('LINE で確かめて進む')
  })

  test('a form that is sent past the question is kept, and nothing comes of it before', async () => {
    const line = new URL(registrationLink(), web.url).searchParams.get('line')!
    const own = phone()
    const first = await own.open('/r/999016')
    const typed = { anchor: 'birthDate', year: '2026', month: '10', day: '9' }
    const form = { screen: 'confirm', consent: 'yes', relation: 'mother', ...typed, line }
    const asked = await own.press(first, form)
    expect(asked.page).toContain('LINE で確かめて進む')
    expect(web.sent.asked).toEqual([])
    const back = await asWho((await own.press(asked)).url, HANAKO.address)
    const shown = await own.open(back)
    expect(formOf(shown.page)).toMatchObject({ year: '2026', month: '10', day: '9' })
  })
})

test('forms may lead to LINE Login and nowhere else', async () => {
  const policy = (await web.get('/r/999016')).headers.get('content-security-policy')
  expect(policy).toContain(`form-action 'self' ${sandbox.url}`)
})
