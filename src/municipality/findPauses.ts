import type { Payload, TypedUser } from 'payload'

import { hasRole, MUNICIPAL } from '../people/roles'
import type { LocalDay } from '../stage/day'
import { dayLabel } from '../stage/japaneseDate'
import { pauseNote } from './pause'

/** What somebody is told of a municipality whose deliveries pause. */
export interface PauseNote {
  id: string
  name: string
  sentence: string
}

/**
 * The pauses that concern a person, for as long as they last: of a clerk, the own municipality's; of
 * the chief and of who may end them, all.
 */
export async function findPauses(
  payload: Payload,
  user: TypedUser,
  today: LocalDay,
): Promise<PauseNote[]> {
  if (!hasRole(user, 'admin', 'chief', ...MUNICIPAL)) return []
  const isAdmin = hasRole(user, 'admin')
  const { docs } = await payload.find({
    collection: 'kizuna-municipalities',
    where: { isActive: { equals: false } },
    select: { name: true, pauseReason: true, pausedUntil: true },
    sort: 'code',
    depth: 0,
    pagination: false,
    user,
    overrideAccess: false,
  })
  return docs.map(({ id, name, pauseReason, pausedUntil }) => {
    const isOver = Boolean(pausedUntil && pausedUntil < today)
    const sentence = isOver
      ? overSentence(pausedUntil ?? '', isAdmin)
      : `配信をお休みしています(${pauseNote({ pauseReason, pausedUntil })})。${isAdmin ? '再開するときは「配信する」を入れます。' : '再開するのはシステム管理者です。'}`
    return { id: String(id), name, sentence }
  })
}

function overSentence(until: LocalDay, isAdmin: boolean): string {
  const said = `お休みの予定の日(${dayLabel(until)})を過ぎましたが、配信は止まったままです。`
  return isAdmin
    ? `${said}「配信する」を入れて再開するか、お休みの最後の日を変えてください。`
    : `${said}再開するかどうかを、システム管理者に知らせてください。`
}
