import { randomBytes, randomUUID } from 'node:crypto'

import { HTTPFetchError, messagingApi } from '@line/bot-sdk'

import type { DeliveryHalf } from '../../worker/app/deliveryHalf'
import { forEachAtOnce } from '../../worker/concurrency/limiter'
import { ledgerCollections } from '../../worker/ledger/collections'
import type { LineAccount } from '../../src/plan/settings'
import type { SandboxProcess } from './host'

/** Calls in flight of the bare loop: four runs with 16 each. */
const BARE_CALLS_AT_ONCE = 64

/** One multicast of the bare loop. */
export type Body = messagingApi.MulticastRequest

/** What our calls carry, with other recipients: the bare loop sends the same. */
export async function bodiesOf({ db }: DeliveryHalf, date: string): Promise<Body[]> {
  const { batches, payloads } = ledgerCollections(db)
  const texts = new Map((await payloads.find().toArray()).map((payload) => [payload._id, payload]))
  const planned = await batches.find({ date }).toArray()
  return planned.map(({ payload, recipients }) => {
    const text = texts.get(payload)
    const messages = text?.channel === 'line' ? text.messages : []
    const to = recipients.map(() => `U${randomBytes(16).toString('hex')}`)
    return { to, messages: messages as messagingApi.Message[] }
  })
}

/** The SDK alone, with a token of this account. */
export async function bareClient({ url }: SandboxProcess, account: LineAccount) {
  const { channelId, channelSecret } = account
  const form = { grant_type: 'client_credentials', client_id: channelId }
  const answer = await fetch(`${url}/oauth2/v3/token`, {
    method: 'POST',
    body: new URLSearchParams({ ...form, client_secret: channelSecret }),
  })
  const { access_token: channelAccessToken } = (await answer.json()) as { access_token: string }
  return new messagingApi.MessagingApiClient({ channelAccessToken, baseURL: url })
}

/** What the bare loops call. */
type Multicast = Pick<messagingApi.MessagingApiClient, 'multicast'>

/** Sends all bodies; each waits for its turn first, if there is one. */
export function bareLoop(
  client: Multicast,
  bodies: Body[],
  turn: () => Promise<void> = async () => undefined,
): Promise<void> {
  return forEachAtOnce(bodies, BARE_CALLS_AT_ONCE, (body) => bareCall(client, body, turn))
}

/**
 * One call in its turn. On a busy machine calls that were sent evenly arrive in a heap, and the
 * provider refuses the last of them: those take another turn, with the same key.
 */
export async function bareCall(
  client: Multicast,
  body: Body,
  turn: () => Promise<void>,
): Promise<void> {
  const key = randomUUID()
  for (;;) {
    await turn()
    const answer = await client.multicast(body, key).catch((error: unknown) => error)
    if (!(answer instanceof Error)) return
    if (!(answer instanceof HTTPFetchError && answer.status === 429)) throw answer
  }
}
