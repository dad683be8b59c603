import { HTTPFetchError, messagingApi } from '@line/bot-sdk'
import { Agent, type Dispatcher } from 'undici'

import type { LineChannel, LineReply, LineSender, Receipt } from './channel'
import { accepted, readLineError, readNetworkError, type LineAnswer } from './lineAnswer'
import { createLineTokens, LineCredentialsError, type LineTokens } from './lineAccessToken'
import { withTransport } from './lineTransport'
import { sendLineBatch, type LineRequest } from './lineBatch'
import type { Pace } from './pace'

/** The vendor's own origin. https://developers.line.biz/en/reference/messaging-api/#domain-name */
export const LINE_API_URL = 'https://api.line.me'

/** What a LINE channel needs. */
export interface LineChannelOptions {
  /** Origin of the API; the sandbox's, or {@link LINE_API_URL}. */
  baseUrl: string
  pace: Pace
  now: () => Date
  /** After this the outcome of a request is unknown. Default 20 s. */
  timeoutMs?: number
  tokens?: LineTokens
  /** From {@link createLineDispatcher}; the caller closes it. Default: one of its own. */
  dispatcher?: Dispatcher
}

/** Connections to the API with the timeouts that `@line/bot-sdk` lacks. */
export function createLineDispatcher({ timeoutMs = 20_000 } = {}): Agent {
  return new Agent({
    headersTimeout: timeoutMs,
    bodyTimeout: timeoutMs,
    connect: { timeout: Math.min(timeoutMs, 10_000) },
  })
}

/** Sends multicasts and replies for any number of LINE accounts; see {@link LineChannel}. */
export function createLineChannel(options: LineChannelOptions): LineChannel {
  const { baseUrl, pace, timeoutMs = 20_000 } = options
  const dispatcher = options.dispatcher ?? createLineDispatcher({ timeoutMs })
  const tokens = options.tokens ?? createLineTokens({ ...options, dispatcher })
  const clientFor = rememberClients(baseUrl, dispatcher)

  async function attempt(account: LineSender, call: LineCall): Promise<LineAnswer> {
    let token
    try {
      token = await withTimeout(tokens.get(account), timeoutMs)
    } catch (error) {
      return readTokenError(error)
    }
    try {
      return await withTimeout(call(clientFor(account.channelId, token)), timeoutMs)
    } catch (error) {
      const answer = readThrown(error)
      if (answer.kind === 'token') tokens.drop(account, token)
      return answer
    }
  }

  async function attemptTwice(account: LineSender, call: LineCall): Promise<LineAnswer> {
    const first = await attempt(account, call)
    const answer = first.kind === 'token' ? await attempt(account, call) : first
    return answer.kind === 'token'
      ? { kind: 'stop', code: 'line-credentials', detail: 'A fresh token was refused.' }
      : answer
  }

  async function multicast(request: LineRequest): Promise<LineAnswer> {
    const { account, to, messages, retryKey, isHeldBack } = request
    const body = { to: [...to], messages: [...messages] as messagingApi.Message[] }
    await pace.take(account.channelId)
    const answer = await attemptTwice(account, async (client) => {
      if (isHeldBack?.()) return HELD_BACK
      const { httpResponse } = await client.multicastWithHttpInfo(body, retryKey)
      return accepted(httpResponse.headers.get('x-line-request-id'))
    })
    if (answer.kind === 'deferred' && answer.retryAfterMs) {
      pace.slowDown(account.channelId, answer.retryAfterMs)
    }
    return answer
  }

  return {
    send: (batch) => sendLineBatch(multicast, batch),
    async reply({ account, replyToken, messages }: LineReply): Promise<Receipt> {
      const body = { replyToken, messages: [...messages] as messagingApi.Message[] }
      return receiptOfReply(
        await attemptTwice(account, async (client) => {
          const { httpResponse } = await client.replyMessageWithHttpInfo(body)
          return accepted(httpResponse.headers.get('x-line-request-id'))
        }),
      )
    },
  }
}

/** Nothing was sent: what happened while it waited for its turn or for a token forbids it. */
const HELD_BACK: LineAnswer = { kind: 'deferred', code: 'line-held-back' }

type LineCall = (client: messagingApi.MessagingApiClient) => Promise<LineAnswer>

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

async function withTimeout<T>(work: Promise<T>, timeoutMs: number): Promise<T> {
  let timer: NodeJS.Timeout | undefined
  const late = new Promise<never>((_resolve, reject) => {
    timer = setTimeout(() => {
      reject(Object.assign(new Error('No answer in time'), { code: 'LINE_TIMEOUT' }))
    }, timeoutMs)
  })
  try {
    return await Promise.race([work, late])
  } finally {
    clearTimeout(timer)
  }
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

function receiptOfReply(answer: LineAnswer): Receipt {
  if (answer.kind === 'accepted') return { status: 'accepted' }
  if (answer.kind === 'deferred') return { ...answer, status: 'deferred', isDefinite: true }
  if (answer.kind === 'unknown') return { status: 'unknown', code: answer.code }
  const code = 'code' in answer ? answer.code : 'line-reply'
  return { status: 'rejected', code, isAddressFault: false }
}
