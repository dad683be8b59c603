import type { Payload, TypedUser } from 'payload'

import { findPauses } from '../../municipality/findPauses'
import { localDayOf } from '../../stage/day'
import { settingsOf } from '../pages/settingsOf'

/** Municipalities whose deliveries pause and what there is to do about it; nothing if there are none. */
export async function PauseNotes({ payload, user }: { payload: Payload; user: TypedUser }) {
  const notes = await findPauses(payload, user, localDayOf(settingsOf(payload).now()))
  if (notes.length === 0) return null
  const { admin } = payload.config.routes
  return (
    <ul className="kizuna-note__pauses" aria-label="配信のお休み">
      {notes.map(({ id, name, sentence }) => (
        <li key={id}>
          <a href={`${admin}/collections/kizuna-municipalities/${id}`}>{name}</a>: {sentence}
        </li>
      ))}
    </ul>
  )
}
