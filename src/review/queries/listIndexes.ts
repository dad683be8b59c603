import type { Payload } from 'payload'

import type { ContentCollection } from '../../release/contentKind'

interface Raw {
  versions: Record<
    string,
    { collection: { createIndex: (keys: Record<string, 1 | -1>) => Promise<string> } } | undefined
  >
}

/** How Payload's list of each sorts the newest versions when nobody chose another way. */
const LISTED: Readonly<Record<ContentCollection, Record<string, 1 | -1>>> = {
  'kizuna-manuscripts': { 'version.slotSortKey': 1, createdAt: -1 },
  'kizuna-add-ons': { 'version.createdAt': -1, createdAt: -1 },
}

/**
 * Indexes for Payload's lists of texts, which go up by one field and down by another: a collection's
 * own `indexes` go up only, and without them each list sorts all texts.
 */
export async function indexLists({ db }: Payload): Promise<void> {
  const { versions } = db as unknown as Raw
  for (const [slug, sort] of Object.entries(LISTED)) {
    await versions[slug]?.collection.createIndex({ latest: 1, ...sort })
    // which of the listed were ever published
    await versions[slug]?.collection.createIndex({ parent: 1, updatedAt: -1 })
  }
}
