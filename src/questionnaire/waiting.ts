import type { PayloadRequest } from 'payload'

import { asStored } from '../cms/stored'
import { hasRole, MUNICIPAL } from '../people/roles'
import { surveyRights } from './acts'
import { SURVEYS, type StoredSurvey } from './surveys'

/** Surveys that wait for a person, by what is to be done. */
export interface WaitingSurveys {
  /** Submitted, for whoever may approve them. */
  toApprove: number
  /** Given back with what is to be changed, for whoever writes them. */
  toRevise: number
}

/** How many surveys wait for the person, of those they may read. */
export async function countWaitingSurveys(req: PayloadRequest): Promise<WaitingSurveys> {
  if (!hasRole(req.user, 'editor', 'chief', ...MUNICIPAL)) return { toApprove: 0, toRevise: 0 }
  const { docs } = await req.payload.find({
    collection: SURVEYS,
    where: { state: { in: ['draft', 'submitted'] } },
    depth: 0,
    pagination: false,
    overrideAccess: false,
    select: { state: true, municipality: true, authors: true, note: true },
    req,
  })
  const open = asStored<(StoredSurvey & { note?: string | null })[]>(docs)
  const rightsOf = (survey: StoredSurvey) => surveyRights(req.user, survey)
  return {
    toApprove: open.filter((one) => one.state === 'submitted' && rightsOf(one).approve).length,
    toRevise: open.filter((one) => one.state === 'draft' && one.note && rightsOf(one).write).length,
  }
}
