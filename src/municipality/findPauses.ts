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
 * The pauses that concern a person: of a clerk, the own municipality's for as long as it lasts; of who
 * may end it, those whose day is over.
 */
export async function findPauses(
  payload: Payload,
  user: TypedUser,
  today: LocalDay,
): Promise<PauseNote[]> {
  const isAdmin = hasRole(user, 'admin')
  if (!isAdmin && !hasRole(user, ...MUNICIPAL)) return []
  const { docs } = await payload.find({
    collection: 'municipalities',
    where: { isActive: { equals: false } },
    select: { name: true, pauseReason: true, pausedUntil: true },
    sort: 'code',
    depth: 0,
    pagination: false,
    user,
    overrideAccess: false,
  })
  return docs.flatMap(({ id, name, pauseReason, pausedUntil }) => {
    const isOver = Boolean(pausedUntil && pausedUntil < today)
    if (isAdmin && !isOver) return []
    const sentence = isOver
      ? overSentence(pausedUntil ?? '', isAdmin)
      : `配信をお休みしています(${pauseNote({ pauseReason: pauseReason ?? null, pausedUntil: pausedUntil ?? null })})。再開するのはシステム管理者です。`
    return [{ id: String(id), name, sentence }]
  })
}

function overSentence(until: LocalDay, isAdmin: boolean): string {
  const said = `お休みの予定の日(${dayLabel(until)})を過ぎましたが、配信は止まったままです。`
  return isAdmin
    ? `${said}「配信する」を入れて再開するか、お休みの最後の日を変えてください。`
    : `${said}再開するかどうかを、システム管理者に知らせてください。`
}
