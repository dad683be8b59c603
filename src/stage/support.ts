import type { Slot } from './slot'

/** Code of the page of procedures and contacts: readers open it, and nothing of it is ever sent. */
export const SUPPORT_PAGE = 'support0'

/** Last day of a support series (days after the day it was asked for). */
export const MAX_SUPPORT_DAYS = 100

/** Whether a slot is the page that is read, and never sent. *Pure.* */
export function isSupportPage(slot: Slot): boolean {
  return slot.anchor === 'support' && slot.days === 0
}

/** Whether a slot code is of the support series. *Pure.* */
export function isSupport(code: string): boolean {
  return code.startsWith('support')
}
