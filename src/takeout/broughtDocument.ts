import type { CollectionSlug } from 'payload'

import type { Bringing, BroughtDocument } from './bringing'

/** What a municipality that has just come says of its pause. */
export const BROUGHT_PAUSE = 'ほかのしくみから持ち込んだばかりです'

/** A mark that no text under review has: an approval with it is history, and opens no gate. */
export const BROUGHT_SUBMISSION = 'brought'

/** A document as it is stored here; null for one that means nothing without what was left behind. */
export async function broughtDocument(
  bringing: Pick<Bringing, 'payload' | 'req' | 'today'>,
  collection: CollectionSlug,
  { id: _id, ...document }: BroughtDocument,
): Promise<Record<string, unknown> | null> {
  switch (collection) {
    case 'kizuna-municipalities':
      return broughtTown(document)
    case 'kizuna-add-ons':
      return broughtAddOn(document)
    case 'kizuna-approvals':
      return { ...document, submission: BROUGHT_SUBMISSION }
    case 'kizuna-surveys':
      return broughtSurvey(bringing, document)
    case 'kizuna-survey-results':
      return (await isThere(bringing, document.survey)) ? document : null
    default:
      return document
  }
}

/** Its series and accounts are chosen here anew, and nothing is sent before a person says so. *Pure.* */
function broughtTown({
  series: _series,
  lineAccount: _account,
  ...town
}: Record<string, unknown>): Record<string, unknown> {
  return { ...town, isActive: false, pauseReason: BROUGHT_PAUSE, pausedUntil: null }
}

/** An add-on comes as a draft that nobody here has written or put forward. *Pure.* */
export function broughtAddOn(document: Record<string, unknown>): Record<string, unknown> {
  const nobody = { authors: [], proposedBy: null, savedBy: null, submission: null }
  return { ...document, ...nobody, _status: 'draft' }
}

/** One that has not ended is asked for again; the common one it was made of is the old team's. */
async function broughtSurvey(
  bringing: Pick<Bringing, 'payload' | 'req' | 'today'>,
  document: Record<string, unknown>,
): Promise<Record<string, unknown>> {
  const { today } = bringing
  const core = (await isThere(bringing, document.core)) ? document.core : null
  const hasEnded = typeof document.endsOn === 'string' && document.endsOn < today
  const isOver = document.state === 'approved' && hasEnded
  return { ...document, core, authors: [], ...(!isOver && { state: 'draft', approvedBy: null }) }
}

async function isThere({ payload, req }: Pick<Bringing, 'payload' | 'req'>, id: unknown) {
  if (typeof id !== 'string') return false
  const where = { id: { equals: id } }
  return (await payload.db.findOne({ collection: 'kizuna-surveys', where, req })) !== null
}
