import { createProgram, type Program } from '../../src/plan/program'
import type { ChannelName } from '../../src/plan/settings'
import type { ReaderLinks } from '../../src/release/readerLinks'
import type { LocalDay } from '../../src/stage/day'
import type { LineChannel, MailChannel } from '../channel/channel'
import type { DomainPace } from '../channel/domainPace'
import type { PaceClock } from '../channel/pace'
import type { SyncedContent } from '../content/syncedContent'
import type { Claim } from '../ledger/runs'
import type { SendingStore } from '../ledger/sending'
import type { Halts } from './halts'
import { closeHours, isAllOut, nextWake, openChannels } from './hours'
import type { Changes } from '../readers/changeNumber'
import { createLastLook, type LastLook } from './lastLook'
import { createLinePageSender, type LineSent } from './line'
import { createMailPageSender, type MailPage, type MailsBehind, type MailsSent } from './mail'
import { createPages, type Page, type PageContext, type ReadyBatch } from './page'
import type { Pauses } from './pause'
import type { Recipient, Recipients } from './recipients'

/** What sending a run came to for now. */
export type SendOutcome =
  | { status: 'finished' }
  /** Nothing to do before this instant. */
  | { status: 'waiting'; until: Date }
  /** Asked to stop: the rest is for the next claim. */
  | { status: 'drained' }
  /** Nobody was taken, and whatever is open was refused for a reason of ours. */
  | { status: 'refused'; channel: ChannelName; code: string }

interface RunSenderOptions {
  syncedContent: SyncedContent
  changes: Changes
  store: SendingStore
  recipients: Recipients
  line: LineChannel
  mail: MailChannel
  pauses: Pauses
  /** Room at the recipients' domains, for all runs of the process. */
  domainPace: DomainPace
  mailClock: Pick<PaceClock, 'sleep'>
  halts: Pick<Halts, 'refresh' | 'isHalted'>
  now: () => Date
  linksOf: (of: { readerId: string; town: string }) => ReaderLinks
  /** Where a refusal of a mail to this recipient comes back to; null where nobody reads refusals. */
  returnPathOf?: (of: { recipient: Recipient; town: string; date: LocalDay }) => string | null
  onAddressFault: (recipient: Recipient) => Promise<void>
  onMaybeFilter: (recipient: Recipient, date: LocalDay) => Promise<void>
  /** A refusal of a mailbox that is full, of a text of this day. */
  onSoftRefusal: (recipient: Recipient, date: LocalDay) => Promise<void>
  /** The file of a text's picture by its name; null where it is gone. */
  pictureOf: (name: string) => Promise<Buffer | null>
  /** LINE knows a key that was never tried here: another state of this ledger has sent. */
  onUntriedKey: (claim: Claim) => Promise<void>
  /** Something a person must know; never personal data. */
  onAlert: (code: string, detail: Record<string, unknown>) => void
}

/** Sends what a claimed, sealed run has frozen, page by page, until nothing is open. */
export function createRunSender(options: RunSenderOptions) {
  const deps: Deps = {
    ...options,
    pages: createPages(options),
    sendLines: createLinePageSender({ ...options, channel: options.line }),
    sendMails: createMailPageSender({ ...options, channel: options.mail }),
  }
  return (claim: Claim, isStopping: () => boolean): Promise<SendOutcome> => {
    const lastLook = createLastLook(claim.run, options)
    const sending = { claim, isStopping, lastLook, program: null, refusals: new Map() }
    return sendRun(deps, { ...sending, behind: null, waits: 0 })
  }
}

/** Sends claimed runs. */
export type RunSender = ReturnType<typeof createRunSender>

interface Deps extends RunSenderOptions {
  pages: ReturnType<typeof createPages>
  sendLines: ReturnType<typeof createLinePageSender>
  sendMails: ReturnType<typeof createMailPageSender>
}

/** A claimed run on its way through the steps below. */
interface Sending {
  claim: Claim
  isStopping: () => boolean
  lastLook: LastLook
  /** The day's program as of the latest look at the CMS; made when a check first needs it. */
  program: Program | null
  /** Channels all of which was refused for a reason of ours, with the answer's code. */
  refusals: Map<ChannelName, string>
  /** Mails that wait for their domains. */
  behind: MailsBehind | null
  /** How often they alone were waited for. */
  waits: number
}

/** How long a domain without room is waited for at a time, when nothing else is to be sent. */
const ROOM_MS = 1000

/** After so many waits a run makes room for others; what it has left is due again in a moment. */
const MOST_WAITS = 30

async function sendRun(deps: Deps, sending: Sending): Promise<SendOutcome> {
  await recoverInFlight(deps, sending.claim)
  for (let next = preparePage(deps, sending); ;) {
    if (sending.isStopping()) return { status: 'drained' }
    if (deps.now() >= sending.claim.run.closesAt.mail) await putOffMails(deps, sending)
    await closeHours(deps, sending.claim)
    const page = await next
    if (page.batches.length > 0 || (await waitForRoom(deps, sending))) {
      next = (await sendPage(deps, sending, page)).next
      continue
    }
    const outcome = await whenNothingIsDue(deps, sending)
    if (outcome) return outcome
    next = preparePage(deps, sending)
  }
}

/** Mails that a worker marked and left get the municipality's policy. */
async function recoverInFlight({ store, syncedContent, onAlert }: Deps, claim: Claim) {
  const { run } = claim
  const policy = syncedContent.settings(run.municipality)?.mailAfterCrash ?? 'at-most-once'
  const count = await store.recoverInFlight(claim, policy)
  if (count > 0) onAlert('mail-unknown-after-crash', { run: run._id, count, policy })
}

/** Waits a moment for mails that are behind. @returns whether there are any to go on with. */
async function waitForRoom(deps: Deps, sending: Sending): Promise<boolean> {
  if (sending.behind === null) return false
  if (sending.waits >= MOST_WAITS) {
    await putOffMails(deps, sending)
    return false
  }
  sending.waits += 1
  await deps.mailClock.sleep(ROOM_MS)
  return true
}

async function putOffMails(deps: Deps, sending: Sending): Promise<void> {
  const { behind, claim } = sending
  const page = behind && mailPageOf(deps, sending, [])
  if (!behind || !page) return
  sending.behind = null
  const { outcomes } = await deps.sendMails.putOff(page, behind)
  await deps.store.settle(claim, outcomes)
}

/** Looks at the CMS once more, then reads and checks the next page. Awaited later. */
function preparePage(deps: Deps, sending: Sending): Promise<Page> {
  const preparing = prepareNow(deps, sending)
  preparing.catch(() => undefined) // not unhandled until it is awaited
  return preparing
}

async function prepareNow(deps: Deps, sending: Sending): Promise<Page> {
  await Promise.all([deps.syncedContent.refresh(), deps.halts.refresh()])
  sending.program = null
  return deps.pages.prepare(contextOf(deps, sending), openChannels(deps, sending.claim))
}

/** Marks, sends and records one page; the next one is prepared meanwhile. */
async function sendPage(
  deps: Deps,
  sending: Sending,
  first: Page,
): Promise<{ next: Promise<Page> }> {
  const { claim } = sending
  const page = await deps.pages.refresh(contextOf(deps, sending), first)
  tellUnreadable(deps, claim, page)
  const ready = await markPage(deps, claim, page)
  const next = preparePage(deps, sending)
  const of = (channel: ChannelName) => ready.filter(({ batch }) => batch.channel === channel)
  await recordBoth(deps, sending, [
    sendLines(deps, sending, of('line')),
    sendMails(deps, sending, of('mail')),
  ])
  return { next }
}

/**
 * Records what each channel's part of a page came to, when both have ended: if one fails, the run is
 * let go of only after the other's calls are in, and recorded.
 */
async function recordBoth(
  deps: Deps,
  sending: Sending,
  parts: [Promise<LineSent>, Promise<MailsSent>],
): Promise<void> {
  const { claim, refusals } = sending
  const [lines, mails] = await Promise.allSettled(parts)
  const line = lines.status === 'fulfilled' ? lines.value : null
  const mail = mails.status === 'fulfilled' ? mails.value : NO_MAILS
  sending.behind = mail.behind
  if (mail.behind === null) sending.waits = 0
  await deps.store.settle(claim, [...(line?.outcomes ?? []), ...mail.outcomes])
  if (line && line.refusal !== null) refusals.set('line', line.refusal)
  await noteFaults(deps, claim, line?.faults ?? [])
  if (line?.failure) throw line.failure.error
  await Promise.all(parts)
}

/** An address that cannot be opened is told; when it is nobody's that can, the key is another one. */
function tellUnreadable({ onAlert }: Deps, { run }: Claim, { drops, ready }: Page) {
  const count = drops
    .flatMap(({ dropped }) => dropped)
    .filter(({ reason }) => reason === 'unreadable').length
  if (count === 0) return
  if (count >= MANY_UNREADABLE && ready.length === 0) {
    throw new Error('No address of the page can be opened: is KIZUNA_KEYS the right one?')
  }
  onAlert('address-unreadable', { run: run._id, count })
}

const MANY_UNREADABLE = 10

/** What a page's check left out is written, and what is ours is marked as being sent. */
async function markPage({ store }: Deps, claim: Claim, page: Page): Promise<ReadyBatch[]> {
  const without = await store.leaveOut(claim, page.drops)
  const dropping = new Set(page.drops.map(({ batch }) => batch._id))
  const whole = page.ready.filter(({ batch }) => !dropping.has(batch._id))
  const marked = await store.markSending(claim, whole)
  return page.ready.filter(({ batch: { _id } }) => without.has(_id) || marked.has(_id))
}

async function sendLines(deps: Deps, sending: Sending, ready: ReadyBatch[]): Promise<LineSent> {
  const { claim, isStopping, lastLook } = sending
  if (ready.length === 0) return { outcomes: [], faults: [], refusal: null, failure: null }
  return deps.sendLines({ claim, ready, lastLook, isStopping })
}

async function sendMails(deps: Deps, sending: Sending, ready: ReadyBatch[]): Promise<MailsSent> {
  const page = mailPageOf(deps, sending, ready)
  const { behind } = sending
  if (!page || (ready.length === 0 && behind === null)) return NO_MAILS
  return deps.sendMails.send(page, behind)
}

const NO_MAILS: MailsSent = { outcomes: [], behind: null }

function mailPageOf(deps: Deps, sending: Sending, ready: ReadyBatch[]): MailPage | null {
  const { claim, isStopping, lastLook } = sending
  const settings = deps.syncedContent.settings(claim.run.municipality)
  if (!settings) return null
  const closesAt = claim.run.closesAt.mail
  const onRefused = (code: string) => void sending.refusals.set('mail', code)
  return { claim, ready, settings, lastLook, closesAt, isStopping, onRefused }
}

/**
 * A reader who changes while a batch may have been taken keeps all of it from being repeated, so
 * a refused address waits for the reader's last such batch, which will be refused as well.
 */
async function noteFaults({ store, onAddressFault }: Deps, claim: Claim, faults: Recipient[]) {
  for (const fault of faults) {
    if (!(await store.isInUnsureBatch(claim, fault.reader))) await onAddressFault(fault)
  }
}

/** Nothing can be sent right now: is the run over, or when does it go on? Null: at once. */
async function whenNothingIsDue(deps: Deps, sending: Sending): Promise<SendOutcome | null> {
  const { claim } = sending
  if (await isAllOut(deps, claim)) {
    await recoverInFlight(deps, claim) // what a worker that lost its lease marked and left
    return { status: 'finished' }
  }
  const refusal = await refusalOfAll(deps, sending)
  if (refusal) {
    await deps.store.endWaits(claim) // a person who asks again means now
    return { status: 'refused', ...refusal }
  }
  const until = await nextWake(deps, claim)
  return until <= deps.now() ? null : { status: 'waiting', until }
}

/** Why nobody of the run was taken, when each channel that is still open was refused as a whole. */
async function refusalOfAll({ store }: Deps, { claim, refusals }: Sending) {
  const [first] = refusals
  if (!first) return null
  for (const channel of CHANNELS) {
    const isOpen = (await store.nextDue(claim, [channel])) !== null
    if (isOpen && !refusals.has(channel)) return null
    if (await store.hasAccepted(claim, channel)) return null
  }
  const [channel, code] = first
  return { channel, code }
}

const CHANNELS = ['line', 'mail'] as const

/** What a page is checked against: what is synced at this moment. */
function contextOf(deps: Deps, sending: Sending): PageContext {
  return {
    claim: sending.claim,
    lastLook: sending.lastLook,
    accountOf: deps.syncedContent.line,
    releases: deps.syncedContent.releases,
    program: () => programOf(deps, sending),
  }
}

function programOf({ syncedContent }: Deps, sending: Sending): Program {
  const { municipality, date, alert } = sending.claim.run
  const settings = syncedContent.settings(municipality)
  if (!settings) throw new Error('The municipality is not among the synced ones any more')
  sending.program ??= createProgram({
    settings,
    content: syncedContent.content(),
    date,
    alert,
  })
  return sending.program
}
