import { LINE_MAX_BODY_BYTES } from '../channel/lineApiLimits'
import type { LineMessagePayload } from '../channel/channel'

import { answer, type ApiRequest, type GivenAnswer } from './apiAnswer'
import { badPropertySentence, checkMessages, checkRecipients, USER_ID } from './lineCheck'
import type { LineEndpoint, SandboxChannel } from './lineState'
import type { ReplyTokens } from './replyToken'

/** A request to send messages, before it is looked at. */
export interface LineCall {
  channel: SandboxChannel
  endpoint: LineEndpoint
  request: ApiRequest
}

/** A request to send messages that is in the right form. */
export interface ParsedCall extends LineCall {
  to: string[]
  messages: LineMessagePayload[]
  retryKey: string | null
}

/**
 * Reads a request to send messages and uses up its reply token, or says what is wrong with its form
 * as the vendor does.
 */
export function parseCall(replyTokens: ReplyTokens, call: LineCall): ParsedCall | GivenAnswer {
  const { request, endpoint } = call
  if (request.body.length > LINE_MAX_BODY_BYTES) return answer(413, 'Request entity too large')
  const retryKey = headerOf(request, 'x-line-retry-key')
  if (retryKey && (endpoint === 'reply' || !UUID.test(retryKey))) {
    return answer(400, "The retry key is invalid. 'X-Line-Retry-Key' must be a UUID.")
  }
  const body = parseJson(request.body)
  if (!body) return answer(400, 'The request body could not be parsed as JSON (line: -, column: -)')
  const details = checkMessages(body.messages)
  const recipients = readRecipients(replyTokens, body, call)
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
  replyTokens: ReplyTokens,
  body: Record<string, unknown>,
  { endpoint, channel }: LineCall,
): Recipients {
  if (endpoint === 'reply') {
    const to = replyTokens.use(String(body.replyToken ?? ''), channel.channelId)
    return to ? [to] : answer(400, 'Invalid reply token')
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

/** One header that is there once. *Pure.* */
export function headerOf({ headers }: ApiRequest, name: string): string | undefined {
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
