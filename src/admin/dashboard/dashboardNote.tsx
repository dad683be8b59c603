import type { Payload, PayloadRequest, TypedUser } from 'payload'

import {
  CONTENT_KINDS,
  type ContentCollection,
  type OwnerCollection,
} from '../../release/contentKind'
import { canWithdraw } from '../../review/rules/rights'
import { FirstWeek } from './firstWeek'
import { PauseNotes } from './pauseNotes'
import { settingsOf } from '../pages/settingsOf'
import { firstSteps, type Counts } from './firstSteps'
import { roleLine } from './roleLine'
import { WithdrawalRequests } from './withdrawalRequests'

interface NoteProps {
  payload: Payload
  user?: TypedUser | null
}

/** Says who one is here and, while something is empty, leads to the first step. */
export async function DashboardNote({ payload, user }: NoteProps) {
  if (!user) return null
  const steps = firstSteps(user, await countAll(payload, user), payload.config.admin.user)
  const { admin } = payload.config.routes
  return (
    <section className="kizuna-panel kizuna-note" aria-label="はじめに">
      {canWithdraw(user as PayloadRequest['user']) && <WithdrawalRequests admin={admin} />}
      <PauseNotes payload={payload} user={user} />
      <p className="kizuna-note__who">あなたの役割: {roleLine(user, settingsOf(payload).policy)}</p>
      <FirstWeek payload={payload} user={user} />
      {steps.length > 0 && (
        <>
          <h2 className="kizuna-panel__title">まず、ここから</h2>
          <ol>
            {steps.map(({ sentence, path, label }) => (
              <li key={path}>
                {sentence} <a href={`${admin}${path}`}>{label}</a>
              </li>
            ))}
          </ol>
        </>
      )}
    </section>
  )
}

async function countAll(payload: Payload, user: TypedUser): Promise<Counts> {
  const slugs = [
    'kizuna-series',
    'kizuna-municipalities',
    CONTENT_KINDS.manuscript.collection,
  ] as const
  const counts = await Promise.all(slugs.map((slug) => count(payload, user, slug)))
  const [series = 0, municipalities = 0, manuscripts = 0] = counts
  return { series, municipalities, manuscripts }
}

/** One is enough to know that there are some: with its pages Payload counts all of them. */
async function count(
  payload: Payload,
  user: TypedUser,
  collection: OwnerCollection | ContentCollection,
): Promise<number> {
  const found = await payload
    .find({
      collection,
      user,
      overrideAccess: false,
      depth: 0,
      limit: 1,
      pagination: false,
      sort: '-createdAt', // has an index
    })
    .catch(() => ({ docs: [] })) // a role without access sees none
  return found.docs.length
}
