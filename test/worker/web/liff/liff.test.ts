// The registration, opened inside LINE: LINE alone says who has opened it, by the id token that its
// script gives the page. Against the practice LINE, which checks tokens and words as LINE does.
import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals'

import { claimsFor, signIdToken, type IdTokenClaims } from '../../../../worker/sandbox/idToken'
import type { Sandbox } from '../../../../worker/sandbox/sandbox'
import { HANAKO } from '../../readers/openStore'
import { settings } from '../../readers/settings'
import { MINATO, testSandbox } from '../../sandbox/testSandbox'
import { openBrowser } from '../browser'
import { ACCOUNT, formOf, openWeb, TOWNS } from '../openWeb'
import { answerToPress, wordsOf } from '../talk'

const LOGIN = { channelId: '2000000099', channelSecret: 'login-secret' }
const LIFF_ID = `${LOGIN.channelId}-AbCdEfGh`
/** Of another town's account: LINE signs for it, too. */
const OTHERS = { channelId: '2000000098', channelSecret: 'others-secret' }
const SOMEBODY = `U${'c3'.repeat(16)}`
const PAGE = `/liff/${LIFF_ID}?town=999016`

let web: Awaited<ReturnType<typeof openWeb>>
let sandbox: Sandbox

beforeAll(async () => {
  const channels = [
    { ...MINATO, loginChannel: { ...LOGIN, callbackUrls: [] } },
    { ...MINATO, channelId: '1650000002', loginChannel: { ...OTHERS, callbackUrls: [] } },
  ]
  sandbox = await testSandbox({ now: () => web.clock.now, channels })
  web = await openWeb({
    account: { ...ACCOUNT, login: { ...LOGIN, liffId: LIFF_ID } },
    lineApiUrl: sandbox.url,
  })
})
afterAll(async () => {
  await web.close()
  await sandbox.stop()
})
beforeEach(() => web.empty())

/** As LINE's script gives it to the page. */
function idToken(changed: Partial<IdTokenClaims> = {}, channel = LOGIN): string {
  const claims = claimsFor(channel, { userId: HANAKO.address, nonce: null, now: web.clock.now })
  return signIdToken({ ...claims, ...changed }, channel.channelSecret)
}

type Phone = ReturnType<typeof openBrowser>
const phone = () => openBrowser(web.url)

/** What the script of the page does inside LINE. */
async function bring(by: Phone, token: string, page = PAGE) {
  return by.press(await by.open(page), { idToken: token })
}

const waiting = () => web.collections.confirmations.countDocuments()

test('inside LINE the registration goes on at once, bound to whom LINE has named', async () => {
  const own = phone()
  const date = await bring(own, idToken())
  expect(date.url).toMatch(/^\/r\/999016\/date\?/)
  expect(date.page).not.toContain(HANAKO.address)
  let shown = await own.press(date, {
    anchor: 'birthDate',
    year: '2026',
    month: '10',
    day: '9',
  })
  shown = await own.press(shown, { relation: 'mother' })
  shown = await own.press(shown)
  const asked = await own.press(shown, { consent: 'yes' })
  expect(asked.url).toBe('/r/999016/asked')
  expect(asked.page).toContain('href="https://line.me/R/ti/p/%40minato"')
  const [question] = web.sent.asked
  expect(question!.to).toEqual([HANAKO.address])
  const data = /kizuna:register:[0-9a-f]{32}/.exec(JSON.stringify(question!.messages))![0]
  const [answer] = await answerToPress(web, data)
  expect(wordsOf(answer)).toContain('登録しました。')
  expect(await web.readers.findByIdentity(HANAKO)).toHaveLength(1)
})

test('twins of who registers inside LINE are said among the answers, and both are there', async () => {
  const own = phone()
  const born = { anchor: 'birthDate', year: '2026', month: '10', day: '9' }
  const relation = await own.press(await bring(own, idToken()), born)
  const check = await own.press(await own.press(relation, { relation: 'mother' }))
  const href = /href="(\/r\/999016\/count\?[^"]+)"/.exec(check.page)![1]!
  const back = await own.press(await own.open(href.replaceAll('&amp;', '&')), { count: '2' })
  expect(back.page).toContain('2人(ふたご)')
  await own.press(back, { consent: 'yes' })
  const data = /kizuna:register:[0-9a-f]{32}/.exec(JSON.stringify(web.sent.asked.at(-1)))![0]
  await answerToPress(web, data)
  const children = await web.collections.children.find().toArray()
  expect(children).toMatchObject([{ birthDate: '2026-10-09' }, { birthDate: '2026-10-09' }])
})

describe('who is not named by LINE is bound to nobody', () => {
  const hour = 3600
  const at = () => web.clock.now.getTime() / 1000
  test.each<[string, () => string]>([
    ['no token', () => ''],
    ['a user id in its place', () => HANAKO.address],
    ['a token that was changed', () => idToken().replace(/\.[^.]+$/, '.x')],
    ['one that anybody has signed', () => idToken({}, { ...LOGIN, channelSecret: 'guessed' })],
    ['one that has run out', () => idToken({ exp: at() - 1, iat: at() - hour })],
    ['one of another town’s channel', () => idToken({}, OTHERS)],
    ['one of another issuer', () => idToken({ iss: 'https://example.jp' })],
    ['one that is far too long', () => `${idToken()}${'a'.repeat(9000)}`],
  ])('%s', async (_, token) => {
    const refused = await bring(phone(), token())
    expect(refused.status).toBe(403)
    expect(refused.page).toContain('LINE で確かめられませんでした')
    expect(refused.page).toContain('href="https://line.me/R/ti/p/%40minato"')
    expect(refused.page).not.toContain('<script')
    expect(await waiting()).toBe(0)
  })

  test('what a browser says besides the token is not believed', async () => {
    const page = await phone().open(PAGE)
    const line = 'k1.made.up'
    const own = phone()
    await own.open(PAGE)
    const typed = { idToken: idToken({ sub: SOMEBODY }), line, userId: HANAKO.address }
    const date = await own.press(page, typed)
    const token = new URLSearchParams(date.url.split('?')[1]).get('line') ?? ''
    expect(web.links.openLine(token)?.userId).toBe(SOMEBODY)
  })

  test('a token is good in the browser that brought it first, and in no other', async () => {
    const [own, other] = [phone(), phone()]
    const token = idToken()
    expect((await bring(own, token)).url).toMatch(/^\/r\/999016\/date/)
    expect((await bring(other, token)).status).toBe(403)
    expect((await bring(own, token)).url).toMatch(/^\/r\/999016\/date/)
  })

  test('a form of another site, which brings no cookie, registers nobody as its author', async () => {
    const shown = await phone().open(PAGE)
    const form = { ...formOf(shown.page), idToken: idToken() }
    expect((await web.post(`/liff/${LIFF_ID}`, form)).status).toBe(403)
  })

  test('the registration that follows is this browser’s alone', async () => {
    const { url } = await bring(phone(), idToken())
    const link = url.replace(/\/date/, '')
    expect((await phone().open(link)).page).toContain('LINE で本人を確かめます')
  })
})

test('when LINE gives no answer, it is said, and the talk stays a way', async () => {
  const { userOfIdToken } = web.lineLogin
  web.lineLogin.userOfIdToken = async () => ({
    status: 'unavailable',
    code: 'line-login-no-answer',
  })
  const shown = await bring(phone(), idToken())
  web.lineLogin.userOfIdToken = userOfIdToken
  expect(shown.status).toBe(503)
  expect(shown.page).toContain('まだ何も登録していません。')
  expect(shown.page).toContain('友だちに追加する')
})

describe('the page', () => {
  test('is whole without a script: it says how to register in the talk', async () => {
    const { page } = await phone().open(PAGE)
    expect(page).toContain('みなと町 子育て便り を LINE の友だちに追加してください。')
    expect(page).toContain('href="https://line.me/R/ti/p/%40minato"')
    expect(page).toMatch(/<div hidden>\s*<form /)
  })

  test('lets LINE’s script run, and no other page does', async () => {
    const policyOf = async (path: string) =>
      (await web.get(path)).headers.get('content-security-policy') ?? ''
    const policy = await policyOf(PAGE)
    expect(policy).toContain("script-src 'self' https://static.line-scdn.net;")
    expect(policy).toContain("connect-src 'self' https://api.line.me https://liffsdk.line-scdn.net")
    expect(policy).not.toContain('unsafe')
    for (const path of ['/r/999016', '/r/999016/line', '/liff/0-unknown', '/script/liff.js']) {
      expect(await policyOf(path)).not.toContain('line-scdn')
    }
  })

  test('keeps what the link began with, which LINE packs at first', async () => {
    const packed = `/liff/${LIFF_ID}?liff.state=${encodeURIComponent('?town=999016&lang=easy&s=poster')}`
    const { page } = await phone().open(packed)
    expect(page).toContain('LINEで 登録(とうろく)する')
    expect(formOf(page)).toMatchObject({ town: '999016', lang: 'easy', s: 'poster' })
    const own = phone()
    const date = await bring(own, idToken(), packed)
    expect(date.page).toContain('次(つぎ)へ')
  })

  test('of an account with several towns asks which, where none of them is named', async () => {
    const own = phone()
    for (const town of ['', '?town=999032', '?town=999041']) {
      const shown = await bring(own, idToken(), `/liff/${LIFF_ID}${town}`)
      expect(shown.url).toMatch(/^\/r\?line=/)
      expect(shown.page).toContain('お住まいの自治体を選んでください')
    }
  })

  test('is found by no other id', async () => {
    for (const id of ['x', '2000000099-', LIFF_ID.toLowerCase(), 'undefined']) {
      expect((await web.get(`/liff/${id}`)).status).toBe(404)
    }
  })

  test('is a button of the page that leads to LINE, which keeps what was chosen', async () => {
    const page = await (await web.get('/r/999024?lang=easy&s=poster')).text()
    expect(page).toContain(
      `href="https://liff.line.me/${LIFF_ID}?town=999024&amp;s=poster&amp;lang=easy"`,
    )
  })
})

test.each([
  { label: 'without an app', login: LOGIN, answers: 'all' as const },
  {
    label: 'where another service answers in the talk',
    login: { ...LOGIN, liffId: LIFF_ID },
    answers: 'none' as const,
  },
])('$label nothing of it is there', async ({ login, answers }) => {
  const towns = [settings({ series: TOWNS[0]!.series, channels: ['line'] })]
  const other = await openWeb({ towns, account: { ...ACCOUNT, login, answers } })
  expect((await other.get(PAGE)).status).toBe(404)
  expect(await (await other.get('/r/999016')).text()).not.toContain('liff')
  await other.close()
})
