import type { PayloadRequest } from 'payload'

import { ReviewRefusal } from '../cms/refusal'
import { isPerson } from './roles'
import { nameOf } from './names'

/** Header in which a page of the admin names who has it open, by their id. */
export const ASKED_BY = 'X-Kizuna-Person'

/**
 * Refuses what comes from a page that somebody else has open than is logged in now: a session ends
 * while a form is being filled in, and another tab may have logged in somebody else. Programs name nobody.
 *
 * @throws ReviewRefusal SIGNED_OUT, OTHER_PERSON.
 */
export function refuseForOther({ headers, user }: PayloadRequest): void {
  const opener = headers.get(ASKED_BY)
  if (opener === null) return
  if (!user) throw new ReviewRefusal('SIGNED_OUT', SIGNED_OUT)
  if (String(user.id) === opener) return
  const name = isPerson(user) ? (nameOf(user) ?? 'ほかの人') : 'ほかの人'
  throw new ReviewRefusal(
    'OTHER_PERSON',
    `このブラウザーでは、いま${name}さんがログインしています。この画面のことは、まだ保存していません。`,
  )
}

const SIGNED_OUT =
  'ログインの時間が切れています。まだ保存していません。もう一度ログインすると、続けられます。'
