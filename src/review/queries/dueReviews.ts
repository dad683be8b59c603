import type { PayloadRequest } from 'payload'

import type { Release } from '../../payload-types'

/** A text that is out and must be looked at again by a day. */
export interface DueReview {
  /** Id of the release that is out. */
  release: string
  collection: 'manuscripts' | 'add-ons'
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

/** What is overdue at an instant or will be within sixty days, the most urgent first. */
export async function loadDueReviews(req: PayloadRequest, now: Date): Promise<DueReview[]> {
  const { docs } = await req.payload.find({
    collection: 'releases',
    sort: 'revision',
    depth: 0,
    pagination: false,
    overrideAccess: false,
    req,
    select: {
      key: true,
      revision: true,
      action: true,
      title: true,
      slot: true,
      edition: true,
      municipality: true,
      reviewDueAt: true,
      document: true,
    },
  })
  const newest = new Map(docs.map((release) => [release.key, release])) // the last one stays
  const until = new Date(now.getTime() + DUE_AHEAD_DAYS * DAY_MS).toISOString()
  return [...newest.values()]
    .filter(({ action }) => action === 'publish')
    .flatMap((release) => toDueReview(release as Release))
    .filter(({ reviewDueAt }) => reviewDueAt <= until)
    .toSorted((a, b) => (a.reviewDueAt < b.reviewDueAt ? -1 : 1))
}

function toDueReview(release: Release): DueReview[] {
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
