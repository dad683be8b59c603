import type { PayloadRequest } from 'payload'

import { asStored } from '../../cms/stored'
import { relatedIds, type Related } from '../../cms/relation'
import { findNewestReleases, releaseKey } from '../../release/findReleases'
import { everybody } from '../rules/authors'
import { asLatestRelease, OF_LATEST, type ReviewedCollection } from './load'

/** Ids of all who ever wrote on each of these documents, by its id; for copies of them. */
export async function loadEverybody(
  req: PayloadRequest,
  collection: ReviewedCollection,
  documents: readonly { id: string }[],
): Promise<Map<string, string[]>> {
  const ids = documents.map(({ id }) => id)
  if (ids.length === 0) return new Map()
  const newest = await findNewestReleases(req, {
    where: { key: { in: ids.map((id) => releaseKey(collection, id)) } },
    fields: OF_LATEST,
    overrideAccess: true,
  })
  const releases = new Map(newest.map((release) => [release.key, asLatestRelease(release)]))
  const { docs } = await req.payload.find({
    collection,
    where: { id: { in: ids } },
    select: { authors: true } as never, // of a collection that is one of two
    draft: true,
    depth: 0,
    pagination: false,
    overrideAccess: true,
    req,
  })
  return new Map(
    asStored<{ id: string; authors?: Related[] | null }[]>(docs).map(({ id, authors }) => [
      String(id),
      everybody({
        since: relatedIds(authors),
        release: releases.get(releaseKey(collection, String(id))) ?? null,
      }),
    ]),
  )
}
