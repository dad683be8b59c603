import type { PayloadRequest } from 'payload'

import { findFirstTexts, type FirstTexts } from '../queries/textStates'
import { collectionsFor } from './waiting'

/** Rows of the list on the home. */
const MOST_NAMED = 5

/** Texts about which somebody calls the person of the request, who has not looked yet. */
export function findMentions(
  req: PayloadRequest,
): Promise<FirstTexts<'document' | 'title' | 'slotLabel' | 'savedAt'>> {
  const me = String(req.user?.id)
  return findFirstTexts(req, {
    collections: collectionsFor(req.user),
    questionsTo: () => [[{ mentioned: { in: [me] } }]],
    fields: ['document', 'title', 'slotLabel', 'savedAt'],
    sort: 'savedAt',
    limit: MOST_NAMED,
  })
}
