import { createLocalReq, type Payload, type PayloadRequest } from 'payload'

import { inTransaction } from '../../cms/transaction'
import { CONTENT_COLLECTIONS, kindOfCollection } from '../../release/contentKind'
import { releaseKey } from '../../release/findReleases'
import type { ReviewPolicy } from '../rules/policy'
import { findManyThreads } from './commentThreads'
import { NOT_TRASHED } from './findStored'
import type { Review, ReviewedCollection } from './load'
import { idsIn } from './idsIn'
import { loadReviews } from './loadMany'
import { findReviewRequests } from './reviewRequests'
import { findSchedules } from './schedules'
import { rulesMark, TEXT_STATES, textStateOf, type TextState } from './textState'

/**
 * Derives the states of some texts anew, in the transaction of the request: what was just written is
 * seen, and two that write about one text at a time end in MongoDB's write conflict, not in a state
 * that knows of one of them only. Those that are gone lose theirs.
 */
export async function refreshStates(
  req: PayloadRequest,
  { collection, ids }: { collection: ReviewedCollection; ids: readonly string[] },
  policy: ReviewPolicy,
): Promise<void> {
  const reviews = await loadReviews(req, { collection, ids, isForAll: true }, policy)
  for (const state of await deriveStates(req, reviews, policy)) {
    const data = { ...state }
    const where = { key: { equals: data.key } }
    await req.payload.db.upsert({ collection: TEXT_STATES, where, data, returning: false, req })
  }
  const left = new Set(reviews.map(({ id }) => id))
  const gone = ids.filter((id) => !left.has(id)).map((id) => releaseKey(collection, id))
  if (gone.length === 0) return
  await req.payload.db.deleteMany({ collection: TEXT_STATES, where: { key: { in: gone } }, req })
}

/** The states of loaded reviews, with what was said and asked about each. */
export async function deriveStates(
  req: PayloadRequest,
  reviews: readonly Review[],
  policy: ReviewPolicy,
): Promise<TextState[]> {
  const threads = await findManyThreads(req, reviews)
  // Nobody is asked about a text, and no time is chosen for it, before it is handed in.
  const handedIn = reviews.filter(({ reviewInput }) => reviewInput.verdicts.length > 0)
  const scheduleOf = await findSchedules(req, handedIn)
  const requestsOf = await findReviewRequests(req, handedIn)
  return reviews.map((review) =>
    textStateOf(review, {
      policy,
      threads: threads.get(review.id) ?? [],
      reviewRequests: requestsOf(review.id),
      schedule: scheduleOf(review.id),
    }),
  )
}

/**
 * Derives the states of all texts anew, a hundred in a transaction, and takes away those of texts
 * that are gone; resolves with how many texts there are. Can be repeated, and stopped at any time.
 */
export async function rebuildStates(payload: Payload, policy: ReviewPolicy): Promise<number> {
  let texts = 0
  for (const collection of CONTENT_COLLECTIONS) {
    for await (const ids of idsIn(payload, collection, NOT_TRASHED)) {
      const req = await createLocalReq({}, payload)
      await inTransaction(req, () => refreshStates(req, { collection, ids }, policy))
      texts += ids.length
    }
  }
  await removeOrphans(payload)
  return texts
}

/** Whether each text has a state that was derived by today's rules. */
export async function areStatesWhole(payload: Payload, policy: ReviewPolicy): Promise<boolean> {
  const where = { rules: { equals: rulesMark(policy) } }
  const derived = await payload.db.count({ collection: TEXT_STATES, where })
  const all = await Promise.all(
    CONTENT_COLLECTIONS.map((collection) => payload.db.count({ collection, where: NOT_TRASHED })),
  )
  return derived.totalDocs === all.reduce((sum, { totalDocs }) => sum + totalDocs, 0)
}

/** States of texts that were taken away where nobody told of it, such as by another program. */
async function removeOrphans(payload: Payload): Promise<void> {
  for (const collection of CONTENT_COLLECTIONS) {
    const where = { contentKind: { equals: kindOfCollection(collection) } }
    const [states, texts] = await Promise.all([
      payload.db.count({ collection: TEXT_STATES, where }),
      payload.db.count({ collection, where: NOT_TRASHED }),
    ])
    if (states.totalDocs === texts.totalDocs) continue
    const { docs } = await payload.db.find<{ document: string }>({
      collection: TEXT_STATES,
      where,
      select: { document: true },
      limit: 0,
      pagination: false,
    })
    const kept = new Set<string>()
    for await (const ids of idsIn(payload, collection, NOT_TRASHED))
      ids.forEach((id) => kept.add(id))
    const gone = docs.map(({ document }) => document).filter((id) => !kept.has(id))
    await payload.db.deleteMany({
      collection: TEXT_STATES,
      where: { and: [where, { document: { in: gone } }] },
    })
  }
}
