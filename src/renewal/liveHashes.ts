import type { PayloadRequest } from 'payload'

import { findLiveReleases } from '../release/findReleases'

/** Hashes of what readers get of a series' texts now, by the release's key. */
export async function liveHashesOf(
  req: PayloadRequest,
  series: string,
): Promise<Map<string, string>> {
  const live = await findLiveReleases(req, {
    where: { series: { equals: series } },
    fields: ['contentHash'],
    overrideAccess: true,
  })
  return new Map(live.map(({ key, contentHash }) => [key, contentHash]))
}
