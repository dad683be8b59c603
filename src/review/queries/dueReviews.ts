import type { PayloadRequest, Where } from 'payload'

import { hasRole, TEAM } from '../../people/roles'
import {
  CONTENT_COLLECTIONS,
  MUNICIPAL_COLLECTIONS,
  type ContentCollection,
} from '../../release/contentKind'
import { findLiveReleases, type StoredRelease } from '../../release/findReleases'
import { localDayOf } from '../../stage/day'
import type { Revision } from '../../release/live'
import { findTextStates } from './textStates'

/** A text that is out and must be looked at again by a day. */
export interface DueReview {
  /** Id of the release that is out. */
  release: string
  collection: ContentCollection
  document: string
  title: string
  slot: string
  edition: string | null
  /** Id; null for manuscripts. */
  municipality: string | null
  revision: number
  /** ISO instant. */
  reviewDueAt: string
}

/** Days ahead that are worth planning for. */
export const DUE_AHEAD_DAYS = 60

const DAY_MS = 24 * 3_600_000

const OF_DUE = [
  'id',
  'title',
  'slot',
  'edition',
  'municipality',
  'reviewDueAt',
  'document',
] as const

/**
 * What is overdue at an instant or will be within sixty days, the most urgent first; to staff of a
 * municipality their own texts alone, the common ones are the team's to look at.
 */
export async function loadDueReviews(req: PayloadRequest, now: Date): Promise<DueReview[]> {
  const keys = await findDueKeys(req, now)
  const live = await findLiveReleases(req, {
    where: { key: { in: keys } },
    fields: OF_DUE,
    overrideAccess: false,
  })
  return live.flatMap(toDueReview).toSorted((a, b) => (a.reviewDueAt < b.reviewDueAt ? -1 : 1))
}

/** Keys of what is out and due; nobody has to look again at what has its period behind it. */
async function findDueKeys(req: PayloadRequest, now: Date): Promise<string[]> {
  const until = new Date(now.getTime() + DUE_AHEAD_DAYS * DAY_MS).toISOString()
  const where: Where[] = [
    { reviewDueAt: { less_than_equal: until } },
    { validTo: { greater_than_equal: localDayOf(now) } },
  ]
  const collections = hasRole(req.user, ...TEAM) ? CONTENT_COLLECTIONS : MUNICIPAL_COLLECTIONS
  const found = await Promise.all(
    collections.map((collection) =>
      findTextStates(req, { collection, where, fields: ['key'], limit: 0 }),
    ),
  )
  return found.flat().map(({ key }) => key)
}

function toDueReview(
  release: Pick<StoredRelease, keyof Revision | (typeof OF_DUE)[number]>,
): DueReview[] {
  const { id, document, title, key, slot, edition, municipality, revision, reviewDueAt } = release
  if (!reviewDueAt || !document) return []
  return [
    {
      release: id,
      collection: document.relationTo,
      document: String(document.value),
      title: title || key,
      slot: slot ?? '',
      edition: edition ?? null,
      revision,
      reviewDueAt,
      municipality: municipality ? String(municipality) : null,
    },
  ]
}
