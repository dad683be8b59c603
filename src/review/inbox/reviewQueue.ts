import type { PayloadRequest } from 'payload'

import {
  CONTENT_COLLECTIONS,
  kindOfCollection,
  MUNICIPAL_COLLECTIONS,
} from '../../release/contentKind'
import { hasRole, TEAM } from '../../people/roles'
import type { ReviewOptions } from '../operations/act'
import { loadOverview, type ReviewSummary } from '../queries/overview'
import { canPublish, canSubmit, disciplinesOf } from '../rules/rights'

type User = PayloadRequest['user'] | undefined

/** What one person has to do, each list oldest first. */
export interface ReviewQueue {
  /** Waits for this person's approval. */
  toApprove: ReviewSummary[]
  /** Came back to this person, who wrote it, with a request for a change. */
  cameBack: ReviewSummary[]
  /** Has all approvals and waits for this person to publish it. */
  toPublish: ReviewSummary[]
}

/** What a person has to do among these documents. *Pure.* */
export function reviewQueueOf(user: User, summaries: readonly ReviewSummary[]): ReviewQueue {
  const oldest = summaries.toSorted((a, b) => (a.updatedAt < b.updatedAt ? -1 : 1))
  return {
    toApprove: oldest.filter((summary) => waitsFor(user, summary)),
    cameBack: oldest.filter((summary) => isBackWith(user, summary)),
    toPublish: canPublish(user) ? oldest.filter(({ state }) => state === 'approved') : [],
  }
}

function waitsFor(user: User, { waitingFor, authors, ...summary }: ReviewSummary): boolean {
  if (authors.includes(String(user?.id))) return false
  const own = disciplinesOf(user, reviewedOf(summary))
  return waitingFor.some((discipline) => own.includes(discipline))
}

function isBackWith(user: User, { state, authors, ...summary }: ReviewSummary): boolean {
  if (state !== 'needs_changes' || !canSubmit(user, reviewedOf(summary))) return false
  return authors.includes(String(user?.id))
}

function reviewedOf({
  collection,
  municipality,
}: Pick<ReviewSummary, 'collection' | 'municipality'>) {
  return { type: kindOfCollection(collection), municipality }
}

const read = new WeakMap<PayloadRequest, Promise<ReviewSummary[]>>()

/** All documents the person may read, read once in a request however many parts ask. */
export function loadAll(req: PayloadRequest, options: ReviewOptions): Promise<ReviewSummary[]> {
  const known = read.get(req)
  if (known) return known
  const reading = readAll(req, options)
  read.set(req, reading)
  return reading
}

async function readAll(req: PayloadRequest, options: ReviewOptions): Promise<ReviewSummary[]> {
  const isTeam = hasRole(req.user, ...TEAM)
  const collections = isTeam ? CONTENT_COLLECTIONS : MUNICIPAL_COLLECTIONS
  const found = await Promise.all(
    collections.map((collection) => loadOverview(req, { collection }, options)),
  )
  return found.flat()
}
