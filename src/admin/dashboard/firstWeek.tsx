import type { Payload, TypedUser } from 'payload'

import { findFirstTasks } from '../../municipality/firstWeek'
import { DismissFirstWeek } from './dismissFirstWeek'

/** The guide of a clerk's first week, by what was really done; nothing once it is done or dismissed. */
export async function FirstWeek({ payload, user }: { payload: Payload; user: TypedUser }) {
  const tasks = await findFirstTasks(payload, user)
  if (tasks === null) return null
  const { admin } = payload.config.routes
  const done = tasks.filter(({ isDone }) => isDone).length
  return (
    <section className="kizuna-first" aria-label="はじめの1週間">
      <h2 className="kizuna-panel__title">
        はじめの1週間({done} / {tasks.length} 済み)
      </h2>
      <ol>
        {tasks.map(({ code, label, path, isDone }) => (
          <li key={code} className={isDone ? 'kizuna-first__done' : undefined}>
            {isDone ? (
              <>
                <span aria-hidden="true">✓ </span>
                {label}(済み)
              </>
            ) : (
              <a href={`${admin}${path}`}>{label}</a>
            )}
          </li>
        ))}
      </ol>
      <DismissFirstWeek />
    </section>
  )
}
