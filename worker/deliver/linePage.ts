import type { LineChannel, LineSender, LineStop } from '../channel/channel'
import type { Claim } from '../ledger/runs'
import type { BatchOutcome, DeliveryOutcome } from '../ledger/outcomes'
import type { SendingStore } from '../ledger/sending'
import { isWithdrawn, type SyncedContents } from './content'
import { readLineResult, sendLine } from './line'
import type { ReadyBatch } from './page'
import type { Pauses } from './pause'
import { runPool } from './pool'
import type { Recipient } from './recipients'

/** LINE calls in flight for one run. */
const LINE_CALLS = 16

interface LineSenderOptions {
  syncedContent: { contents: () => SyncedContents }
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
  account: LineSender & { id: string }
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
export function createLineSender(options: LineSenderOptions) {
  const { syncedContent, channel, store, now, pauses, onAlert } = options

  return async ({ claim, ready, account, isStopping }: LinePage): Promise<LineSent> => {
    const outcomes: BatchOutcome[] = []
    const faults: Recipient[] = []
    const deliveries: DeliveryOutcome[] = []
    await runPool(ready, LINE_CALLS, async (one) => {
      const isHeldBack = () => isWithdrawn(one.payload, syncedContent.contents())
      if (isHeldBack() || isStopping() || pauses.isStopped(account.id)) {
        outcomes.push(untouched(one))
        return
      }
      const result = await sendLine(one, { channel, account, isHeldBack })
      if (result.stop) await stop({ claim, one, account }, result.stop)
      const closesAt = claim.run.closesAt.line
      const read = readLineResult({ ready: one, result, now: now(), closesAt })
      outcomes.push(read.batch)
      deliveries.push(...read.deliveries)
      if (read.batch.set.state !== 'unsure') faults.push(...read.faults)
    })
    await store.settleDeliveries(claim, deliveries)
    return { outcomes, faults }
  }

  async function stop({ claim, one, account }: Stopped, why: LineStop) {
    const { scope, code, detail } = why
    if (scope === 'channel') pauses.stop(account.id)
    else await store.rejectPayload(claim, one.batch.payload, code)
    onAlert('line-stopped', { run: claim.run._id, scope, code, detail })
  }
}

type Stopped = Pick<LinePage, 'claim' | 'account'> & { one: ReadyBatch }

/** A marked batch that was not begun after all: as before, without a byte sent. */
function untouched({ batch, left }: ReadyBatch): BatchOutcome {
  const state = batch.state === 'sending' ? ('unsure' as const) : batch.state
  return { id: batch._id, set: { state, left, notBefore: batch.notBefore ?? new Date(0) } }
}
