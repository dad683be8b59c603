import type { LineGroupTalk } from '../channel/channel'

import { answer, notFound, type ApiAnswer, type ApiRequest, type GivenAnswer } from './apiAnswer'
import { headerOf } from './lineCall'
import { answerMenus } from './lineMenus'
import { readLine } from './lineRead'
import { sendLine, type LineApiOptions } from './lineSend'
import type { LineEndpoint } from './lineState'
import { beforeTaking, slowed } from './troubleAnswer'
import type { createWebhookTests } from './webhookTest'

/** Answers one request as the Messaging API would; null when the path is not one of its own. */
export function createLineApi(
  options: LineApiOptions & { testWebhook: ReturnType<typeof createWebhookTests> },
): (request: ApiRequest) => ApiAnswer | null | Promise<ApiAnswer> {
  return (request) => {
    const { pathname } = request.url
    if (pathname === '/oauth2/v3/token') return issueToken(options, request)
    if (!pathname.startsWith('/v2/bot/')) return null
    const channel = options.tokens.channelOf(bearer(request))
    if (!channel) {
      return answer(401, 'Authentication failed. Confirm that the access token is valid.')
    }
    const endpoint = /^\/v2\/bot\/message\/(multicast|push|reply)$/.exec(pathname)?.[1]
    if (endpoint && request.method === 'POST') {
      return sendLine(options, { channel, endpoint: endpoint as LineEndpoint, request })
    }
    if (pathname === '/v2/bot/channel/webhook/test' && request.method === 'POST') {
      return options.testWebhook(channel, request)
    }
    const left = /^\/v2\/bot\/(group|room)\/([^/]+)\/leave$/.exec(pathname)
    if (left && request.method === 'POST') {
      const from = { kind: left[1] as LineGroupTalk['kind'], id: left[2] ?? '' }
      const isLeft = options.groupTalks.leave(channel.channelId, from)
      return isLeft ? { status: 200, body: {} } : notFound()
    }
    const menus = answerMenus({ state: options.state, channel, request })
    if (menus) {
      if (request.method !== 'GET') options.onChange()
      return menus
    }
    return request.method === 'GET' ? readLine(options, channel, request.url) : notFound()
  }
}

function issueToken(options: LineApiOptions, request: ApiRequest): ApiAnswer {
  const trouble = options.faults.strike('token', '')
  const early = trouble && beforeTaking(trouble)
  return early ?? slowed(tokenFor(options, request), trouble)
}

function tokenFor(options: LineApiOptions, request: ApiRequest): GivenAnswer {
  const form = new URLSearchParams(request.body.toString())
  const channel = options.state.channels.get(form.get('client_id') ?? '')
  if (form.get('grant_type') !== 'client_credentials') {
    return { status: 400, body: { error: 'unsupported_grant_type' } }
  }
  if (!channel || channel.channelSecret !== form.get('client_secret')) {
    const error_description = 'invalid client_id or client_secret'
    return { status: 400, body: { error: 'invalid_client', error_description } }
  }
  const access_token = options.tokens.issue(channel)
  return { status: 200, body: { token_type: 'Bearer', access_token, expires_in: 900 } }
}

function bearer(request: ApiRequest): string {
  return headerOf(request, 'authorization')?.replace(/^Bearer /, '') ?? ''
}
