// A log-in that lacks the second factor, in a browser: what is asked, and what the form gets in the end.
import { expect, test } from '@jest/globals'

import { factorFetch, type Lacking } from '../../../../src/admin/session/factorFetch'

const LOG_IN = 'https://cms.example/api/users/login'
const OFFER = { offer: 'sealed', key: 'ABCD', uri: 'otpauth://x', qr: '<svg/>' }

type Said = { status: number; body: object }
const refusal = (code: string, setUp?: typeof OFFER): Said => ({
  status: 401,
  body: { errors: [{ message: `sentence of ${code}`, data: { code, ...(setUp && { setUp }) } }] },
})
const NEEDED = refusal('SECOND_FACTOR_NEEDED')
const WRONG = refusal('SECOND_FACTOR_WRONG')
const SET_UP = refusal('SECOND_FACTOR_SETUP', OFFER)
const IN: Said = { status: 200, body: { user: { id: '1' } } }

/** A page whose CMS answers these one after the other, and somebody who types these codes. */
function page(answers: readonly Said[], typed: readonly (string | null)[]) {
  const [left, codes] = [[...answers], [...typed]]
  const sent: (readonly [string | null, string | null])[] = []
  const asked: Lacking[] = []
  const events: string[] = []
  const fetch = factorFetch({
    logIn: LOG_IN,
    send: async (_input, init) => {
      const headers = new Headers(init?.headers)
      sent.push([headers.get('X-Kizuna-Code'), headers.get('X-Kizuna-Setup')])
      const { status, body } = left.shift() ?? IN
      return new Response(JSON.stringify(body), { status })
    },
    askCode: async (lacking) => {
      asked.push(lacking)
      return codes.shift() ?? null
    },
    showCodes: async (shown) => void events.push(shown.join()),
    over: () => void events.push('over'),
  })
  return { fetch, sent, asked, events }
}

const logIn = { method: 'POST', body: 'the password', headers: { 'X-Own': '1' } }

test('the code is asked for until it is right, and the form gets one answer', async () => {
  const { fetch, sent, asked, events } = page([NEEDED, WRONG], ['１２３ 456', '654321'])
  expect((await fetch('/api/users/login?depth=0', logIn)).status).toBe(200)
  expect(sent).toEqual([
    [null, null],
    ['123456', null],
    ['654321', null],
  ])
  expect(asked.map(({ code }) => code)).toEqual(['SECOND_FACTOR_NEEDED', 'SECOND_FACTOR_WRONG'])
  expect(events).toEqual(['over'])
})

test('who gives up gets what the CMS said', async () => {
  const { fetch, events } = page([NEEDED], [null])
  const answer = await fetch(LOG_IN, logIn)
  expect([answer.status, await answer.json()]).toEqual([401, NEEDED.body])
  expect(events).toEqual(['over'])
})

test('what is set up stays over a wrong code, and its recovery codes are seen before the page goes on', async () => {
  const done = { ...IN, body: { ...IN.body, kizunaRecoveryCodes: ['A', 'B'] } }
  const { fetch, sent, asked, events } = page([SET_UP, WRONG, done], ['-', '123456'])
  expect((await fetch(LOG_IN, logIn)).status).toBe(200)
  expect(sent.slice(1)).toEqual([
    ['-', 'sealed'],
    ['123456', 'sealed'],
  ])
  expect(asked.map(({ setUp }) => setUp)).toEqual([OFFER, OFFER])
  expect(events).toEqual(['A,B', 'over'])
})

test('a log-in that is stopped meanwhile is the form’s again', async () => {
  const stopped = { status: 401, body: { errors: [{ message: 'no' }] } }
  const { fetch } = page([NEEDED, stopped], ['123456'])
  expect(await (await fetch(LOG_IN, logIn)).json()).toEqual(stopped.body)
})

test.each([
  ['another address', '/api/users/me', 'POST'],
  ['another host', 'https://other.example/api/users/login', 'POST'],
  ['a question', LOG_IN, 'GET'],
])('%s is let through', async (_name, address, method) => {
  const { fetch, asked, events } = page([NEEDED], ['123456'])
  expect((await fetch(address, { method })).status).toBe(401)
  expect([asked, events]).toEqual([[], []])
})
