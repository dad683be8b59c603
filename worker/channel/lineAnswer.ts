import { shorten } from '../../src/release/graphemes'
import { LINE_MONTHLY_LIMIT_MESSAGE } from './lineApiLimits'

/** An HTTP answer of the Messaging API that is not 2xx. */
export interface LineHttpError {
  status: number
  headers: { get(name: string): string | null }
  body: string
}

/** What an answer means for one request. */
export type LineAnswer =
  | { kind: 'accepted'; isRepeat?: true }
  /** 401: a fresh token and the same key. */
  | { kind: 'token' }
  /** 400 that names places in `to`. */
  | { kind: 'badIds'; indexes: number[] }
  /** 400 that names nothing: some id is foreign, or we do not understand it. */
  | { kind: 'badSomething'; detail: string }
  /** Nothing was sent to anybody, and the content is why. */
  | { kind: 'badContent'; code: string; detail: string }
  /** The account may not send now. */
  | { kind: 'stop'; code: string; detail: string }
  | { kind: 'deferred'; code: string; retryAfterMs?: number }
  | { kind: 'unknown'; code: string }

/** Wait after a rate-429 without `Retry-After`: the vendor's window moves on every few milliseconds. */
export const LINE_RATE_RETRY_MS = 250

/** Network errors that come before a byte of the request went out. */
const NEVER_SENT = new Set([
  'ECONNREFUSED',
  'ENOTFOUND',
  'EAI_AGAIN',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'UND_ERR_CONNECT_TIMEOUT',
  'ERR_TLS_CERT_ALTNAME_INVALID',
  'DEPTH_ZERO_SELF_SIGNED_CERT',
  'UNABLE_TO_VERIFY_LEAF_SIGNATURE',
  'CERT_HAS_EXPIRED',
])

/**
 * Reads a non-2xx answer. 5xx may have been taken, so it is `unknown` and repeated with the same
 * key; every other 4xx took nothing. *Pure.*
 *
 * Source: https://developers.line.biz/en/docs/messaging-api/retrying-api-request/
 */
export function readLineError(error: LineHttpError): LineAnswer {
  const { status } = error
  if (status === 409) return { kind: 'accepted', isRepeat: true } // by an attempt with the same key
  if (status === 400) return readBadRequest(error.body)
  if (status === 401) return { kind: 'token' }
  if (status === 403) return { kind: 'stop', code: 'line-plan', detail: sentence(error.body) }
  if (status === 413) {
    return { kind: 'badContent', code: 'line-too-large', detail: sentence(error.body) }
  }
  if (status === 429) return readTooMany(error)
  if (status >= 500 || status === 408) return { kind: 'unknown', code: `line-${status}` }
  return { kind: 'stop', code: `line-${status}`, detail: sentence(error.body) }
}

/** Reads what the network threw: refused before sending is definite, later is not. *Pure.* */
export function readNetworkError(error: unknown): LineAnswer {
  const code = errorCode(error)
  if (code && NEVER_SENT.has(code)) return { kind: 'deferred', code: 'line-unreachable' }
  const isTimeout = code?.endsWith('_TIMEOUT')
  return { kind: 'unknown', code: isTimeout ? 'line-timeout' : 'line-cut' }
}

function errorCode(error: unknown): string | undefined {
  const { code, cause } = error as { code?: unknown; cause?: { code?: unknown } }
  const found = cause?.code ?? code
  return typeof found === 'string' ? found : undefined
}

function readTooMany({ headers, body }: LineHttpError): LineAnswer {
  if (body.includes(LINE_MONTHLY_LIMIT_MESSAGE) || /monthly limit/i.test(body)) {
    return { kind: 'stop', code: 'line-monthly-limit', detail: sentence(body) }
  }
  const seconds = Number(headers.get('retry-after') ?? NaN)
  const retryAfterMs = Number.isFinite(seconds) && seconds > 0 ? seconds * 1000 : LINE_RATE_RETRY_MS
  return { kind: 'deferred', code: 'line-rate', retryAfterMs }
}

function readBadRequest(body: string): LineAnswer {
  const { message, details } = parseBody(body)
  const properties = details.map(({ property = '' }) => property)
  const named = [message, ...properties].join(' ')
  const indexes = [...named.matchAll(/\bto\[(\d+)\]/g)].map((match) => Number(match[1]))
  if (indexes.length > 0) return { kind: 'badIds', indexes: [...new Set(indexes)] }
  const isContent = /\bmessages\[|'messages'/.test(message) || properties.some(isOfMessages)
  if (isContent) return { kind: 'badContent', code: 'line-content', detail: sentence(body) }
  return { kind: 'badSomething', detail: sentence(body) }
}

function isOfMessages(property: string): boolean {
  return /^messages\b/.test(property)
}

interface LineErrorBody {
  message: string
  details: { message?: string; property?: string }[]
}

/** The body of an error; one that is no JSON is all message. */
function parseBody(body: string): LineErrorBody {
  try {
    const { message = '', details = [] } = JSON.parse(body) as Partial<LineErrorBody>
    return { message, details }
  } catch {
    return { message: body, details: [] }
  }
}

/** The vendor's sentence without anything that looks like a user id, short enough for a log. */
function sentence(body: string): string {
  const { message, details } = parseBody(body)
  const said = [message, ...details.map((one) => `${one.property ?? ''}: ${one.message ?? ''}`)]
  return shorten(said.join(' / ').replace(/\b[UCR][0-9a-f]{32}\b/g, 'U…'), 300)
}
