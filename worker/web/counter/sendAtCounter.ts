import type { Registration } from '../../readers/store'

import { askToConfirm } from '../completeRegistration'
import type { WebContext } from '../webContext'
import type { Desk } from './counterDoor'

/** `waiting` is the id of what waits for the owner of the address; absent for a second press. */
export type SentAtCounter = { status: 'sent'; waiting?: string } | { status: 'tooOften' | 'mail' }

/** Sends the mail that confirms a registration; written down before. */
export async function sendConfirmation(
  web: WebContext,
  { visit, municipality }: Desk,
  asked: { registration: Registration; once: string; isMended?: boolean },
): Promise<SentAtCounter> {
  const { registration, once, isMended = false } = asked
  const { counter } = web.readers
  if (await counter.isTooOften(visit)) return { status: 'tooOften' }
  const { address } = registration.address
  const detail = isMended ? 'address' : (registration.consentBasis ?? '')
  await counter.note(visit, { act: 'register', mail: address, detail })
  const outcome = await askToConfirm(web, { registration, once }, { municipality })
  if (outcome.status === 'mailFailed') return { status: 'mail' }
  return { status: 'sent', ...(outcome.waiting && { waiting: outcome.waiting }) }
}
