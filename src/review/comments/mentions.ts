import type { PayloadRequest } from 'payload'

import { ReviewRefusal } from '../../cms/refusal'
import { findColleagues, whereWorksOn } from '../queries/colleagues'
import type { Review } from '../queries/load'
import { canComment } from '../rules/rights'

/** Somebody who can be called in a comment. */
export interface Mentionable {
  id: string
  name: string
}

/** Who can be called about a text: who reads what is said of it, as far as the asker may see people. */
export async function findMentionable(req: PayloadRequest, review: Review): Promise<Mentionable[]> {
  if (!canComment(req.user, review)) return []
  const found = await findColleagues(req, whereWorksOn(review))
  return found
    .filter(({ id, user }) => id !== String(req.user?.id) && canComment(user, review))
    .map(({ id, name }) => ({ id, name }))
}

/**
 * The people a comment calls, each once, and what the log says of them.
 *
 * @throws ReviewRefusal INCOMPLETE where one of them cannot read it.
 */
export async function readMentions(
  req: PayloadRequest,
  review: Review,
  given: readonly string[],
): Promise<{ ids: string[]; note: string }> {
  const ids = [...new Set(given)]
  if (ids.length === 0) return { ids, note: '' }
  const known = new Map((await findMentionable(req, review)).map(({ id, name }) => [id, name]))
  if (!ids.every((id) => known.has(id))) throw new ReviewRefusal('INCOMPLETE', UNREADABLE)
  return { ids, note: `(呼びかけ: ${ids.map((id) => known.get(id)).join('、')})` }
}

const UNREADABLE =
  'この原稿のコメントを読めない人には呼びかけられません。「@」を打って出る一覧から選んでください。'
