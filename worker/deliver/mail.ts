import type { ReaderLinks } from '../../src/release/readerLinks'
import type { LocalDay } from '../../src/stage/day'
import type { MailChannel, MailPayload, OutgoingMail, Receipt, StopScope } from '../channel/channel'
import type { Claim } from '../ledger/runs'
import type { BatchOutcome, DeliveryOutcome } from '../ledger/outcomes'
import type { SendingStore } from '../ledger/sending'
import { decideRetry } from './retry'
import type { MunicipalitySettings } from '../../src/plan/settings'
import { isWithdrawn, type SyncedContents } from './content'
import { isAddressFault, outcomeOf } from './line'
import type { ReadyBatch } from './page'
import { PAUSE_MS, type Pauses } from './pause'
import { createPermits } from './permits'
import type { Recipient } from './recipients'

interface MailSenderOptions {
  syncedContent: { contents: () => SyncedContents }
  channel: MailChannel
  store: SendingStore
  now: () => Date
  /** The addresses of one reader's own pages. */
  linksOf: (reader: string) => ReaderLinks
  onAddressFault: (recipient: Recipient) => Promise<void>
  /** A refusal that may be the reader's own filter, of a text of this day. */
  onMaybeFilter: (recipient: Recipient, date: LocalDay) => Promise<void>
  pauses: Pauses
  onAlert: (code: string, detail: Record<string, unknown>) => void
}

/** What a page of mails is sent for. */
export interface MailPage {
  claim: Claim
  ready: ReadyBatch[]
  settings: MunicipalitySettings
  closesAt: Date
  /** True when nothing new may be begun: drain, lost lease. */
  isStopping: () => boolean
}

interface Queued {
  ready: ReadyBatch
  recipient: Recipient
}

/** Groups that take turns: while one is on the wire, the other is written. */
const GROUPS = 2

/**
 * Sends a page of mails. Each group is marked in flight by a durable write before; the write of its
 * outcomes after it marks the next group. All runs of the process share as many permits as there
 * are connections, so that no more than these are unknown after a crash.
 *
 * @returns what the batches come to; a batch that was not finished is left out.
 */
export function createMailSender(options: MailSenderOptions) {
  const { channel, store, now, pauses, onAlert } = options
  const payloads = new WeakMap<object, MailPayload>()
  const groupSize = Math.max(1, Math.floor(channel.maxConnections / GROUPS))
  const permits = createPermits(channel.maxConnections)

  return async (page: MailPage): Promise<BatchOutcome[]> => {
    const queue = page.ready.flatMap((ready) => ready.to.map((recipient) => ({ ready, recipient })))
    const waiting = new Map<string, Receipt>()
    let at = 0
    const take = (size: number): Queued[] => {
      while (!page.isStopping() && at < queue.length) {
        const taken = queue.slice(at, at + size)
        at += taken.length
        const open = withoutStopped(taken, page, waiting)
        if (open.length > 0) return open
      }
      return []
    }
    const loop = async () => {
      const size = Math.min(groupSize, queue.length - at)
      if (size > 0) await permits(size, () => sendGroups(page, () => take(size), waiting))
    }
    await Promise.all(Array.from({ length: GROUPS }, loop))
    const unfinished = new Set(queue.slice(at).map(({ ready }) => ready.batch._id))
    const done = page.ready.filter(({ batch }) => !unfinished.has(batch._id))
    return done.map((ready) => batchOutcome(ready, waiting, { now: now(), page }))
  }

  async function sendGroups(page: MailPage, take: () => Queued[], waiting: Map<string, Receipt>) {
    let outcomes: DeliveryOutcome[] = []
    for (let next = take(); next.length + outcomes.length > 0; next = take()) {
      const ids = next.map(({ recipient }) => recipient.id)
      const marked = new Set(await store.settleAndMark(page.claim, outcomes, ids))
      const ours = next.filter(({ recipient }) => marked.has(recipient.id))
      outcomes = ours.length > 0 ? await handOver(page, ours, waiting) : []
    }
  }

  async function handOver(page: MailPage, ours: Queued[], waiting: Map<string, Receipt>) {
    const receipts = await channel.send(ours.map((queued) => toMail(queued, page)))
    const outcomes: DeliveryOutcome[] = []
    for (const [index, { ready, recipient }] of ours.entries()) {
      const receipt = receipts[index] ?? { status: 'unknown', code: 'mail-no-receipt' }
      outcomes.push(outcomeOf(recipient.id, receipt))
      if (receipt.status === 'deferred') keepLonger(waiting, ready.batch._id, receipt)
      await noteFault(page, recipient, receipt)
      if ('stop' in receipt && receipt.stop)
        stop(page, recipient, { code: receipt.code, stop: receipt.stop })
    }
    return outcomes
  }

  function withoutStopped(taken: Queued[], page: MailPage, waiting: Map<string, Receipt>) {
    return taken.filter((queued) => {
      const why = stopOf(queued, page)
      if (why) keepLonger(waiting, queued.ready.batch._id, why)
      return why === null
    })
  }

  function stopOf({ ready, recipient }: Queued, { settings }: MailPage): Receipt | null {
    if (isWithdrawn(ready.payload, options.syncedContent.contents())) return HELD_BACK
    const keys = stopKeys(settings, recipient)
    return pauses.isStopped(keys.channel) || pauses.isStopped(keys.domain) ? STOPPED : null
  }

  async function noteFault({ claim }: MailPage, recipient: Recipient, receipt: Receipt) {
    if (isAddressFault(receipt)) await options.onAddressFault(recipient)
    else if (receipt.status === 'rejected' && receipt.isMaybeFilter) {
      await options.onMaybeFilter(recipient, claim.run.date)
    }
  }

  /**
   * An answer that is about us: nothing more to that domain, or at all, for a while. A person is
   * told once for each pause; a content that cannot be mailed never reaches the relay.
   */
  function stop({ settings, claim, ready }: MailPage, recipient: Recipient, receipt: Stopping) {
    const { stop: scope, code } = receipt
    const key = stopKeys(settings, recipient)[scope]
    if (pauses.isStopped(key)) return
    pauses.stop(key)
    const domain = domainOf(recipient)
    const isNamed = scope === 'domain' && isOfMany(domain, ready)
    onAlert('mail-stopped', { run: claim.run._id, scope, code, ...(isNamed && { domain }) })
  }

  function toMail({ ready, recipient }: Queued, { settings }: MailPage): OutgoingMail {
    const { id, address, reader } = recipient
    return {
      id,
      to: address ?? '',
      payload: payloadOf(ready, settings),
      ...options.linksOf(reader),
    }
  }
  function payloadOf({ payload }: ReadyBatch, settings: MunicipalitySettings): MailPayload {
    const known = payloads.get(payload)
    if (known) return known
    const mail = payload.channel === 'mail' ? payload.mail : { subject: '', text: '', html: '' }
    const from = { name: settings.senderName, address: settings.mailFrom }
    const made = { hash: payload._id, ...mail, from, listId: `${settings.code}.kizuna` }
    payloads.set(payload, made)
    return made
  }
}

type Stopping = { code: string; stop: StopScope }

/** For mails that are not handed over because their domain, or all of the mail, is stopped. */
const STOPPED: Receipt = {
  status: 'deferred',
  code: 'mail-stopped',
  retryAfterMs: PAUSE_MS,
  isDefinite: true,
}

/** For mails whose text was withdrawn meanwhile: their batch ends as soon as it is looked at again. */
const HELD_BACK: Receipt = { status: 'deferred', code: 'mail-held-back', isDefinite: true }

/** Names under which a relay's refusals stop a sender, one domain for it, or only the next alert. */
function stopKeys({ mailFrom }: MailPage['settings'], recipient: Recipient) {
  const domain = `${mailFrom} to ${domainOf(recipient)}`
  return { channel: mailFrom, domain, content: `${mailFrom} content` }
}

function domainOf({ address }: Recipient): string {
  return (address ?? '').slice((address ?? '').lastIndexOf('@') + 1).toLowerCase()
}

/** A domain with fewer addresses than this in one page could name a family. */
const MIN_TOLD_ADDRESSES = 5

/** Whether a domain may be named in an alert. */
function isOfMany(domain: string, ready: readonly ReadyBatch[]): boolean {
  const own = ready.flatMap(({ to }) => to).filter((one) => domainOf(one) === domain)
  return own.length >= MIN_TOLD_ADDRESSES
}

/** Of several deferred mails of a batch the one with the longest wait. */
function keepLonger(waiting: Map<string, Receipt>, id: string, receipt: Receipt) {
  const known = waiting.get(id)
  const waitOf = (one?: Receipt) => (one?.status === 'deferred' ? (one.retryAfterMs ?? 0) : -1)
  if (waitOf(receipt) > waitOf(known)) waiting.set(id, receipt)
}

function batchOutcome(
  { batch, left }: ReadyBatch,
  waiting: Map<string, Receipt>,
  { now, page }: { now: Date; page: MailPage },
): BatchOutcome {
  const receipt = waiting.get(batch._id)
  if (receipt?.status !== 'deferred') return { id: batch._id, set: { state: 'settled' } }
  const decision = decideRetry({
    state: 'deferred',
    tries: batch.tries + 1,
    now,
    closesAt: page.closesAt,
    firstTriedAt: batch.firstTriedAt ?? now,
    retryAfterMs: receipt.retryAfterMs,
  })
  const notBefore = decision.isAgain ? decision.at : page.closesAt
  return { id: batch._id, set: { state: 'deferred', notBefore, left, code: receipt.code } }
}
