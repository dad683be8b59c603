import { randomBytes } from 'node:crypto'

import { challengeOf } from '../channel/lineLogin'

import { notFound, type ApiAnswer, type ApiRequest, type GivenAnswer } from './apiAnswer'
import { isCrossSite } from './control'
import { claimsFor, readIdToken, signIdToken } from './idToken'
import type { LineState, SandboxChannel, SandboxLogin } from './lineState'
import type { LoginCodes } from './loginCodes'
import { loginPage, refusedLoginPage } from './loginPage'

interface LineLoginOptions {
  state: LineState
  codes: LoginCodes
  now: () => Date
}

/** A LINE Login channel and the account it belongs to. */
interface LoginChannel {
  login: SandboxLogin
  account: SandboxChannel
}

/**
 * LINE Login: a page that asks who somebody is, and the two endpoints behind it; null when the path
 * is not one of its own.
 *
 * Source: https://developers.line.biz/en/reference/line-login/
 */
export function createLineLoginApi(
  options: LineLoginOptions,
): (request: ApiRequest) => ApiAnswer | null {
  return (request) => {
    const { pathname } = request.url
    if (!pathname.startsWith('/oauth2/v2.1/')) return null
    switch (`${request.method} ${pathname}`) {
      case 'GET /oauth2/v2.1/authorize':
        return askWho(options, request)
      case 'POST /oauth2/v2.1/authorize':
        return sendBack(options, request)
      case 'POST /oauth2/v2.1/token':
        return exchange(options, formOf(request))
      case 'POST /oauth2/v2.1/verify':
        return verify(options, formOf(request))
      default:
        return notFound()
    }
  }
}

/** A request to log in that is in the right form. */
interface Authorization extends LoginChannel {
  redirectUri: string
  state: string
  nonce: string | null
  challenge: string | null
}

function askWho(options: LineLoginOptions, { url }: ApiRequest): ApiAnswer {
  const asked = authorizationOf(options, url.searchParams)
  if (typeof asked === 'string') return { status: 400, body: refusedLoginPage(asked) }
  const { provider } = asked.account
  const friends = [...options.state.friends.values()].filter((one) => one.provider === provider)
  const people = friends.toSorted((a, b) => b.at - a.at)
  return { status: 200, body: loginPage({ url, account: asked.account, people }) }
}

/** A wrong request is shown to the person and never sent back: the address may be anybody's. */
function authorizationOf(
  options: LineLoginOptions,
  query: URLSearchParams,
): Authorization | string {
  const get = (name: string) => query.get(name) ?? ''
  const channel = loginChannel(options, get('client_id'))
  if (!channel) return 'Invalid client_id value.'
  const redirectUri = get('redirect_uri')
  if (!channel.login.callbackUrls.includes(redirectUri)) {
    return 'Invalid redirect_uri value. Check if it is registered in a LINE developers site.'
  }
  if (get('response_type') !== 'code') return 'Invalid response_type value.'
  if (!get('state')) return 'State is required.'
  if (!get('scope').split(' ').includes('openid')) return 'Invalid scope value.'
  const challenge = query.get('code_challenge')
  if (challenge !== null && get('code_challenge_method') !== 'S256') {
    return 'Invalid code_challenge_method value.'
  }
  return { ...channel, redirectUri, state: get('state'), nonce: query.get('nonce'), challenge }
}

/** The person has chosen who they are, or to go back. */
function sendBack(options: LineLoginOptions, request: ApiRequest): ApiAnswer {
  if (isCrossSite(request)) return { status: 403, body: { message: 'Not from another site' } }
  const asked = authorizationOf(options, request.url.searchParams)
  if (typeof asked === 'string') return { status: 400, body: refusedLoginPage(asked) }
  const { redirectUri, state, nonce, challenge, login } = asked
  const back = new URL(redirectUri)
  back.searchParams.set('state', state)
  const chosen = formOf(request).get('user') ?? ''
  if (chosen === '') {
    back.searchParams.set('error', 'access_denied')
    back.searchParams.set('error_description', 'The resource owner denied the request.')
  } else {
    const userId = chosen === 'stranger' ? `U${randomBytes(16).toString('hex')}` : chosen
    const { channelId } = login
    const code = options.codes.issue({ channelId, redirectUri, userId, nonce, challenge })
    back.searchParams.set('code', code)
  }
  return { status: 302, headers: { location: back.href }, body: '' }
}

function exchange(options: LineLoginOptions, form: URLSearchParams): ApiAnswer {
  const get = (name: string) => form.get(name) ?? ''
  if (get('grant_type') !== 'authorization_code') return refused('unsupported_grant_type')
  const channel = loginChannel(options, get('client_id'))
  if (!channel || channel.login.channelSecret !== get('client_secret')) {
    return refused('invalid_client', 'invalid client_id or client_secret')
  }
  const grant = options.codes.use(get('code'))
  if (grant?.channelId !== channel.login.channelId) {
    return refused('invalid_grant', 'invalid authorization code')
  }
  if (grant.redirectUri !== get('redirect_uri')) {
    return refused('invalid_grant', 'redirect_uri does not match')
  }
  const isVerified =
    grant.challenge === null || grant.challenge === challengeOf(get('code_verifier'))
  if (!isVerified) return refused('invalid_grant', 'code_verifier does not match')
  const claims = claimsFor(channel.login, { ...grant, now: options.now() })
  return {
    status: 200,
    body: {
      access_token: randomBytes(24).toString('base64url'),
      expires_in: 2_592_000,
      id_token: signIdToken(claims, channel.login.channelSecret),
      refresh_token: randomBytes(12).toString('base64url'),
      scope: 'openid',
      token_type: 'Bearer',
    },
  }
}

/** The reasons and their words are LINE's own. */
function verify(options: LineLoginOptions, form: URLSearchParams): ApiAnswer {
  const get = (name: string) => form.get(name)
  const channel = loginChannel(options, get('client_id') ?? '')
  const signers = [...options.state.channels.values()].flatMap(
    ({ loginChannel }) => loginChannel ?? [],
  )
  const claims = signers
    .map(({ channelSecret }) => readIdToken(get('id_token') ?? '', channelSecret))
    .find((read) => read !== null)
  const isBad = (description: string) => refused('invalid_request', description)
  if (!claims) return isBad('Invalid IdToken.')
  if (claims.exp * 1000 <= options.now().getTime()) return isBad('IdToken expired.')
  if (!channel || claims.aud !== channel.login.channelId) return isBad('Invalid IdToken Audience.')
  const [nonce, userId] = [get('nonce'), get('user_id')]
  if (nonce !== null && claims.nonce !== nonce) return isBad('Invalid IdToken Nonce.')
  if (userId !== null && claims.sub !== userId) {
    return isBad('Invalid IdToken Subject Identifier.')
  }
  return { status: 200, body: claims }
}

function loginChannel({ state }: LineLoginOptions, channelId: string): LoginChannel | null {
  for (const account of state.channels.values()) {
    const { loginChannel: login } = account
    if (login && login.channelId === channelId) return { login, account }
  }
  return null
}

function formOf({ body }: ApiRequest): URLSearchParams {
  return new URLSearchParams(body.toString())
}

function refused(error: string, error_description?: string): GivenAnswer {
  return { status: 400, body: { error, ...(error_description && { error_description }) } }
}
