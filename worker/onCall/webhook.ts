import { createHmac } from 'node:crypto'

import { Agent, fetch } from 'undici'

import type { OnCallMessage } from './message'
import type { WayAnswer } from './ways'

/** The form of what is posted: a receiver that knows this number knows the fields. */
const VERSION = 1

/** Header with `sha256=` and the HMAC of the body in hexadecimal. */
export const SIGNATURE_HEADER = 'X-Kizuna-Signature'

const TIMEOUT_MS = 5000

interface WebhookOptions {
  url: string
  secret: string | null
  publicUrl: string
  /** @default 5 s */
  timeoutMs?: number
}

/** The body that is posted. *Pure.* */
export function webhookBody(message: OnCallMessage, publicUrl: string): string {
  const { id, code, state, title, text, count, since, lastAt } = message
  const told = { version: VERSION, id, code, state, title, text, count }
  const when = { since: since.toISOString(), lastAt: lastAt.toISOString() }
  return JSON.stringify({ ...told, ...when, installation: publicUrl })
}

/** What a receiver compares the signature with. *Pure.* */
export function signatureOf(body: string, secret: string): string {
  return `sha256=${createHmac('sha256', secret).update(body).digest('hex')}`
}

/** Posts a message; goes nowhere else than to the address that was set. */
export async function postMessage(
  { url, secret, publicUrl, timeoutMs = TIMEOUT_MS }: WebhookOptions,
  message: OnCallMessage,
): Promise<WayAnswer> {
  const body = webhookBody(message, publicUrl)
  // a connection of its own: one that was kept may be gone, hours later
  const dispatcher = new Agent({ pipelining: 0 })
  try {
    const answer = await fetch(url, {
      method: 'POST',
      body,
      dispatcher,
      redirect: 'manual',
      signal: AbortSignal.timeout(timeoutMs),
      headers: {
        'Content-Type': 'application/json; charset=utf-8',
        'User-Agent': 'kizuna',
        ...(secret === null ? {} : { [SIGNATURE_HEADER]: signatureOf(body, secret) }),
      },
    })
    await answer.body?.cancel()
    return answer.ok ? { isTaken: true } : { isTaken: false, code: `http-${answer.status}` }
  } catch (error) {
    const isLate = error instanceof Error && error.name === 'TimeoutError'
    return { isTaken: false, code: isLate ? 'http-timeout' : 'http-unreachable' }
  } finally {
    await dispatcher.destroy()
  }
}
