import { createHmac, randomBytes } from 'node:crypto'

import { botUserId } from './lineRead'
import type { SandboxChannel } from './lineState'

/** Waits before a webhook that was not taken is sent again. */
export const REDELIVERY_DELAYS_MS: readonly number[] = [1000, 5000, 30_000]

/**
 * After this an endpoint that does not answer counts as failed.
 *
 * Source: https://developers.line.biz/en/docs/messaging-api/receiving-messages/
 */
export const WEBHOOK_TIMEOUT_MS = 2000

/** The part of an event that differs by type. */
export type WebhookEvent = { type: string } & Record<string, unknown>

/** What was sent to an endpoint, and what it said. */
export interface WebhookAttempt {
  webhookEventId: string
  type: string
  isRedelivery: boolean
  /** HTTP status, or null when there was no answer. */
  status: number | null
}

/** Sends signed webhooks and repeats those that were not taken. */
export interface Webhooks {
  /** Resolves after the first attempt. */
  send(channel: SandboxChannel, event: WebhookEvent): Promise<WebhookAttempt | null>
  /** Sends the latest event of this id again, as LINE may do at any time. */
  redeliver(webhookEventId: string): Promise<WebhookAttempt | null>
  /** Sends an empty webhook to an endpoint, as LINE's test of it does. */
  test(channel: SandboxChannel, endpoint: string): Promise<WebhookAnswer>
  readonly attempts: readonly WebhookAttempt[]
  stop(): void
}

/** What an endpoint said, or why nothing was heard of it. */
export type WebhookAnswer = { status: number } | { failure: 'timeout' | 'connection' }

interface Sent {
  channel: SandboxChannel
  event: Record<string, unknown> & { type: string; webhookEventId: string }
}

/**
 * Creates the webhook sender of a sandbox.
 *
 * Source: https://developers.line.biz/en/reference/messaging-api/#webhooks
 */
export function createWebhooks(now: () => Date): Webhooks {
  const attempts: WebhookAttempt[] = []
  const sent = new Map<string, Sent>()
  const timers = new Set<NodeJS.Timeout>()
  const stopping = new AbortController()
  const work = { attempts, timers, signal: stopping.signal }
  return {
    attempts,
    async send(channel, event) {
      if (!channel.webhookUrl) return null
      const webhookEventId = eventId(now())
      const common = { mode: 'active', timestamp: now().getTime(), webhookEventId }
      const what: Sent = { channel, event: { ...common, ...event } }
      sent.set(webhookEventId, what)
      const done = await attempt(work, what, false)
      if (!isTaken(done)) retryLater(work, what, REDELIVERY_DELAYS_MS)
      return done
    },
    async redeliver(webhookEventId) {
      const what = sent.get(webhookEventId)
      return what ? attempt(work, what, true) : null
    },
    test: (channel, endpoint) => {
      const body = JSON.stringify({ destination: botUserId(channel), events: [] })
      return post({ channel: { ...channel, webhookUrl: endpoint }, body, signal: work.signal })
    },
    stop() {
      stopping.abort()
      for (const timer of timers) clearTimeout(timer)
    },
  }
}

interface WebhookWork {
  attempts: WebhookAttempt[]
  timers: Set<NodeJS.Timeout>
  /** Aborts when the sandbox stops. */
  signal: AbortSignal
}

async function attempt(
  { attempts, signal }: WebhookWork,
  { channel, event }: Sent,
  isRedelivery: boolean,
): Promise<WebhookAttempt> {
  const whole = { ...event, deliveryContext: { isRedelivery } }
  const body = JSON.stringify({ destination: botUserId(channel), events: [whole] })
  const said = await post({ channel, body, signal })
  const status = 'status' in said ? said.status : null
  const { webhookEventId, type } = event
  const done: WebhookAttempt = { webhookEventId, type, isRedelivery, status }
  attempts.push(done)
  return done
}

function retryLater(work: WebhookWork, what: Sent, delays: readonly number[]): void {
  const [delay, ...others] = delays
  if (delay === undefined || work.signal.aborted) return
  const timer = setTimeout(() => {
    work.timers.delete(timer)
    void attempt(work, what, true).then((done) => {
      if (!isTaken(done)) retryLater(work, what, others)
    })
  }, delay)
  work.timers.add(timer.unref())
}

function isTaken({ status }: WebhookAttempt): boolean {
  return status !== null && status >= 200 && status < 300
}

interface Post {
  channel: SandboxChannel
  body: string
  signal: AbortSignal
}

async function post({ channel, body, signal }: Post): Promise<WebhookAnswer> {
  const signature = createHmac('sha256', channel.channelSecret).update(body).digest('base64')
  try {
    const response = await fetch(channel.webhookUrl ?? '', {
      method: 'POST',
      body,
      redirect: 'manual',
      headers: {
        'content-type': 'application/json; charset=utf-8',
        'user-agent': 'LineBotWebhook/2.0',
        'x-line-signature': signature,
      },
      signal: AbortSignal.any([signal, AbortSignal.timeout(WEBHOOK_TIMEOUT_MS)]),
    })
    await response.arrayBuffer()
    return { status: response.status }
  } catch (error) {
    const isLate = error instanceof Error && error.name === 'TimeoutError'
    return { failure: isLate ? 'timeout' : 'connection' }
  }
}

const CROCKFORD = '0123456789ABCDEFGHJKMNPQRSTVWXYZ'

/** A ULID, as LINE's event ids are. */
function eventId(now: Date): string {
  let time = now.getTime()
  let text = ''
  for (let index = 0; index < 10; index += 1) {
    text = `${CROCKFORD[time % 32] ?? '0'}${text}`
    time = Math.floor(time / 32)
  }
  return text + [...randomBytes(16)].map((byte) => CROCKFORD[byte % 32] ?? '0').join('')
}
