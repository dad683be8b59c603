// What LINE says of an id token is looked at once more, before anything is shown to anybody.
import { afterEach, expect, test } from '@jest/globals'
import { createServer, type Server } from 'node:http'
import { once } from 'node:events'
import type { AddressInfo } from 'node:net'

import { createLineLogin, userIn } from '../../../worker/channel/lineLogin'

const NOW = new Date('2026-11-23T01:00:00Z')
const login = { channelId: '2000000099', channelSecret: 'secret' }
const SUB = `U${'a1'.repeat(16)}`
const CLAIMS = {
  iss: 'https://access.line.me',
  sub: SUB,
  aud: login.channelId,
  exp: NOW.getTime() / 1000 + 1,
  nonce: 'n0nce',
}

test.each([
  ['as it should be', {}, 'known'],
  ['of another issuer', { iss: 'https://access.line.me.example' }, 'refused'],
  ['for another channel', { aud: '1' }, 'refused'],
  ['for several channels', { aud: [login.channelId, '1'] }, 'refused'],
  ['of another nonce', { nonce: 'x' }, 'refused'],
  ['without a nonce', { nonce: undefined }, 'refused'],
  ['that ends now', { exp: NOW.getTime() / 1000 }, 'refused'],
  ['that never ends', { exp: undefined }, 'refused'],
  ['that ends in words', { exp: 'never' }, 'refused'],
  ['of nobody', { sub: '' }, 'refused'],
  ['of an id that is no user’s', { sub: `C${'a1'.repeat(16)}` }, 'refused'],
  ['of two users', { sub: [SUB] }, 'refused'],
])('a token %s', (_, changed, status) => {
  const body = { ...CLAIMS, ...changed }
  expect(userIn(body, { login, nonce: 'n0nce', now: NOW })).toMatchObject({ status })
})

test('nothing at all is no user', () => {
  for (const body of [null, undefined, [], 'x', 1]) {
    expect(userIn(body, { login, nonce: 'n0nce', now: NOW }).status).toBe('refused')
  }
})

test('people are sent to LINE’s own address, and ask for their id alone', () => {
  const real = createLineLogin({ apiUrl: 'https://api.line.me', now: () => NOW })
  expect(real.origin).toBe('https://access.line.me')
  const asked = {
    login,
    redirectUri: 'https://k.example/login/line',
    state: 's',
    nonce: 'n',
    verifier: 'v',
    isAutomatic: false,
  }
  const url = new URL(real.authorizationUrl(asked))
  expect(url.origin + url.pathname).toBe('https://access.line.me/oauth2/v2.1/authorize')
  expect(Object.fromEntries(url.searchParams)).toMatchObject({
    scope: 'openid',
    code_challenge_method: 'S256',
    disable_auto_login: 'true',
  })
  expect(url.href).not.toContain('secret')
  expect(url.searchParams.get('code_challenge')).not.toBe('v')
})

let server: Server | null = null
afterEach(async () => {
  server?.close()
  server?.closeAllConnections()
  if (server) await once(server, 'close')
  server = null
})

test.each([
  ['400', (n: number) => (n === 0 ? [400, '{"error":"invalid_grant"}'] : [200, '{}']), 'refused'],
  ['429', () => [429, '{}'], 'unavailable'],
  ['500', () => [500, 'x'], 'unavailable'],
  ['no JSON', () => [200, 'x'], 'unavailable'],
  ['no id token', () => [200, '{"access_token":"x"}'], 'refused'],
  ['a way elsewhere', () => [302, ''], 'unavailable'],
  ['400 to the token', (n: number) => [n === 0 ? 200 : 400, '{"id_token":"x"}'], 'refused'],
] as const)('LINE answers %s', async (_, answer, status) => {
  let asked = 0
  server = createServer((_request, response) => {
    const [code, body] = answer(asked++) as [number, string]
    response.writeHead(code, { location: 'http://127.0.0.1:1/' }).end(body)
  }).listen(0, '127.0.0.1')
  await once(server, 'listening')
  const apiUrl = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  const outcome = await createLineLogin({ apiUrl, now: () => NOW }).userOf({
    login,
    redirectUri: 'https://k.example/login/line',
    nonce: 'n',
    verifier: 'v',
    code: 'c',
  })
  expect(outcome.status).toBe(status)
})
