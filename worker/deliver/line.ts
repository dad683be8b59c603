import { forEachAtOnce } from '../concurrency/limiter'
import type { LineChannel, LineCredentials, LineSendResult, LineStop } from '../channel/channel'
import type { SyncedContent } from '../content/syncedContent'
import type { Claim } from '../ledger/runs'
import type { BatchOutcome, DeliveryOutcome } from '../ledger/outcomes'
import type { SendingStore } from '../ledger/sending'
import { isWithdrawn } from './content'
import { retryKeyFor } from './decide'
import { readLineResult } from './lineOutcome'
import type { ReadyBatch } from './page'
import type { Pauses } from './pause'
import type { Recipient } from './recipients'

/** LINE calls in flight for one run. */
const LINE_CALLS = 16

interface LinePageSenderOptions {
  syncedContent: Pick<SyncedContent, 'releases'>
  channel: LineChannel
  store: Pick<SendingStore, 'settleDeliveries' | 'rejectPayload'>
  now: () => Date
  pauses: Pauses
  onAlert: (code: string, detail: Record<string, unknown>) => void
}

/** What a page of LINE batches is sent for. */
export interface LinePage {
  claim: Claim
  ready: ReadyBatch[]
  account: LineCredentials & { id: string }
  /** True when nothing new may be begun: drain, lost lease. */
  isStopping: () => boolean
}

/** What a page came to. */
export interface LineSent {
  outcomes: BatchOutcome[]
  /** Addresses that were refused by batches that will not be repeated as they are. */
  faults: Recipient[]
}

/** Sends pages of LINE batches, several calls at once. */
export function createLinePageSender(options: LinePageSenderOptions) {
  return (page: LinePage): Promise<LineSent> => sendLinePage(options, page)
}

async function sendLinePage(deps: LinePageSenderOptions, page: LinePage): Promise<LineSent> {
  const sent: LineSent = { outcomes: [], faults: [] }
  const deliveries: DeliveryOutcome[] = []
  await forEachAtOnce(page.ready, LINE_CALLS, async (ready) => {
    if (mayNotBegin(deps, page, ready)) {
      sent.outcomes.push(untouched(ready))
      return
    }
    const result = await callLine(deps, page, ready)
    if (result.stop) await stop(deps, { ...page, batch: ready.batch, why: result.stop })
    const closesAt = page.claim.run.closesAt.line
    const read = readLineResult({ ready, result, now: deps.now(), closesAt })
    sent.outcomes.push(read.batch)
    deliveries.push(...read.deliveries)
    if (read.batch.set.state !== 'unsure') sent.faults.push(...read.faults)
  })
  await deps.store.settleDeliveries(page.claim, deliveries)
  return sent
}

function mayNotBegin(deps: LinePageSenderOptions, page: LinePage, ready: ReadyBatch): boolean {
  const { account, isStopping } = page
  return isHeldBack(deps, ready) || isStopping() || deps.pauses.isStopped(account.id)
}

function isHeldBack({ syncedContent }: LinePageSenderOptions, { payload }: ReadyBatch): boolean {
  return isWithdrawn(payload, syncedContent.releases())
}

/**
 * Makes one attempt of a batch: its recipients in the frozen order, each address once. The channel
 * asks once more right before each request whether the text may still go out.
 */
function callLine(
  deps: LinePageSenderOptions,
  { account }: LinePage,
  ready: ReadyBatch,
): Promise<LineSendResult> {
  const { batch, payload, to, left } = ready
  return deps.channel.send({
    account,
    to: [...new Set(to.map(({ address }) => address ?? ''))],
    messages: payload.channel === 'line' ? payload.messages : [],
    retryKey: retryKeyFor(batch, left),
    isHeldBack: () => isHeldBack(deps, ready),
  })
}

type Stopped = Pick<LinePage, 'claim' | 'account'> & Pick<ReadyBatch, 'batch'> & { why: LineStop }

async function stop(deps: LinePageSenderOptions, { claim, batch, account, why }: Stopped) {
  const { scope, code, detail } = why
  if (scope === 'channel') deps.pauses.stop(account.id)
  else await deps.store.rejectPayload(claim, batch.payload, code)
  deps.onAlert('line-stopped', { run: claim.run._id, scope, code, detail })
}

/** A marked batch that was not begun after all: as before, without a byte sent. */
function untouched({ batch, left }: ReadyBatch): BatchOutcome {
  const state = batch.state === 'sending' ? ('unsure' as const) : batch.state
  return { id: batch._id, set: { state, left, notBefore: batch.notBefore ?? new Date(0) } }
}
