import type { PayloadRequest, Where } from 'payload'

import { findLiveReleases } from '../release/findReleases'
import type { AddOnContent } from '../release/content'
import { isUrgent } from '../release/alert'
import { isWhatWasApproved } from '../release/live'
import { isWithin } from '../plan/period'
import { localDayOf } from '../stage/day'

/** A reviewed, published text that waits to be sent when it is needed. */
export interface AlertTemplate {
  /** Key of its releases. */
  key: string
  content: AddOnContent & { timing: 'urgent' }
  variables: Record<string, string>
  /** ISO instant from which it should have been looked at again; null is never. */
  reviewDueAt: string | null
}

/** The templates of a municipality that may be sent now, by their headings. */
export async function findTemplates(
  req: PayloadRequest,
  municipality: string,
  now: Date,
): Promise<AlertTemplate[]> {
  const where: Where = {
    and: [{ municipality: { equals: municipality } }, { 'content.timing': { equals: 'urgent' } }],
  }
  const live = await findLiveReleases(req, { where, overrideAccess: false })
  const today = localDayOf(now)
  return live
    .flatMap((release) => {
      const { key, content, variables, reviewDueAt } = release
      if (!isUrgent(content) || !isWhatWasApproved(release)) return []
      return [{ key, content, variables, reviewDueAt }]
    })
    .filter(({ content: { validFrom, validTo } }) => isWithin(today, validFrom, validTo))
    .sort((a, b) => a.content.title.localeCompare(b.content.title, 'ja'))
}
