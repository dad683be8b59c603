import type { PayloadRequest } from 'payload'

import { hasRole, municipalityIdOf, TEAM } from '../../people/roles'
import type { ContentCollection } from '../../release/contentKind'
import { findLiveReleases, releaseKey, type StoredRelease } from '../../release/findReleases'
import { outOfPeriod, periodOf } from '../../release/period'
import { localDayOf, type LocalDay } from '../../stage/day'
import type { Revision } from '../../release/live'

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
  const live = await findLiveReleases(req, {
    where: {},
    fields: OF_DUE,
    overrideAccess: false,
  })
  const until = new Date(now.getTime() + DUE_AHEAD_DAYS * DAY_MS).toISOString()
  const own = hasRole(req.user, ...TEAM) ? null : municipalityIdOf(req.user)
  const due = live
    .flatMap(toDueReview)
    .filter(({ municipality }) => own === null || municipality === own)
    .filter(({ reviewDueAt }) => reviewDueAt <= until)
  const over = await findOver(req, due, localDayOf(now))
  return due
    .filter(({ release }) => !over.has(release))
    .toSorted((a, b) => (a.reviewDueAt < b.reviewDueAt ? -1 : 1))
}

/** Ids of the releases among these whose period is over: nobody has to look at them again. */
async function findOver(
  req: PayloadRequest,
  due: readonly DueReview[],
  day: LocalDay,
): Promise<Set<string>> {
  const keys = due
    .filter(({ collection }) => collection === 'add-ons')
    .map(({ collection, document }) => releaseKey(collection, document))
  if (keys.length === 0) return new Set()
  const found = await findLiveReleases(req, {
    where: { key: { in: keys } },
    fields: ['id', 'content'],
    overrideAccess: false,
  })
  const over = found.filter(({ content }) => {
    const period = periodOf(content)
    return period !== null && outOfPeriod(period, day) === 'over'
  })
  return new Set(over.map(({ id }) => id))
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
