import { answer, type ApiAnswer, type ApiRequest } from './apiAnswer'
import type { SandboxChannel } from './lineState'
import type { WebhookAnswer, Webhooks } from './webhook'

/**
 * Tests of one channel's webhook in an hour.
 *
 * Source: https://developers.line.biz/en/reference/messaging-api/#rate-limits
 */
export const TESTS_PER_HOUR = 60

const HOUR_MS = 3_600_000

interface WebhookTestOptions {
  webhooks: Pick<Webhooks, 'test'>
  now: () => Date
}

/**
 * Answers `POST /v2/bot/channel/webhook/test`: what becomes of an empty webhook at the endpoint that is
 * named, or at the channel's own.
 *
 * Source: https://developers.line.biz/en/reference/messaging-api/#test-webhook-endpoint
 */
export function createWebhookTests({ webhooks, now }: WebhookTestOptions) {
  const asked = new Map<string, number[]>()
  return async (channel: SandboxChannel, { body }: ApiRequest): Promise<ApiAnswer> => {
    const at = now()
    const since = at.getTime() - HOUR_MS
    const lately = (asked.get(channel.channelId) ?? []).filter((one) => one > since)
    if (lately.length >= TESTS_PER_HOUR)
      return answer(429, 'The API rate limit has been exceeded. Try again later.')
    asked.set(channel.channelId, [...lately, at.getTime()])
    const endpoint = endpointOf(body) ?? channel.webhookUrl
    if (endpoint === null) return answer(404, 'Not found')
    if (!URL.canParse(endpoint)) return answer(400, 'Invalid webhook endpoint URL')
    const said = await webhooks.test(channel, endpoint)
    return { status: 200, body: { timestamp: at.toISOString(), ...told(said) } }
  }
}

function endpointOf(body: Buffer): string | null {
  if (body.length === 0) return null
  try {
    const { endpoint } = JSON.parse(body.toString()) as { endpoint?: unknown }
    return typeof endpoint === 'string' ? endpoint : null
  } catch {
    return null
  }
}

function told(said: WebhookAnswer) {
  if ('failure' in said) {
    return said.failure === 'timeout'
      ? { success: false, statusCode: 0, reason: 'REQUEST_TIMEOUT', detail: 'Request timeout' }
      : { success: false, statusCode: 0, reason: 'COULD_NOT_CONNECT', detail: 'Connection failed' }
  }
  const { status: statusCode } = said
  const detail = String(statusCode)
  return statusCode >= 200 && statusCode < 300
    ? { success: true, statusCode, reason: 'OK', detail }
    : { success: false, statusCode, reason: 'ERROR_STATUS_CODE', detail }
}
