import { readerCollections, type StoreContext } from './collections'
import { isContactOnLine, waitingContactOf, type WaitingContact } from './contactChange'
import { indexOf } from './identity'
import { waitingRegistrationOf } from './lineConfirmation'
import type { Address } from './reader'
import type { WaitingRegistration } from './store'

/** What waits for the answer of a LINE friend. */
export type WaitingInTalk =
  | { kind: 'contact'; contact: WaitingContact }
  | { kind: 'registration'; registration: WaitingRegistration }

/** Finds the newest change of contact that waits for a friend; without one the newest registration. */
export async function waitingInTalk(
  { db, ring, now }: StoreContext,
  address: Address,
): Promise<WaitingInTalk | null> {
  const { confirmations } = readerCollections(db)
  const own = { index: indexOf(ring, address), _id: /^(contact:)?line:/ }
  const waiting = await confirmations
    .find({ ...own, usedAt: null, expiresAt: { $gt: now() } })
    .sort({ createdAt: -1 })
    .toArray()
  const contact = waiting.find(isContactOnLine)
  if (contact) return { kind: 'contact', contact: waitingContactOf(contact) }
  const [newest] = waiting
  if (!newest) return null
  return { kind: 'registration', registration: waitingRegistrationOf(ring, newest) }
}
