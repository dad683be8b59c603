import type { PayloadRequest, Where } from 'payload'

import type { ReviewedCollection } from '../queries/load'
import { findFirstTexts, type FirstTexts } from '../queries/textStates'
import { canPublish } from '../rules/rights'
import { collectionsFor } from './waiting'
import { whereWritten } from './waitingStates'

const FIELDS = [
  'document',
  'title',
  'slotLabel',
  'publishAt',
  'scheduleRefusal',
  'savedAt',
] as const

/** Texts whose publication has a time. */
export type ScheduledTexts = FirstTexts<(typeof FIELDS)[number]>

/** Rows of one list. */
const MOST_NAMED = 20

/**
 * What is to be published at a chosen time, and what was refused at its time: all of it for who
 * publishes, and what they may write for who writes.
 */
export async function findScheduled(
  req: PayloadRequest,
): Promise<{ coming: ScheduledTexts; refused: ScheduledTexts }> {
  const find = (where: Where) =>
    findFirstTexts(req, {
      collections: collectionsFor(req.user),
      questionsTo: (collection) => questionsShown(req, collection, where),
      fields: FIELDS,
      sort: 'savedAt',
      limit: MOST_NAMED,
    })
  const [coming, refused] = await Promise.all([
    find({ publishAt: { greater_than: '' } }),
    find({ scheduleRefusal: { greater_than: '' } }),
  ])
  const texts = coming.texts.toSorted((a, b) => (a.publishAt < b.publishAt ? -1 : 1))
  return { refused, coming: { ...coming, texts } }
}

function questionsShown(
  req: PayloadRequest,
  collection: ReviewedCollection,
  where: Where,
): Where[][] {
  if (canPublish(req.user)) return [[where]]
  const own = whereWritten(req.user, collection)
  return own ? [[own, { writers: { in: [String(req.user?.id)] } }, where]] : []
}
