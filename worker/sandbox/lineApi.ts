import { randomUUID } from 'node:crypto'

import { localDayOf } from '../../src/stage/day'
import { LINE_MAX_BODY_BYTES, LINE_MONTHLY_LIMIT_MESSAGE } from '../channel/lineApiLimits'
import type { LineMessagePayload } from '../channel/channel'

import { answer, notFound, type ApiAnswer, type ApiRequest, type GivenAnswer } from './apiAnswer'
import type { FaultScript, LineTrouble } from './fault'
import { badPropertySentence, checkMessages, checkRecipients, USER_ID } from './lineCheck'
import {
  type AcceptedCall,
  type LineEndpoint,
  type LineState,
  type SandboxChannel,
} from './lineState'
import { readLine } from './lineRead'
import type { RateWindow } from './rateWindow'
import type { ReplyTokens } from './replyToken'
import type { SandboxTokens } from './issuedTokens'

/** What the API works on. */
export interface LineApiOptions {
  state: LineState
  tokens: SandboxTokens
  replyTokens: ReplyTokens
  faults: FaultScript<LineTrouble>
  rate: RateWindow
  /** Well-formed ids nobody knows: `friend` shows them, `refuse` answers 400 without an index. */
  strangers: 'friend' | 'refuse'
  /** Ids of another provider, besides those known as such. */
  foreign: ReadonlySet<string>
  now: () => Date
  onAccepted: (call: AcceptedCall) => void
}

/** Answers one request as the Messaging API would; null when the path is not one of its own. */
export function createLineApi(options: LineApiOptions): (request: ApiRequest) => ApiAnswer | null {
  const send = createSend(options)
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
      return send({ channel, endpoint: endpoint as LineEndpoint, request })
    }
    return request.method === 'GET' ? readLine(options, channel, request.url) : notFound()
  }
}

interface Call {
  channel: SandboxChannel
  endpoint: LineEndpoint
  request: ApiRequest
}

interface ParsedCall extends Call {
  to: string[]
  messages: LineMessagePayload[]
  retryKey: string | null
}

function createSend(options: LineApiOptions): (call: Call) => ApiAnswer {
  const { faults, rate } = options
  return (call) => {
    const { channel, endpoint } = call
    if (endpoint === 'multicast' && !rate.admit(channel.channelId)) {
      return answer(429, 'The API rate limit has been exceeded. Try again later.')
    }
    const trouble = faults.strike(endpoint, channel.channelId)
    const early = trouble && beforeTaking(trouble)
    if (early) return early
    const worked = workOn(options, call)
    return (worked.isTaken && trouble && afterTaking(trouble)) || slowed(worked.answer, trouble)
  }
}

/** What becomes of a request that nothing strikes, and the answer to it. */
function workOn(options: LineApiOptions, call: Call): { isTaken: boolean; answer: GivenAnswer } {
  const refused = (given: GivenAnswer) => ({ isTaken: false, answer: given })
  const parsed = parseCall(options, call)
  if ('status' in parsed) return refused(parsed)
  const { retryKey, channel } = parsed
  const earlier = retryKey && options.state.findKey(channel.channelId, retryKey)
  if (earlier) return refused(conflict(options, parsed, earlier))
  const refusal = refuse(options, parsed)
  return refusal ? refused(refusal) : { isTaken: true, answer: ok(take(options, parsed)) }
}

function beforeTaking(trouble: LineTrouble): ApiAnswer | null {
  if (trouble.kind === 'cut') return 'cut'
  if (trouble.kind === 'hang' && !trouble.isTaken) return 'hang'
  if (trouble.kind !== 'answer') return null
  const { status, body = { message: 'A fault of the script.' }, headers = {} } = trouble
  return { status, body, headers }
}

function afterTaking(trouble: LineTrouble): ApiAnswer | null {
  if (trouble.kind === 'acceptThenCut') return 'cut'
  if (trouble.kind === 'hang') return 'hang'
  if (trouble.kind !== 'acceptThenAnswer') return null
  return answer(trouble.status, 'Internal server error')
}

function slowed(given: GivenAnswer, trouble: LineTrouble | null): GivenAnswer {
  return trouble?.kind === 'slow' ? { ...given, afterMs: trouble.ms } : given
}

function parseCall(options: LineApiOptions, call: Call): ParsedCall | GivenAnswer {
  const { request, endpoint } = call
  if (request.body.length > LINE_MAX_BODY_BYTES) return answer(413, 'Request entity too large')
  const retryKey = header(request, 'x-line-retry-key')
  if (retryKey && (endpoint === 'reply' || !UUID.test(retryKey))) {
    return answer(400, "The retry key is invalid. 'X-Line-Retry-Key' must be a UUID.")
  }
  const body = parseJson(request.body)
  if (!body) return answer(400, 'The request body could not be parsed as JSON (line: -, column: -)')
  const details = checkMessages(body.messages)
  const recipients = readRecipients(options, body, call)
  if (!Array.isArray(recipients)) return recipients
  if (details.length > 0) {
    return {
      status: 400,
      body: { message: `The request body has ${details.length} error(s)`, details },
    }
  }
  const messages = body.messages as LineMessagePayload[]
  return { ...call, to: recipients, messages, retryKey: retryKey ?? null }
}

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i

type Recipients = string[] | GivenAnswer

function readRecipients(
  options: LineApiOptions,
  body: Record<string, unknown>,
  { endpoint, channel }: Call,
): Recipients {
  if (endpoint === 'reply') {
    const userId = options.replyTokens.use(String(body.replyToken ?? ''), channel.channelId)
    return userId ? [userId] : answer(400, 'Invalid reply token')
  }
  if (endpoint === 'push') {
    if (typeof body.to === 'string' && USER_ID.test(body.to)) return [body.to]
    return answer(400, badPropertySentence('to'))
  }
  const problem = checkRecipients(body.to)
  if (problem === null) return body.to as string[]
  if (typeof problem === 'string') return answer(400, problem)
  return { status: 400, body: { message: 'The request body has 1 error(s)', details: [problem] } }
}

/** A repeat of a key counts as taken; with another body it is the sender's mistake. */
function conflict(options: LineApiOptions, call: ParsedCall, earlier: AcceptedCall): GivenAnswer {
  const isSame =
    earlier.to.length === call.to.length &&
    earlier.to.every((id, index) => id === call.to[index]) &&
    earlier.messagesHash === options.state.keepMessages(call.messages)
  if (!isSame && call.retryKey) options.state.misusedKeys.push(call.retryKey)
  return {
    ...answer(409, 'The retry key is already accepted'),
    headers: { 'x-line-accepted-request-id': earlier.requestId },
  }
}

function refuse(options: LineApiOptions, call: ParsedCall): GivenAnswer | null {
  const { state, now } = options
  const { channel, to, endpoint } = call
  if (to.some((id) => isForeign(options, channel, id))) {
    return answer(400, 'Failed to send messages')
  }
  const limit = channel.monthlyLimit ?? null
  if (limit === null || endpoint === 'reply') return null
  const month = localDayOf(now()).slice(0, 7)
  const used = state.countMonth(channel.channelId, month)
  return used + to.length > limit ? answer(429, LINE_MONTHLY_LIMIT_MESSAGE) : null
}

function isForeign(
  { state, foreign, strangers }: LineApiOptions,
  channel: SandboxChannel,
  id: string,
) {
  if (foreign.has(id)) return true
  const friend = state.friends.get(id)
  if (!friend) return strangers === 'refuse'
  return friend.provider !== channel.provider
}

function take(options: LineApiOptions, call: ParsedCall): AcceptedCall {
  const { state, now } = options
  const { channelId } = call.channel
  const accepted: AcceptedCall = {
    at: now().getTime(),
    channelId,
    endpoint: call.endpoint,
    to: call.to,
    blocked: call.to.filter((id) => state.isBlocked(channelId, id)),
    messagesHash: state.keepMessages(call.messages),
    retryKey: call.retryKey,
    requestId: randomUUID(),
  }
  state.record({ type: 'accepted', call: accepted })
  options.onAccepted(accepted)
  return accepted
}

function ok({ endpoint, requestId }: AcceptedCall): GivenAnswer {
  const body = endpoint === 'multicast' ? {} : { sentMessages: [{ id: requestId }] }
  return { status: 200, body, headers: { 'x-line-request-id': requestId } }
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
  return header(request, 'authorization')?.replace(/^Bearer /, '') ?? ''
}

function header({ headers }: ApiRequest, name: string): string | undefined {
  const value = headers[name]
  return typeof value === 'string' ? value : undefined
}

function parseJson(body: Buffer): Record<string, unknown> | null {
  try {
    const parsed: unknown = JSON.parse(body.toString())
    return typeof parsed === 'object' && parsed ? (parsed as Record<string, unknown>) : null
  } catch {
    return null
  }
}
