import type { LineChannel, LineSendResult, LineSender, Receipt } from '../channel/channel'
import type { BatchOutcome, DeliveryOutcome } from '../ledger/outcomes'
import { decideRetry } from './retry'
import { fingerprintOf, mayHaveBeenTaken, retryKeyFor } from './decide'
import type { ReadyBatch } from './page'
import type { Recipient } from './recipients'

/** What one attempt of a LINE batch comes to in the ledger. */
export interface LineOutcome {
  batch: BatchOutcome
  deliveries: DeliveryOutcome[]
  /** Recipients whose address is at fault. */
  faults: Recipient[]
}

interface AttemptInput {
  ready: ReadyBatch
  result: LineSendResult
  now: Date
  closesAt: Date
}

interface SendInput {
  channel: LineChannel
  account: LineSender
  /** Whether the text may not go out any more; asked before each request. */
  isHeldBack: () => boolean
}

/** Makes one attempt of a batch: its recipients in the frozen order, each address once. */
export function sendLine(
  { batch, payload, to, left }: ReadyBatch,
  { channel, account, isHeldBack }: SendInput,
): Promise<LineSendResult> {
  const messages = payload.channel === 'line' ? payload.messages : []
  const addresses = [...new Set(to.map(({ address }) => address ?? ''))]
  const retryKey = retryKeyFor(batch, left)
  return channel.send({ account, to: addresses, messages, retryKey, isHeldBack })
}

/** Turns the provider's answer into what is recorded. *Pure.* */
export function readLineResult({ ready, result, now, closesAt }: AttemptInput): LineOutcome {
  const { batch, to, left } = ready
  const receipts = to.map((recipient) => ({ recipient, receipt: receiptOf(recipient, result) }))
  const faults = receipts.filter(({ receipt }) => isAddressFault(receipt))
  const settled = receipts.filter(({ receipt }) => isSettled(receipt))
  const waiting =
    receipts.find(({ receipt }) => receipt.status === 'unknown') ??
    receipts.find(({ receipt }) => receipt.status === 'deferred')
  const common = { faults: faults.map(({ recipient }) => recipient) }
  if (!waiting) return { ...common, ...finalOutcome(batch._id, receipts) }
  const { receipt } = waiting
  const isOpen = receipt.status === 'unknown' || mayHaveBeenTaken(batch) // by an earlier attempt
  const state = isOpen ? ('unsure' as const) : ('deferred' as const)
  const decision = decideRetry({
    state,
    tries: batch.tries + 1,
    now,
    closesAt,
    firstTriedAt: batch.firstTriedAt ?? now,
    ...(receipt.status === 'deferred' ? { retryAfterMs: receipt.retryAfterMs } : {}),
  })
  const nextLeft = state === 'deferred' ? [...left, ...settled.map(idOf)] : left
  const code = 'code' in receipt ? { code: receipt.code } : {}
  const asked = isOpen ? { toHash: fingerprintOf(to) } : {}
  const set = decision.isAgain
    ? { state, notBefore: decision.at, left: nextLeft, ...asked, ...code }
    : { state: decision.state, left: nextLeft, ...code }
  return {
    ...common,
    batch: { id: batch._id, set },
    deliveries: settled.map(({ recipient, receipt: own }) => outcomeOf(recipient.id, own)),
  }
}

interface Received {
  recipient: Recipient
  receipt: Receipt
}

function idOf({ recipient }: Received): string {
  return recipient.id
}

/** All settled: the batch says what holds for most, each other delivery has its own word. */
function finalOutcome(id: string, receipts: Received[]) {
  const isAnyTaken = receipts.some(({ receipt }) => receipt.status === 'accepted')
  const state = isAnyTaken ? ('accepted' as const) : ('rejected' as const)
  const others = receipts.filter(({ receipt }) => receipt.status !== state)
  const [first] = receipts
  const code = !isAnyTaken && first && 'code' in first.receipt ? { code: first.receipt.code } : {}
  return {
    batch: { id, set: { state, ...code } },
    deliveries: others.map(({ recipient, receipt }) => outcomeOf(recipient.id, receipt)),
  }
}

function receiptOf({ address }: Recipient, { receipts }: LineSendResult): Receipt {
  return receipts.get(address ?? '') ?? { status: 'unknown', code: 'line-no-receipt' }
}

/** A receipt as a delivery's own status. *Pure.* */
export function outcomeOf(id: string, receipt: Receipt): DeliveryOutcome {
  const code = 'code' in receipt ? { code: receipt.code } : {}
  return { id, status: receipt.status, ...code }
}

/** Whether a receipt is an answer for good. *Pure.* */
function isSettled({ status }: Receipt): boolean {
  return status === 'accepted' || status === 'rejected'
}

/** Whether the address itself was refused. *Pure.* */
export function isAddressFault(receipt: Receipt): boolean {
  return receipt.status === 'rejected' && receipt.isAddressFault
}
