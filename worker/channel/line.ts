import { HTTPFetchError, messagingApi } from '@line/bot-sdk'
import { Agent, type Dispatcher } from 'undici'

import {
  LINE_HELD_BACK,
  type LineAccountState,
  type LineChannel,
  type LineCredentials,
  type LineLeaving,
  type LineReach,
  type LineReaching,
  type LineReply,
  type Receipt,
} from './channel'
import { refusedDrill, refusedDrillBatch, type DrillGuard } from './drillGuard'
import { readLineError, readNetworkError, type LineAnswer } from './lineAnswer'
import { createLineTokens, LineCredentialsError, type LineTokens } from './lineAccessToken'
import { withTransport } from './lineTransport'
import { sendLineBatch, type LineRequest } from './lineBatch'
import type { Pace } from './pace'
import { withTimeout } from '../concurrency/withTimeout'

/** The vendor's own origin. https://developers.line.biz/en/reference/messaging-api/#domain-name */
export const LINE_API_URL = 'https://api.line.me'

/** After this the outcome of a request is unknown. */
const TIMEOUT_MS = 20_000

/** What a LINE channel needs. */
export interface LineChannelOptions extends DrillGuard {
  /** Origin of the API; the sandbox's, or {@link LINE_API_URL}. */
  baseUrl: string
  pace: Pace
  now: () => Date
  /** How long a request may take before its outcome is unknown. @default 20 s */
  timeoutMs?: number
  tokens?: LineTokens
  /** From {@link createLineDispatcher}; the caller closes it. Default: one of its own. */
  dispatcher?: Dispatcher
}

/** Connections to the API with the timeouts that `@line/bot-sdk` lacks. */
export function createLineDispatcher({ timeoutMs = TIMEOUT_MS } = {}): Agent {
  return new Agent({
    headersTimeout: timeoutMs,
    bodyTimeout: timeoutMs,
    connect: { timeout: Math.min(timeoutMs, 10_000) },
  })
}

/** Sends multicasts and replies for any number of LINE accounts; see {@link LineChannel}. */
export function createLineChannel(options: LineChannelOptions): LineChannel {
  const { baseUrl, pace, timeoutMs = TIMEOUT_MS } = options
  const dispatcher = options.dispatcher ?? createLineDispatcher({ timeoutMs })
  const deps: Deps = {
    pace,
    timeoutMs,
    tokens: options.tokens ?? createLineTokens({ ...options, dispatcher }),
    clientFor: rememberClients(baseUrl, dispatcher),
  }
  return {
    send: async (batch) =>
      refusedDrillBatch(options, batch) ??
      sendLineBatch((request) => multicast(deps, request), batch),
    reply: async (answer) =>
      refusedDrill(options, answer.messages) ?? receiptOf(await reply(deps, answer)),
    leave: async (leaving) => receiptOf(await leave(deps, leaving)),
    check: (account) => check(deps, account),
    reaches: (reaching) => reaches(deps, reaching),
  }
}

interface Deps {
  pace: Pace
  timeoutMs: number
  tokens: LineTokens
  clientFor: (channelId: string, token: string) => messagingApi.MessagingApiClient
}

/** One request of a batch, in its turn; "too fast" makes the later ones slower. */
async function multicast(deps: Deps, request: LineRequest): Promise<LineAnswer> {
  const { account, to, messages, retryKey, isHeldBack } = request
  const body = { to: [...to], messages: [...messages] as messagingApi.Message[] }
  await deps.pace.take(account.channelId)
  const answer = await callTwice(deps, account, async (client) => {
    if (await isHeldBack?.()) return HELD_BACK
    await client.multicast(body, retryKey)
    return { kind: 'accepted' }
  })
  if (answer.kind === 'deferred' && answer.retryAfterMs) {
    deps.pace.slowDown(account.channelId, answer.retryAfterMs)
  }
  return answer
}

function reply(deps: Deps, { account, replyToken, messages }: LineReply): Promise<LineAnswer> {
  const body = { replyToken, messages: [...messages] as messagingApi.Message[] }
  return callTwice(deps, account, async (client) => {
    await client.replyMessage(body)
    return { kind: 'accepted' }
  })
}

function leave(deps: Deps, { account, from }: LineLeaving): Promise<LineAnswer> {
  return callTwice(deps, account, async (client) => {
    await (from.kind === 'group' ? client.leaveGroup(from.id) : client.leaveRoom(from.id))
    return { kind: 'accepted' }
  })
}

/**
 * The profile of a user is shown to an account of their provider that they have as a friend, and to no
 * other. https://developers.line.biz/en/reference/messaging-api/#get-profile
 */
async function reaches(deps: Deps, { account, userId }: LineReaching): Promise<LineReach> {
  let isUnknownUser = false
  const answer = await callTwice(deps, account, async (client) => {
    try {
      await client.getProfile(userId)
    } catch (error) {
      if (!(error instanceof HTTPFetchError) || error.status !== 404) throw error
      isUnknownUser = true
    }
    return { kind: 'accepted' }
  })
  if (answer.kind !== 'accepted') return 'unknown'
  return isUnknownUser ? 'no' : 'yes'
}

/** A page waits for it: who is kept waiting learns as little as who is not. */
const CHECK_MS = 3000

async function check({ tokens }: Deps, account: LineCredentials): Promise<LineAccountState> {
  try {
    await inTime(tokens.get(account), CHECK_MS)
    return 'works'
  } catch (error) {
    return error instanceof LineCredentialsError ? 'refused' : 'unknown'
  }
}

/** Nothing was sent: what happened while it waited for its turn or for a token forbids it. */
const HELD_BACK: LineAnswer = { kind: 'deferred', code: LINE_HELD_BACK }

type LineCall = (client: messagingApi.MessagingApiClient) => Promise<LineAnswer>

/** Calls once more, with a fresh token, when the token was refused. */
async function callTwice(
  deps: Deps,
  account: LineCredentials,
  call: LineCall,
): Promise<LineAnswer> {
  const first = await callOnce(deps, account, call)
  const answer = first.kind === 'token' ? await callOnce(deps, account, call) : first
  return answer.kind === 'token'
    ? { kind: 'stop', code: 'line-credentials', detail: 'A fresh token was refused.' }
    : answer
}

async function callOnce(deps: Deps, account: LineCredentials, call: LineCall): Promise<LineAnswer> {
  const { tokens, timeoutMs, clientFor } = deps
  let token
  try {
    token = await inTime(tokens.get(account), timeoutMs)
  } catch (error) {
    return readTokenError(error)
  }
  try {
    return await inTime(call(clientFor(account.channelId, token)), timeoutMs)
  } catch (error) {
    const answer = readThrown(error)
    if (answer.kind === 'token') tokens.drop(account, token)
    return answer
  }
}

function rememberClients(baseUrl: string, dispatcher: Dispatcher) {
  const clients = new Map<string, { token: string; client: messagingApi.MessagingApiClient }>()
  return (channelId: string, token: string) => {
    const known = clients.get(channelId)
    if (known?.token === token) return known.client
    const headers = { authorization: `Bearer ${token}` }
    const client = withTransport(
      new messagingApi.MessagingApiClient({ channelAccessToken: token, baseURL: baseUrl }),
      { baseUrl, dispatcher, headers },
    )
    clients.set(channelId, { token, client })
    return client
  }
}

/** @throws LINE_TIMEOUT */
function inTime<T>(work: Promise<T>, timeoutMs: number): Promise<T> {
  return withTimeout(work, timeoutMs, 'LINE_TIMEOUT')
}

function readThrown(error: unknown): LineAnswer {
  return error instanceof HTTPFetchError ? readLineError(error) : readNetworkError(error)
}

/** Without a token nothing was sent, whatever the token endpoint did. */
function readTokenError(error: unknown): LineAnswer {
  if (error instanceof LineCredentialsError) {
    return { kind: 'stop', code: error.code, detail: 'The channel id or secret was refused.' }
  }
  return { kind: 'deferred', code: 'line-no-token', retryAfterMs: 1000 }
}

function receiptOf(answer: LineAnswer): Receipt {
  if (answer.kind === 'accepted') return { status: 'accepted' }
  if (answer.kind === 'deferred') return { ...answer, status: 'deferred', isDefinite: true }
  if (answer.kind === 'unknown') return { status: 'unknown', code: answer.code }
  const code = 'code' in answer ? answer.code : 'line-refused'
  return { status: 'rejected', code, isAddressFault: false }
}
