import type { MunicipalitySettings } from '../../src/plan/settings'
import type { ReaderLinks } from '../../src/release/readerLinks'
import type { LocalDay } from '../../src/stage/day'
import { allEnded, createLimiter, type Limiter } from '../concurrency/limiter'
import type { Deferred, MailChannel, OutgoingMail, Receipt, Rejected } from '../channel/channel'
import type { DomainPace, Turn, TurnEnd } from '../channel/domainPace'
import type { Claim } from '../ledger/runs'
import type { BatchOutcome, DeliveryOutcome } from '../ledger/outcomes'
import type { SendingStore } from '../ledger/sending'
import { again, commonRefusal, countRefusals } from './commonRefusal'
import type { LastLook } from './lastLook'
import { createMailPayloads, type MailPayloads } from './mailPayloads'
import { domainOf, isMailStopped, stopMail } from './mailStops'
import type { ReadyBatch } from './page'
import { PAUSE_MS, type Pauses } from './pause'
import { isAddressFault, outcomeOf } from './receipt'
import type { Recipient } from './recipients'
import { decideRetry } from './retry'

interface MailPageSenderOptions {
  channel: MailChannel
  store: Pick<SendingStore, 'settleAndMark' | 'settleDeliveries' | 'hasAccepted'>
  now: () => Date
  /** The addresses of one reader's own pages, in a mail of a town's. */
  linksOf: (of: { readerId: string; town: string }) => ReaderLinks
  /** Where a refusal of a mail to this recipient comes back to; null where nobody reads refusals. */
  returnPathOf?: (of: { recipient: Recipient; town: string; date: LocalDay }) => string | null
  onAddressFault: (recipient: Recipient) => Promise<void>
  /** The file of a text's picture by its name; null where it is gone. */
  pictureOf: (name: string) => Promise<Buffer | null>
  /** A refusal that may be the reader's own filter, of a text of this day. */
  onMaybeFilter: (recipient: Recipient, date: LocalDay) => Promise<void>
  /** A refusal of a mailbox that is full, of a text of this day. */
  onSoftRefusal: (recipient: Recipient, date: LocalDay) => Promise<void>
  pauses: Pauses
  /** Room at the recipients' domains, for all runs of the process. */
  domainPace: DomainPace
  onAlert: (code: string, detail: Record<string, unknown>) => void
}

/** What a page of mails is sent for. */
export interface MailPage {
  claim: Claim
  ready: ReadyBatch[]
  settings: MunicipalitySettings
  lastLook: LastLook
  closesAt: Date
  /** True when nothing new may be begun: drain, lost lease. */
  isStopping: () => boolean
  /** All mail of this sender is refused for a reason of ours. */
  onRefused: (code: string) => void
}

/** Groups that take turns: while one is on the wire, the other is written. */
const GROUPS = 2

interface Deps extends MailPageSenderOptions {
  /** Room for as many mails in flight as there are connections, for all runs of the process. */
  connections: Limiter
  groupSize: number
  payloads: MailPayloads
}

/** What a page came to: a batch that was not finished is left out of the outcomes. */
export interface MailsSent {
  outcomes: BatchOutcome[]
  /** What goes with the next page, because its domains have no room for it yet; null when nothing does. */
  behind: MailsBehind | null
}

/** Mails that wait for their domains: their batches stay marked as being sent, they themselves do not. */
export type MailsBehind = Pick<Sending, 'queue' | 'waiting' | 'accepted' | 'doubts'> & {
  ready: ReadyBatch[]
}

/**
 * Sends pages of mails. Each group is marked in flight by a durable write before; the write of its
 * outcomes after it marks the next group. All runs of the process share as many connections as the
 * relay gives, so that no more mails than these are unknown after a crash. A domain that has no room
 * is passed over, so that the others never wait for it.
 */
export function createMailPageSender(options: MailPageSenderOptions) {
  const { maxConnections } = options.channel
  const deps: Deps = {
    ...options,
    connections: createLimiter(maxConnections),
    groupSize: Math.max(1, Math.floor(maxConnections / GROUPS)),
    payloads: createMailPayloads(options),
  }
  return {
    /** Sends a page, and what the pages before have left behind. */
    send: (page: MailPage, behind: MailsBehind | null = null): Promise<MailsSent> =>
      sendMailPage(deps, sendingOf(page, behind)),

    /** Leaves what is behind for later: its batches are due again in a moment. */
    putOff: (page: MailPage, behind: MailsBehind): Promise<MailsSent> =>
      putOff(deps, sendingOf(page, behind)),
  }
}

interface Queued {
  ready: ReadyBatch
  recipient: Recipient
  /** Of the recipient's address. */
  domain: string
}

/** A mail that has its turn at its domain. */
interface Taken extends Queued {
  turn: Turn
}

/** A page while it is sent: its mails in order, and how far it has come. */
interface Sending {
  page: MailPage
  /** What was not taken yet. */
  queue: Queued[]
  /** The longest wait of each batch that has deferred mails. */
  waiting: Map<string, Receipt>
  accepted: number
  /** Refusals that are the readers' only when not everybody gets them; the ledger has them as deferred. */
  doubts: Doubt[]
  /** One of the two failed: the other one ends, and records what it has handed over. */
  hasFailed: boolean
}

/** A mail that was refused for good, if the reason is not ours. */
interface Doubt extends Queued {
  receipt: Rejected
}

function sendingOf(page: MailPage, behind: MailsBehind | null): Sending {
  const queue = page.ready.flatMap((ready) =>
    ready.to.map((recipient) => ({ ready, recipient, domain: domainOf(recipient) })),
  )
  return {
    page: { ...page, ready: [...(behind?.ready ?? []), ...page.ready] },
    queue: [...(behind?.queue ?? []), ...queue],
    waiting: new Map(behind?.waiting),
    accepted: behind?.accepted ?? 0,
    doubts: [...(behind?.doubts ?? [])],
    hasFailed: false,
  }
}

async function sendMailPage(deps: Deps, sending: Sending): Promise<MailsSent> {
  await deps.payloads.readPictures(sending.page)
  await allEnded(Array.from({ length: GROUPS }, () => sendGroupsOrEnd(deps, sending)))
  return endPage(deps, sending)
}

function putOff(deps: Deps, sending: Sending): Promise<MailsSent> {
  for (const { ready } of sending.queue) keepLonger(sending.waiting, ready.batch._id, PACED)
  return endPage(deps, { ...sending, queue: [] })
}

/** Whose the refusals are is judged when nothing is behind any more: a few of them tell nothing. */
async function endPage(deps: Deps, sending: Sending): Promise<MailsSent> {
  const isOver = sending.queue.length === 0 || sending.page.isStopping()
  if (isOver) await settleDoubts(deps, sending)
  const finished = new Set(finishedBatches(sending, isOver))
  const outcomes = [...finished].map((ready) => batchOutcome(ready, sending, deps.now()))
  if (isOver) return { outcomes, behind: null }
  const { page, queue, waiting, doubts } = sending
  const ready = page.ready.filter((one) => !finished.has(one))
  const accepted = doubts.length > 0 ? sending.accepted : 0 // a page alone is what refusals are compared with
  return { outcomes, behind: { ready, queue, waiting, doubts, accepted } }
}

async function sendGroupsOrEnd(deps: Deps, sending: Sending): Promise<void> {
  try {
    await sendGroups(deps, sending)
  } catch (error) {
    sending.hasFailed = true
    throw error
  }
}

/** One of the two that take turns: sends group after group as soon as it has its connections. */
async function sendGroups(deps: Deps, sending: Sending): Promise<void> {
  const size = Math.min(deps.groupSize, sending.queue.length)
  if (size === 0) return
  await deps.connections(async () => {
    let outcomes: DeliveryOutcome[] = []
    let next = takeGroup(deps, sending, size)
    while (next.length + outcomes.length > 0) {
      outcomes = await sendGroup(deps, sending, { outcomes, next })
      next = takeGroup(deps, sending, size)
    }
  }, size)
}

/** Records the group before and marks the next one, which then goes out; its turns end with it. */
async function sendGroup(
  deps: Deps,
  sending: Sending,
  { outcomes, next }: { outcomes: DeliveryOutcome[]; next: Taken[] },
): Promise<DeliveryOutcome[]> {
  try {
    const ids = next.map(({ recipient }) => recipient.id)
    const marked = new Set(await deps.store.settleAndMark(sending.page.claim, outcomes, ids))
    const ours = next.filter(({ recipient }) => marked.has(recipient.id))
    return ours.length > 0 ? await handOverOpen(deps, sending, ours) : []
  } finally {
    for (const { turn } of next) deps.domainPace.end(turn, 'none')
  }
}

/**
 * The next mails that may still go out and whose domains have room, or none: the last check before they
 * are marked.
 */
function takeGroup(deps: Deps, sending: Sending, size: number): Taken[] {
  const { page, queue } = sending
  const group: Taken[] = []
  const passed: Queued[] = []
  const full = new Set<string>()
  let at = 0
  for (; group.length < size && !sending.hasFailed && !page.isStopping(); at += 1) {
    const next = queue[at]
    if (!next) break
    if (full.has(next.domain)) passed.push(next)
    else if (isOpen(deps, sending, next)) {
      const turn = deps.domainPace.begin(next.domain)
      if (turn) group.push({ ...next, turn })
      else {
        full.add(next.domain)
        passed.push(next)
      }
    }
  }
  sending.queue = [...passed, ...queue.slice(at)]
  return group
}

/** Whether a mail may still go out; its batch waits for what stops it. */
function isOpen(deps: Deps, { page, waiting }: Sending, queued: Queued): boolean {
  const why = stopOf(deps, page, queued)
  if (why) keepLonger(waiting, queued.ready.batch._id, why)
  return why === null
}

function stopOf(deps: Deps, page: MailPage, { ready, recipient }: Queued): Receipt | null {
  const { settings, lastLook, claim, isStopping } = page
  if (isStopping() || lastLook.isHeldBack(claim, ready, [recipient.id])) return HELD_BACK
  return isMailStopped(deps, settings, recipient) ? STOPPED : null
}

/** Hands over what may still go out of a marked group; the rest is put off, without a byte sent. */
async function handOverOpen(deps: Deps, sending: Sending, ours: Taken[]) {
  const isKnown = await sending.page.lastLook.look()
  if (!isKnown) {
    for (const { ready } of ours) keepLonger(sending.waiting, ready.batch._id, HELD_BACK)
  }
  const open = isKnown ? ours.filter((queued) => isOpen(deps, sending, queued)) : []
  const going = new Set(open)
  const heldBack = ours.filter((queued) => !going.has(queued))
  const outcomes = open.length > 0 ? await handOver(deps, sending, open) : []
  return [...outcomes, ...heldBack.map(({ recipient }) => outcomeOf(recipient.id, HELD_BACK))]
}

/** Hands a marked group to the relay and reads what it says of each mail. */
async function handOver(deps: Deps, sending: Sending, ours: Taken[]) {
  const { page } = sending
  const receipts = await deps.channel.send(ours.map((queued) => toMail(deps, page, queued)))
  const outcomes = ours.map((queued, index) => {
    const receipt = receipts[index] ?? { status: 'unknown', code: 'mail-no-receipt' }
    deps.domainPace.end(queued.turn, turnEndOf(receipt))
    return outcomeOf(queued.recipient.id, noteReceipt(deps, sending, { ...queued, receipt }))
  })
  stopWhenAllAreRefused(deps, sending)
  return outcomes
}

/** What an answer means for the page; gives what the ledger has of it for now. */
function noteReceipt(
  deps: Deps,
  sending: Sending,
  { receipt, ...queued }: Queued & { receipt: Receipt },
): Receipt {
  if (receipt.status === 'accepted') sending.accepted += 1
  if ('stop' in receipt && receipt.stop) stopFor(deps, sending, { ...queued, receipt })
  if (receipt.status === 'rejected' && !isAboutUs(receipt)) {
    sending.doubts.push({ ...queued, receipt })
  }
  const noted = receipt.status === 'rejected' ? again(receipt.code) : receipt
  const isWaiting = receipt.status === 'deferred' || isAboutUs(receipt)
  if (isWaiting) keepLonger(sending.waiting, queued.ready.batch._id, noted)
  return noted
}

/** A domain that wants less for now slows down; one that refuses us for good is no question of speed. */
function turnEndOf(receipt: Receipt): TurnEnd {
  if (receipt.status === 'deferred' && receipt.stop === 'domain') return 'refused'
  return receipt.status === 'accepted' ? 'accepted' : 'none'
}

type Stopping = Queued & { receipt: Deferred | Rejected }

function stopFor(deps: Deps, sending: Sending, { receipt, recipient }: Stopping): void {
  const { code, stop: scope } = receipt
  const { settings, claim, ready } = sending.page
  if (!scope) return
  if (scope !== 'domain') sending.page.onRefused(code)
  stopMail(deps, { scope, code, recipient, settings, run: claim.run._id, ready })
}

/** Whether an answer is about us whoever gets it: nothing of the mail is at fault but its sender. */
function isAboutUs(receipt: Receipt): boolean {
  return receipt.status === 'rejected' && (receipt.stop === 'channel' || receipt.stop === 'content')
}

/** A relay that refuses one after the other is not asked for everybody. */
function stopWhenAllAreRefused(deps: Deps, sending: Sending): void {
  const code = commonOf(sending, true)
  if (code !== null) stopAll(deps, sending, code)
}

/** All mail of the sender stops; a person is told, unless the answer itself has told them. */
function stopAll(deps: Deps, sending: Sending, code: string): void {
  const { settings, claim, ready, onRefused } = sending.page
  onRefused(code)
  const doubt = sending.doubts.find(({ receipt }) => receipt.code === code)
  if (!doubt) return
  const { receipt, recipient } = doubt
  const isTold = receipt.stop !== undefined
  if (isTold) deps.pauses.stop(settings.mailFrom)
  else stopMail(deps, { scope: 'channel', code, recipient, settings, run: claim.run._id, ready })
}

function commonOf({ doubts, accepted }: Sending, hasAcceptedBefore: boolean): string | null {
  const refused = countRefusals(doubts.map(({ receipt }) => receipt))
  return commonRefusal({ refused, accepted, hasAcceptedBefore })
}

/** Whose the refusals of a page are: the readers', or ours, and then nothing of them is final. */
async function settleDoubts(deps: Deps, sending: Sending): Promise<void> {
  const { doubts, accepted, page, waiting } = sending
  if (doubts.length === 0) return
  const hasAccepted = accepted > 0 || (await deps.store.hasAccepted(page.claim, 'mail'))
  const common = commonOf(sending, hasAccepted)
  if (common !== null) stopAll(deps, sending, common)
  const isOurs = ({ receipt }: Doubt) => receipt.code === common
  for (const { ready } of doubts.filter(isOurs))
    keepLonger(waiting, ready.batch._id, again(common ?? ''))
  const theirs = doubts.filter((doubt) => !isOurs(doubt))
  const settled = theirs.map(({ recipient, receipt }) => outcomeOf(recipient.id, receipt))
  await deps.store.settleDeliveries(page.claim, settled)
  for (const { recipient, receipt } of theirs) {
    await noteFault(deps, recipient, { receipt, date: page.claim.run.date })
  }
}

async function noteFault(
  deps: Deps,
  recipient: Recipient,
  { receipt, date }: { receipt: Receipt; date: LocalDay },
): Promise<void> {
  if (isAddressFault(receipt)) await deps.onAddressFault(recipient)
  else if (receipt.status !== 'rejected') return
  else if (receipt.isMaybeFilter) await deps.onMaybeFilter(recipient, date)
  else if (receipt.isSoft) await deps.onSoftRefusal(recipient, date)
}

function toMail(
  deps: Deps,
  { settings, claim }: MailPage,
  { ready, recipient }: Queued,
): OutgoingMail {
  const { id, address, reader } = recipient
  const { code: town } = settings
  const returnPath = deps.returnPathOf?.({ recipient, town, date: claim.run.date })
  return {
    id,
    to: address ?? '',
    payload: deps.payloads.of(ready, settings),
    ...deps.linksOf({ readerId: reader, town }),
    ...(returnPath && { returnPath }),
  }
}

/** For mails that are not handed over because their domain, or all of the mail, is stopped. */
const STOPPED: Receipt = {
  status: 'deferred',
  code: 'mail-stopped',
  retryAfterMs: PAUSE_MS,
  isDefinite: true,
}

/** For mails whose domains had no room for long. */
const PACED: Receipt = {
  status: 'deferred',
  code: 'mail-paced',
  retryAfterMs: 1000,
  isDefinite: true,
}

/** For mails that may not go out as they were checked: their batch is checked anew at once. */
const HELD_BACK: Receipt = { status: 'deferred', code: 'mail-held-back', isDefinite: true }

/** Of several deferred mails of a batch the one with the longest wait. */
function keepLonger(waiting: Map<string, Receipt>, id: string, receipt: Receipt) {
  const known = waiting.get(id)
  const waitOf = (one?: Receipt) => (one?.status === 'deferred' ? (one.retryAfterMs ?? 0) : -1)
  if (waitOf(receipt) > waitOf(known)) waiting.set(id, receipt)
}

/**
 * Batches of which every mail was taken up, and judged; the others stay marked for the next page, or the
 * next claim.
 */
function finishedBatches({ page, queue, doubts }: Sending, isJudged: boolean): ReadyBatch[] {
  const open = isJudged ? queue : [...queue, ...doubts]
  const unfinished = new Set(open.map(({ ready }) => ready.batch._id))
  return page.ready.filter(({ batch }) => !unfinished.has(batch._id))
}

function batchOutcome(
  { batch, left }: ReadyBatch,
  { page, waiting }: Sending,
  now: Date,
): BatchOutcome {
  const receipt = waiting.get(batch._id)
  if (receipt?.status !== 'deferred') return { id: batch._id, set: { state: 'settled' } }
  const decision = decideRetry({
    state: 'deferred',
    tries: receipt === PACED ? 1 : batch.tries + 1, // nothing was tried: the waits do not grow
    now,
    closesAt: page.closesAt,
    firstTriedAt: batch.firstTriedAt ?? now,
    retryAfterMs: receipt.retryAfterMs,
  })
  const notBefore = decision.isAgain ? decision.at : page.closesAt
  return { id: batch._id, set: { state: 'deferred', notBefore, left, code: receipt.code } }
}
