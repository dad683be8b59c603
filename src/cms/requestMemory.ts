import type { PayloadRequest } from 'payload'

import { asStored } from './stored'

/** A series or municipality as it is stored. */
export type StoredContentOwner = Readonly<Record<string, unknown>> & { id: string }

/** What a request that writes many documents has read already, so that each is not read again. */
interface Memory {
  owners: Map<string, Promise<StoredContentOwner | null>>
  /** Who stands on a place (series, slot, edition), for the series that were prefetched. */
  places: Map<string, { id: string; title: string }> | null
}

/** Key of a place: one text stands on each. *Pure.* */
export function placeKey(place: { series?: unknown; slot?: unknown; edition?: unknown }): string {
  return [place.series, place.slot, place.edition].map(String).join('|')
}

/**
 * Lives in the context: Payload hands hooks a proxy of the request, but what is in the context goes
 * along. No symbol: at each call of the local API Payload throws a context without names away.
 */
const MEMORY = 'kizunaMemory'

/**
 * Lets a request remember series and municipalities for its lifetime; for work that changes none of
 * them and runs in one transaction, which sees the same all along.
 */
export function rememberContentOwners(req: PayloadRequest): Memory {
  const memory: Memory = { owners: new Map(), places: null }
  req.context[MEMORY] = memory
  return memory
}

function memoryOf({ context }: PayloadRequest): Memory | undefined {
  return context[MEMORY] as Memory | undefined
}

/** Places the request knows, or null when the database has to be asked. */
export function rememberedPlaces(req: PayloadRequest): Memory['places'] {
  return memoryOf(req)?.places ?? null
}

/** A series or municipality, whoever asks; for checks, never for an answer. */
export function findContentOwnerById(
  req: PayloadRequest,
  collection: 'kizuna-series' | 'kizuna-municipalities',
  id: string,
): Promise<StoredContentOwner | null> {
  const owners = memoryOf(req)?.owners
  const key = `${collection}:${id}`
  const known = owners?.get(key)
  if (known) return known
  const found = read(req, collection, id)
  owners?.set(key, found)
  return found
}

async function read(
  req: PayloadRequest,
  collection: 'kizuna-series' | 'kizuna-municipalities',
  id: string,
): Promise<StoredContentOwner | null> {
  const found = await req.payload.findByID({
    collection,
    id,
    req,
    depth: 0,
    disableErrors: true,
    overrideAccess: true,
  })
  return asStored<StoredContentOwner | null>(found)
}
