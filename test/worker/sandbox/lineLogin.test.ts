// The practice LINE Login refuses what LINE refuses, in LINE's words.
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals'

import { challengeOf } from '../../../worker/channel/lineLogin'
import { claimsFor, signIdToken } from '../../../worker/sandbox/idToken'
import type { Sandbox } from '../../../worker/sandbox/sandbox'
import { MINATO, testSandbox, userId } from './testSandbox'

const CALLBACK = 'https://kizuna.example/login/line'
const LOGIN = { channelId: '2000000099', channelSecret: 'login-secret', callbackUrls: [CALLBACK] }
const VERIFIER = 'v'.repeat(43)
const SAKURA = userId('さくら')

let at = Date.parse('2026-11-23T07:00:00+09:00')
let sandbox: Sandbox
beforeEach(async () => {
  at = Date.parse('2026-11-23T07:00:00+09:00')
  const channels = [{ ...MINATO, loginChannel: LOGIN }]
  sandbox = await testSandbox({ now: () => new Date(at), channels })
})
afterEach(() => sandbox.stop())

const ASKED = {
  response_type: 'code',
  client_id: LOGIN.channelId,
  redirect_uri: CALLBACK,
  state: 'abc',
  scope: 'openid',
  nonce: 'n0nce',
  code_challenge: challengeOf(VERIFIER),
  code_challenge_method: 'S256',
}

function authorizeUrl(changed: Record<string, string> = {}): URL {
  const query = new URLSearchParams({ ...ASKED, ...changed })
  return new URL(`/oauth2/v2.1/authorize?${query.toString()}`, sandbox.url)
}

async function choose(user: string, changed: Record<string, string> = {}) {
  const body = new URLSearchParams({ user })
  const answer = await fetch(authorizeUrl(changed), { method: 'POST', body, redirect: 'manual' })
  return { status: answer.status, back: new URL(answer.headers.get('location') ?? 'x:') }
}

async function post(path: string, form: Record<string, string>) {
  const url = new URL(`/oauth2/v2.1/${path}`, sandbox.url)
  const answer = await fetch(url, { method: 'POST', body: new URLSearchParams(form) })
  return { status: answer.status, body: (await answer.json()) as Record<string, string> }
}

const exchange = (code: string, changed: Record<string, string> = {}) =>
  post('token', {
    grant_type: 'authorization_code',
    code,
    redirect_uri: CALLBACK,
    client_id: LOGIN.channelId,
    client_secret: LOGIN.channelSecret,
    code_verifier: VERIFIER,
    ...changed,
  })

const codeFor = async (user = SAKURA) => (await choose(user)).back.searchParams.get('code')!

test('a friend is chosen on a page and sent back with a code and the state', async () => {
  const friend = await sandbox.line.befriend(MINATO.channelId, '<さくら>')
  const page = await (await fetch(authorizeUrl())).text()
  expect(page).toContain('&lt;さくら&gt; として進む')
  const { status, back } = await choose(friend.userId)
  expect(status).toBe(302)
  expect(back.href).toMatch(/^https:\/\/kizuna\.example\/login\/line\?state=abc&code=/)
  const { body } = await exchange(back.searchParams.get('code')!)
  const verified = await post('verify', {
    id_token: body.id_token!,
    client_id: LOGIN.channelId,
    nonce: 'n0nce',
    user_id: friend.userId,
  })
  expect(verified).toMatchObject({
    status: 200,
    body: { iss: 'https://access.line.me', sub: friend.userId, aud: LOGIN.channelId },
  })
})

test('who goes back brings an error and no code', async () => {
  const { back } = await choose('')
  expect(back.searchParams.get('error')).toBe('access_denied')
  expect(back.searchParams.get('code')).toBeNull()
})

test.each([
  [{ client_id: '1' }, 'client_id'],
  [{ redirect_uri: 'https://elsewhere.example/' }, 'redirect_uri'],
  [{ redirect_uri: `${CALLBACK}/` }, 'redirect_uri'],
  [{ response_type: 'token' }, 'response_type'],
  [{ scope: 'profile' }, 'scope'],
  [{ state: '' }, 'State'],
  [{ code_challenge_method: 'plain' }, 'code_challenge_method'],
])('a request with %j is shown and sent nowhere', async (changed, says) => {
  const answer = await fetch(authorizeUrl(changed as Record<string, string>))
  expect(answer.status).toBe(400)
  expect(await answer.text()).toContain(says)
  expect((await choose(SAKURA, changed as Record<string, string>)).status).toBe(400)
})

describe('a code', () => {
  test.each([
    ['another secret', { client_secret: 'x' }, 'invalid_client'],
    ['another channel', { client_id: '1' }, 'invalid_client'],
    ['another redirect_uri', { redirect_uri: 'https://elsewhere.example/' }, 'invalid_grant'],
    ['another verifier', { code_verifier: 'w'.repeat(43) }, 'invalid_grant'],
    ['no verifier', { code_verifier: '' }, 'invalid_grant'],
    ['another code', { code: 'x' }, 'invalid_grant'],
    ['another kind of grant', { grant_type: 'client_credentials' }, 'unsupported_grant_type'],
  ])('with %s is refused', async (_, changed, error) => {
    const answer = await exchange(await codeFor(), changed as Record<string, string>)
    expect(answer).toMatchObject({ status: 400, body: { error } })
  })

  test('is good once, and not after a try that failed', async () => {
    const code = await codeFor()
    expect((await exchange(code)).status).toBe(200)
    expect((await exchange(code)).status).toBe(400)
    const tried = await codeFor()
    await exchange(tried, { code_verifier: 'x' })
    expect((await exchange(tried)).status).toBe(400)
  })

  test('ends after ten minutes', async () => {
    const [early, late] = [await codeFor(), await codeFor()]
    at += 10 * 60_000 - 1
    expect((await exchange(early)).status).toBe(200)
    at += 1
    expect((await exchange(late)).status).toBe(400)
  })
})

describe('an id token', () => {
  const token = (changed: object = {}, secret = LOGIN.channelSecret) => {
    const now = new Date(at)
    const claims = claimsFor(LOGIN, { userId: SAKURA, nonce: 'n0nce', now })
    return signIdToken({ ...claims, ...changed }, secret)
  }
  const verify = (id_token: string, changed: object = {}) =>
    post('verify', { id_token, client_id: LOGIN.channelId, ...changed })

  test.each([
    { label: 'signed by somebody else', made: () => token({}, 'x'), says: '.' },
    { label: 'that is none', made: () => 'x', says: '.' },
    { label: 'that was changed', made: () => token().replace(/\.[^.]+\./, '.e30.'), says: '.' },
    { label: 'for another channel', made: () => token({ aud: '1' }), says: ' Audience.' },
    { label: 'asked for another', made: token, asked: { client_id: '1' }, says: ' Audience.' },
    { label: 'of another nonce', made: token, asked: { nonce: 'x' }, says: ' Nonce.' },
    {
      label: 'of somebody else',
      made: token,
      asked: { user_id: userId('x') },
      says: ' Subject Identifier.',
    },
  ])('$label is refused', async ({ made, asked, says }) => {
    expect(await verify(made(), asked)).toEqual({
      status: 400,
      body: { error: 'invalid_request', error_description: `Invalid IdToken${says}` },
    })
  })

  test('that has ended is refused', async () => {
    expect(await verify(token({ exp: at / 1000 }))).toEqual({
      status: 400,
      body: { error: 'invalid_request', error_description: 'IdToken expired.' },
    })
  })

  test('that is sound is taken', async () => {
    expect(await verify(token())).toMatchObject({ status: 200, body: { sub: SAKURA } })
  })
})
