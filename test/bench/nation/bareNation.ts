import { randomBytes } from 'node:crypto'

import type { messagingApi } from '@line/bot-sdk'

import type { DeliveryHalf } from '../../../worker/app/deliveryHalf'
import { createPace, SYSTEM_CLOCK } from '../../../worker/channel/pace'
import { forEachAtOnce } from '../../../worker/concurrency/limiter'
import { LINE_CALLS } from '../../../worker/deliver/line'
import { ledgerCollections } from '../../../worker/ledger/collections'
import { bareCall, bareClient } from '../bareLine'
import { lineAccount } from '../fixtures'
import type { SandboxProcess } from '../host'
import { bareMailLoop, rawsOf, type RawMail } from '../mail'

interface Call {
  town: string
  recipients: number
  messages: messagingApi.Message[]
}

/** What the bare loops send: as many calls and mails as the product's plan, of the same texts. */
export interface BareWork {
  calls: Call[]
  mails: RawMail[]
}

/** Reads the plan of a day; texts that are the same are held once. */
export async function bareWorkOf(delivery: DeliveryHalf, date: string): Promise<BareWork> {
  const { batches, payloads } = ledgerCollections(delivery.db)
  const texts = new Map<string, messagingApi.Message[]>()
  for await (const { _id, ...payload } of payloads.find({ channel: 'line' })) {
    if (payload.channel === 'line') texts.set(_id, payload.messages as messagingApi.Message[])
  }
  const calls: Call[] = []
  for await (const batch of batches.find({ date, channel: 'line' })) {
    const { municipality: town, recipients, payload } = batch
    calls.push({ town, recipients: recipients.length, messages: texts.get(payload) ?? [] })
  }
  return { calls: spread(calls), mails: await rawsOf(delivery, date) }
}

/** One call of each town after another, so that no channel's limit holds up the loop. *Pure.* */
function spread(calls: Call[]): Call[] {
  const seen = new Map<string, number>()
  const numbered = calls.map((call) => {
    const number = seen.get(call.town) ?? 0
    seen.set(call.town, number + 1)
    return { call, number }
  })
  return numbered.sort((a, b) => a.number - b.number).map(({ call }) => call)
}

/** The SDK and nodemailer's pool alone, at once: nothing is stored, the vendor's limit is kept. */
export async function bareNation(sandbox: SandboxProcess, { calls, mails }: BareWork) {
  await Promise.all([bareLines(sandbox, calls), bareMailLoop(sandbox, mails)])
}

async function bareLines(sandbox: SandboxProcess, calls: Call[]): Promise<void> {
  const pace = createPace({ clock: SYSTEM_CLOCK })
  const clients = new Map<string, ReturnType<typeof bareClient>>()
  const clientOf = (town: string) => {
    const known = clients.get(town) ?? bareClient(sandbox, lineAccount(town))
    clients.set(town, known)
    return known
  }
  await forEachAtOnce(calls, LINE_CALLS, async ({ town, recipients, messages }) => {
    const client = await clientOf(town)
    const to = Array.from({ length: recipients }, () => `U${randomBytes(16).toString('hex')}`)
    await bareCall(client, { to, messages }, () => pace.take(town))
  })
}
