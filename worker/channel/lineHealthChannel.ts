import type { WebhookTest } from '../../src/operation/webhookTest'
import type { LocalDay } from '../../src/stage/day'
import type { LineCredentials } from './channel'
import {
  createLineClients,
  type LineAsked,
  type LineClients,
  type LineClientsOptions,
} from './lineClients'
import { isOwnMenu } from './lineMenu'

/** What LINE says of an account. */
export interface LineHealth {
  /** Its `@…` id, as LINE has it. */
  basicId: string
  /** Messages of a month, and those of this month already used; null: no limit. */
  limit: number | null
  used: number
  /** Where its events go, and whether they go at all; null: nowhere. */
  webhook: { url: string; isOn: boolean } | null
  /** What everybody has below the talk. */
  menu: 'ours' | 'other' | 'none'
}

/** Asks LINE how accounts are. Never throws for what the vendor or the network does. */
export interface LineHealthChannel {
  read(account: LineCredentials): Promise<LineAsked<LineHealth>>
  /**
   * How many messages LINE says went out on a day that is over; null while it does not know.
   *
   * Source: https://developers.line.biz/en/reference/messaging-api/#get-number-of-multicast-messages
   */
  sentOn(account: LineCredentials, day: LocalDay): Promise<LineAsked<number | null>>
  /**
   * Has LINE send an empty webhook to where the account's events go; 60 times an hour at most.
   *
   * Source: https://developers.line.biz/en/reference/messaging-api/#test-webhook-endpoint
   */
  testWebhook(account: LineCredentials): Promise<LineAsked<WebhookTest>>
}

/** Asks by the Messaging API. https://developers.line.biz/en/reference/messaging-api/ */
export function createLineHealthChannel(options: LineClientsOptions): LineHealthChannel {
  const { attempt } = createLineClients(options)
  const asked = <T>(account: LineCredentials, work: (own: LineClients) => Promise<T>) =>
    attempt(account, work, 'line-health')
  return {
    read: (account) => asked(account, readHealth),
    sentOn: (account, day) => asked(account, (own) => sentOn(own, day)),
    testWebhook: (account) => asked(account, (own) => testWebhook(own, options.now())),
  }
}

async function readHealth({ api }: LineClients): Promise<LineHealth> {
  const { basicId } = await api.getBotInfo()
  const { type, value } = await api.getMessageQuota()
  const { totalUsage } = await api.getMessageQuotaConsumption()
  return {
    basicId,
    limit: type === 'limited' && value !== undefined ? value : null,
    used: totalUsage,
    webhook: await orNothing(async () => {
      const { endpoint, active } = await api.getWebhookEndpoint()
      return { url: endpoint, isOn: active }
    }),
    menu: await menuOf(api),
  }
}

async function menuOf(api: LineClients['api']): Promise<LineHealth['menu']> {
  const found = await orNothing(async () => {
    const { richMenuId } = await api.getDefaultRichMenuId()
    return api.getRichMenu(richMenuId)
  })
  if (found === null) return 'none'
  return isOwnMenu(found) ? 'ours' : 'other'
}

/** What is not set is answered with 404. */
async function orNothing<T>(read: () => Promise<T>): Promise<T | null> {
  try {
    return await read()
  } catch (error) {
    if ((error as { status?: unknown }).status === 404) return null
    throw error
  }
}

async function sentOn({ api }: LineClients, day: LocalDay): Promise<number | null> {
  const { status, success = 0 } = await api.getNumberOfSentMulticastMessages(
    day.replaceAll('-', ''),
  )
  return status === 'ready' ? success : null
}

const REASONS: Readonly<Record<string, WebhookTest['reason']>> = {
  COULD_NOT_CONNECT: 'couldNotConnect',
  REQUEST_TIMEOUT: 'requestTimeout',
  ERROR_STATUS_CODE: 'errorStatusCode',
}

async function testWebhook({ api }: LineClients, at: Date): Promise<WebhookTest> {
  const { success, reason, statusCode } = await api.testWebhookEndpoint()
  return {
    at: at.toISOString(),
    reason: success ? 'ok' : (REASONS[reason.toUpperCase()] ?? 'unclassified'),
    status: statusCode,
  }
}
