import type { LineSendResult, Receipt } from '../channel/channel'
import type { BatchOutcome, DeliveryOutcome } from '../ledger/outcomes'
import { fingerprintOf, mayHaveBeenTaken } from './decide'
import type { ReadyBatch } from './page'
import { isAddressFault, isSettled, outcomeOf } from './receipt'
import type { Recipient } from './recipients'
import { decideRetry } from './retry'

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

interface Received {
  recipient: Recipient
  receipt: Receipt
}

/** Turns the provider's answer into what is recorded. *Pure.* */
export function readLineResult(attempt: AttemptInput): LineOutcome {
  const { ready, result } = attempt
  const received = ready.to.map((recipient) => ({
    recipient,
    receipt: receiptOf(recipient, result),
  }))
  const faults = received
    .filter(({ receipt }) => isAddressFault(receipt))
    .map(({ recipient }) => recipient)
  const waiting = longestWaiting(received)
  return waiting
    ? { faults, ...openOutcome(attempt, received, waiting) }
    : { faults, ...finalOutcome(ready.batch._id, received) }
}

function receiptOf({ address }: Recipient, { receipts }: LineSendResult): Receipt {
  return receipts.get(address ?? '') ?? { status: 'unknown', code: 'line-no-receipt' }
}

/** What keeps a batch open: a request without an answer, else one that was put off. */
function longestWaiting(received: Received[]): Receipt | null {
  const receipts = received.map(({ receipt }) => receipt)
  return (
    receipts.find(({ status }) => status === 'unknown') ??
    receipts.find(({ status }) => status === 'deferred') ??
    null
  )
}

/** Not all have an answer for good: the batch is repeated, or ends without one. */
function openOutcome(
  { ready: { batch, to, left }, now, closesAt }: AttemptInput,
  received: Received[],
  waiting: Receipt,
) {
  const isOpen = waiting.status === 'unknown' || mayHaveBeenTaken(batch) // by an earlier attempt
  const state = isOpen ? ('unsure' as const) : ('deferred' as const)
  const decision = decideRetry({
    state,
    tries: batch.tries + 1,
    now,
    closesAt,
    firstTriedAt: batch.firstTriedAt ?? now,
    ...(waiting.status === 'deferred' ? { retryAfterMs: waiting.retryAfterMs } : {}),
  })
  const settled = received.filter(({ receipt }) => isSettled(receipt))
  const nextLeft = isOpen ? left : [...left, ...settled.map(({ recipient }) => recipient.id)]
  const code = 'code' in waiting ? { code: waiting.code } : {}
  const asked = isOpen ? { toHash: fingerprintOf(to) } : {}
  const set = decision.isAgain
    ? { state, notBefore: decision.at, left: nextLeft, ...asked, ...code }
    : { state: decision.state, left: nextLeft, ...code }
  return {
    batch: { id: batch._id, set },
    deliveries: settled.map(({ recipient, receipt }) => outcomeOf(recipient.id, receipt)),
  }
}

/** All settled: the batch says what holds for most, each other delivery has its own word. */
function finalOutcome(id: string, received: Received[]) {
  const isAnyTaken = received.some(({ receipt }) => receipt.status === 'accepted')
  const state = isAnyTaken ? ('accepted' as const) : ('rejected' as const)
  const others = received.filter(({ receipt }) => receipt.status !== state)
  const [first] = received
  const code = !isAnyTaken && first && 'code' in first.receipt ? { code: first.receipt.code } : {}
  return {
    batch: { id, set: { state, ...code } },
    deliveries: others.map(({ recipient, receipt }) => outcomeOf(recipient.id, receipt)),
  }
}
