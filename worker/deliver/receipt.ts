import type { Receipt } from '../channel/channel'
import type { DeliveryOutcome } from '../ledger/outcomes'

/** A receipt as a delivery's own status. *Pure.* */
export function outcomeOf(id: string, receipt: Receipt): DeliveryOutcome {
  const code = 'code' in receipt ? { code: receipt.code } : {}
  return { id, status: receipt.status, ...code }
}

/** Whether a receipt is an answer for good. *Pure.* */
export function isSettled({ status }: Receipt): boolean {
  return status === 'accepted' || status === 'rejected'
}

/** Whether the address itself was refused. *Pure.* */
export function isAddressFault(receipt: Receipt): boolean {
  return receipt.status === 'rejected' && receipt.isAddressFault
}
