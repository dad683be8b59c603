import type { PayloadRequest } from 'payload'

/** Hashes of what readers get of a series' texts now, by the release's key. */
export async function liveHashesOf(
  req: PayloadRequest,
  series: string,
): Promise<Map<string, string>> {
  const { docs } = await req.payload.db.find<{ key: string; action: string; contentHash: string }>({
    collection: 'releases',
    where: { series: { equals: series } },
    sort: 'revision',
    limit: 0,
    pagination: false,
    req,
    select: { key: true, action: true, contentHash: true },
  })
  const newest = new Map(docs.map((release) => [release.key, release])) // the last one stays
  return new Map(
    [...newest.values()]
      .filter(({ action }) => action === 'publish')
      .map(({ key, contentHash }) => [key, contentHash]),
  )
}
