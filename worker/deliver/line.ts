import { createLimiter, forEachAtOnce, type Limiter } from '../concurrency/limiter'
import {
  LINE_HELD_BACK,
  type LineChannel,
  type LineCredentials,
  type LineSendResult,
  type LineStop,
  type Receipt,
} from '../channel/channel'
import { UNTRIED_KEY } from '../channel/lineBatch'
import type { SyncedContent } from '../content/syncedContent'
import type { Claim } from '../ledger/runs'
import type { BatchOutcome } from '../ledger/outcomes'
import type { SendingStore } from '../ledger/sending'
import { again, commonRefusal, countRefusals } from './commonRefusal'
import { isKeyOld, mayHaveBeenTaken, retryKeyFor } from './decide'
import type { Halts } from './halts'
import type { LastLook } from './lastLook'
import { readLineResult } from './lineOutcome'
import type { ReadyBatch } from './page'
import type { Pauses } from './pause'
import type { Recipient } from './recipients'

/** LINE calls in flight for one run: enough for a channel's 200 a second at 150 ms an answer. */
const CALLS_OF_RUN = 32

/** LINE calls in flight of the whole process, so that what LINE takes for an answer is no bound. */
export const LINE_CALLS = 256

interface LinePageSenderOptions {
  syncedContent: Pick<SyncedContent, 'line'>
  channel: LineChannel
  store: Pick<SendingStore, 'settleDeliveries' | 'rejectPayload' | 'hasAccepted'>
  now: () => Date
  pauses: Pauses
  halts: Pick<Halts, 'isHalted'>
  onAlert: (code: string, detail: Record<string, unknown>) => void
  /** LINE knows a key that was never tried here: another state of this ledger has sent. */
  onUntriedKey: (claim: Claim) => Promise<void>
}

/** What a page of LINE batches is sent for. */
export interface LinePage {
  claim: Claim
  ready: ReadyBatch[]
  lastLook: LastLook
  /** True when nothing new may be begun: drain, lost lease. */
  isStopping: () => boolean
}

/** What a page came to. */
export interface LineSent {
  outcomes: BatchOutcome[]
  /** Addresses that were refused by batches that will not be repeated as they are. */
  faults: Recipient[]
  /** Code of the answer that stops all of the account, for a reason of ours; null without. */
  refusal: string | null
  /** What ended the page early; what was on the wire then is among the outcomes. */
  failure: { error: unknown } | null
}

/** Sends pages of LINE batches, several calls at once. */
export function createLinePageSender(options: LinePageSenderOptions) {
  const deps: Deps = { ...options, wire: createLimiter(LINE_CALLS) }
  return (page: LinePage): Promise<LineSent> => sendLinePage(deps, page)
}

interface Deps extends LinePageSenderOptions {
  /** Room for the calls of all runs of the process; whoever has it looks once more what has changed. */
  wire: Limiter
}

async function sendLinePage(deps: Deps, page: LinePage): Promise<LineSent> {
  const sent: LineSent = { outcomes: [], faults: [], refusal: null, failure: null }
  const answers: Answered[] = []
  const send = async (ready: ReadyBatch): Promise<void> => {
    const account = deps.syncedContent.line(ready.batch.account)
    const mayBegin = account !== null && !isHeldBack(deps, page, ready)
    const result = mayBegin ? await callLine(deps, page, { ...ready, account }) : null
    if (result === null || wasHeldBack(result)) {
      sent.outcomes.push(untouched(ready, stoppedUntil(deps, page, ready)))
      return
    }
    answers.push({ ready, result })
    pauseWhenAsked(deps, ready, result)
    if (isOfAnother(result)) await deps.onUntriedKey(page.claim)
    if (result.stop?.scope !== 'channel') return
    sent.refusal = result.stop.code
    await stop(deps, { ...page, batch: ready.batch, why: result.stop })
  }
  const sending = forEachAtOnce(page.ready, CALLS_OF_RUN, (ready) => deps.wire(() => send(ready)))
  await sending.catch((error: unknown) => {
    sent.failure = { error }
  })
  const common = await commonOf(deps, page, answers)
  sent.refusal ??= common
  await stopContents(deps, page, { answers, isOurs: common !== null })
  const closesAt = page.claim.run.closesAt.line
  const reads = answers.map(({ ready, result }) =>
    readLineResult({ ready, result: withoutOurs(result, common), now: deps.now(), closesAt }),
  )
  for (const { batch, faults } of reads) {
    sent.outcomes.push(batch)
    if (batch.set.state !== 'unsure') sent.faults.push(...faults)
  }
  await deps.store.settleDeliveries(
    page.claim,
    reads.flatMap(({ deliveries }) => deliveries),
  )
  return sent
}

interface Answered {
  ready: ReadyBatch
  result: LineSendResult
}

/** The code that (nearly) everybody of a page was refused with: then the reason is ours. */
async function commonOf(
  { store }: LinePageSenderOptions,
  { claim }: LinePage,
  answers: Answered[],
): Promise<string | null> {
  const receipts = answers.flatMap(({ result }) => [...result.receipts.values()])
  const refused = countRefusals(receipts)
  if (refused.size === 0) return null
  const accepted = receipts.filter(({ status }) => status !== 'rejected').length
  const hasAcceptedBefore = accepted > 0 || (await store.hasAccepted(claim, 'line'))
  return commonRefusal({ refused, accepted, hasAcceptedBefore })
}

/** What was refused for a reason of ours was certainly not taken, and is sent when that is mended. */
function withoutOurs(result: LineSendResult, common: string | null): LineSendResult {
  if (common === null) return result
  const receipts = [...result.receipts].map(([id, receipt]): [string, Receipt] => {
    const isOurs = receipt.status === 'rejected' && receipt.code === common
    return [id, isOurs ? again(common) : receipt]
  })
  return { ...result, receipts: new Map(receipts) }
}

/** A text LINE refuses goes to nobody else, unless it is refused for a reason that can be mended. */
async function stopContents(
  deps: LinePageSenderOptions,
  page: LinePage,
  { answers, isOurs }: { answers: Answered[]; isOurs: boolean },
): Promise<void> {
  for (const { ready, result } of answers) {
    if (result.stop?.scope !== 'content') continue
    const stopped = { ...page, batch: ready.batch, why: result.stop }
    if (isOurs) tellStop(deps, stopped)
    else await stop(deps, stopped)
  }
}

/** Whether a request may not go out at this moment; also when nobody can tell. */
async function mayNotGo(
  deps: LinePageSenderOptions,
  page: LinePage,
  ready: ReadyBatch,
): Promise<boolean> {
  return !(await page.lastLook.look()) || isHeldBack(deps, page, ready)
}

/** Whether a batch need not even be begun, by what is known already. */
function isHeldBack(deps: LinePageSenderOptions, page: LinePage, ready: ReadyBatch): boolean {
  const { batch } = ready
  const { isStopping, lastLook, claim } = page
  return (
    isStopping() ||
    deps.pauses.isStopped(batch.account) ||
    lastLook.isHeldBack(claim, ready, batch.recipients) ||
    (mayHaveBeenTaken(batch) && isKeyOld(batch, deps.now()))
  )
}

/** Whether no request of a batch went out, because of what became known right before. */
function wasHeldBack({ receipts }: LineSendResult): boolean {
  const all = [...receipts.values()]
  return all.length > 0 && all.every((one) => 'code' in one && one.code === LINE_HELD_BACK)
}

/** Whether LINE had the key already, although this ledger never tried it. */
function isOfAnother({ receipts }: LineSendResult): boolean {
  return [...receipts.values()].some((one) => 'code' in one && one.code === UNTRIED_KEY)
}

/** Longest wait that is kept to within a request's turn; a longer one stops the account. */
const LONGEST_TURN_MS = 10_000

/** LINE asks for a long wait: nothing more is begun for this account until it is over. */
function pauseWhenAsked(
  { pauses }: LinePageSenderOptions,
  { batch }: ReadyBatch,
  { receipts }: LineSendResult,
): void {
  for (const receipt of receipts.values()) {
    const waitMs = receipt.status === 'deferred' ? (receipt.retryAfterMs ?? 0) : 0
    if (waitMs > LONGEST_TURN_MS) return pauses.stop(batch.account, waitMs)
  }
}

/**
 * Makes one attempt of a batch: its recipients in the frozen order, each address once. The channel
 * asks once more right before each request whether the text may still go out.
 */
function callLine(
  deps: LinePageSenderOptions,
  page: LinePage,
  ready: ReadyBatch & { account: LineCredentials },
): Promise<LineSendResult> {
  const { account, batch, payload, to, left } = ready
  return deps.channel.send({
    account,
    to: [...new Set(to.map(({ address }) => address ?? ''))],
    messages: payload.channel === 'line' ? payload.messages : [],
    retryKey: retryKeyFor(batch, left),
    isFirstTry: batch.tries === 0,
    isHeldBack: () => mayNotGo(deps, page, ready),
  })
}

type Stopped = Pick<LinePage, 'claim'> & Pick<ReadyBatch, 'batch'> & { why: LineStop }

async function stop(deps: LinePageSenderOptions, { claim, batch, why }: Stopped) {
  const { scope, code } = why
  if (scope === 'channel') deps.pauses.stop(batch.account)
  else await deps.store.rejectPayload(claim, batch.payload, code)
  tellStop(deps, { claim, batch, why })
}

function tellStop(deps: LinePageSenderOptions, { claim, why }: Stopped): void {
  const { scope, code, detail } = why
  deps.onAlert('line-stopped', { run: claim.run._id, scope, code, detail })
}

/** How long a batch waits whose account a person has stopped. */
const HALTED_MS = 15_000

/** When an account that is stopped may be used again, or is asked about; null where it is not stopped. */
function stoppedUntil(
  { pauses, halts, now }: LinePageSenderOptions,
  { claim }: LinePage,
  { batch }: ReadyBatch,
): Date | null {
  const isHalted = halts.isHalted({ ...batch, town: claim.run.municipality })
  return pauses.endOf(batch.account) ?? (isHalted ? new Date(now().getTime() + HALTED_MS) : null)
}

/**
 * A marked batch that was not begun after all: as before, without a byte sent. The next page checks
 * it anew; while its account is stopped there is none, also where the municipality has another now.
 */
function untouched({ batch, left }: ReadyBatch, stoppedUntil: Date | null): BatchOutcome {
  const isPutOff = stoppedUntil !== null && batch.state === 'planned'
  const state = isPutOff ? 'deferred' : batch.state === 'sending' ? 'unsure' : batch.state
  const notBefore = stoppedUntil ?? batch.notBefore ?? new Date(0)
  return { id: batch._id, set: { state, left, notBefore } }
}
