import { createHash, createHmac } from 'node:crypto'

import { Agent, request } from 'undici'

import { lineAccount } from '../bench/fixtures'
import { lineUserOf } from '../bench/population'
import type { PlannedEvent, PlannedWebhook } from './plan'

interface WebhookCalls {
  webUrl: string
  /** Codes of the towns, by their numbers. */
  towns: readonly string[]
  now: () => number
}

/** What an event that is answered says. */
const SAID = {
  message: { message: { id: '1', type: 'text', text: 'こんにちは' } },
  postback: { postback: { data: 'kizuna:change' } },
  follow: { follow: { isUnblocked: false } },
  unfollow: {},
}

/** Sends webhook calls as LINE does, each signed, over as many connections as are needed. */
export function createWebhookCalls({ webUrl, towns, now }: WebhookCalls) {
  const dispatcher = new Agent({ connections: null, keepAliveTimeout: 30_000 })
  return {
    send: async (call: PlannedWebhook): Promise<string> => {
      const { channelId, channelSecret } = lineAccount(towns[call.town] ?? '')
      const body = bodyOf(call, towns[call.town] ?? '', now())
      const secret = call.isForged ? 'of somebody else' : channelSecret
      const signature = createHmac('sha256', secret).update(body).digest('base64')
      const headers = { 'content-type': 'application/json', 'x-line-signature': signature }
      const url = `${webUrl}/line/${channelId}`
      const said = await request(url, { method: 'POST', body, headers, dispatcher })
      await said.body.dump()
      return String(said.statusCode)
    },
    close: () => dispatcher.close(),
  }
}

function bodyOf({ events, isRedelivery }: PlannedWebhook, town: string, now: number): string {
  const all = events.map((event) => ({
    ...{ type: event.kind, mode: 'active', timestamp: now, webhookEventId: eventId(event) },
    deliveryContext: { isRedelivery },
    source: { type: 'user', userId: userOf(event, town) },
    ...(event.kind !== 'unfollow' && { replyToken: replyTokenOf(event) }),
    ...SAID[event.kind],
  }))
  return JSON.stringify({ destination: 'U'.padEnd(33, '0'), events: all })
}

function userOf({ id, reader }: PlannedEvent, town: string): string {
  if (reader !== null) return lineUserOf(town, reader)
  return `U${createHash('md5').update(`stranger${town}${id}`).digest('hex')}`
}

/** Id of an event as LINE would give it. *Pure.* */
export function eventId({ id }: PlannedEvent): string {
  return `load-${id}`
}

/** Token of an event that may be answered once. *Pure.* */
export function replyTokenOf({ id }: PlannedEvent): string {
  return `reply-${id}`
}
