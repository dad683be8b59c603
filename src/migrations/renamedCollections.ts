import type { CollectionSlug, Payload } from 'payload'

/**
 * What the collections were called in MongoDB before their slugs had a prefix, and the slugs they
 * have now. What others may call their own too comes first: it is moved only while all of
 * {@link ONLY_OURS} are there to say whose it is.
 */
const RENAMED = [
  ['media', 'kizuna-media'],
  ['reports', 'kizuna-reports'],
  ['comments', 'kizuna-comments'],
  ['series', 'kizuna-series'],
  ['approvals', 'kizuna-approvals'],
  ['releases', 'kizuna-releases'],
  ['manuscripts', 'kizuna-manuscripts'],
  ['municipalities', 'kizuna-municipalities'],
  ['service-accounts', 'kizuna-service-accounts'],
  ['alignments', 'kizuna-alignments'],
  ['add-ons', 'kizuna-add-ons'],
  ['line-accounts', 'kizuna-line-accounts'],
  ['hidden-texts', 'kizuna-hidden-texts'],
  ['municipality-changes', 'kizuna-municipality-changes'],
  ['shared-add-ons', 'kizuna-shared-add-ons'],
  ['audit-logs', 'kizuna-audit-log'],
] as const satisfies readonly (readonly [string, CollectionSlug])[]

const PREFIX = 'kizuna-'

/** Names that nobody else gives. */
const ONLY_OURS: readonly string[] = [
  'hidden-texts',
  'municipality-changes',
  'shared-add-ons',
  'audit-logs',
]

/** What became of a slug, and of the names that MongoDB has for its documents and versions. */
export interface Renaming {
  slug: { before: string; now: string }
  names: readonly { before: string; now: string }[]
  isOnlyOurs: boolean
}

/** Payload's models, as far as they are needed here. */
interface Models {
  collections: Record<string, Model | undefined>
  versions: Record<string, Model | undefined>
}

interface Model {
  collection: { collectionName: string }
  ensureIndexes: () => Promise<void>
}

const modelsOf = (payload: Payload) => payload.db as unknown as Models

/** All of them, with the names that this database has for them. */
export function renamingsOf(payload: Payload): Renaming[] {
  const { collections, versions } = modelsOf(payload)
  return RENAMED.map(([name, slug]) => {
    const old = slug.slice(PREFIX.length)
    const [documents, history] = [collections[slug], versions[slug]]
    return {
      slug: { before: old, now: slug },
      names: [
        ...(history
          ? [{ before: `_${old}_versions`, now: history.collection.collectionName }]
          : []),
        { before: name, now: documents?.collection.collectionName ?? slug },
      ],
      isOnlyOurs: ONLY_OURS.includes(name),
    }
  })
}

/** Makes the indexes of what was moved: it may have come without some of them. */
export async function ensureIndexes(payload: Payload): Promise<void> {
  const { collections, versions } = modelsOf(payload)
  for (const [, slug] of RENAMED) {
    await collections[slug]?.ensureIndexes()
    await versions[slug]?.ensureIndexes()
  }
}
