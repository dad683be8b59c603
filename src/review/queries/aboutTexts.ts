import type { Where } from 'payload'

import type { ReviewedCollection } from './load'

/**
 * What is about one of these texts, of which there is at least one. The database has a relation to
 * several collections in its index as a whole: its id alone would be looked for in everything that
 * was ever said. *Pure.*
 */
export function whereAbout(
  texts: readonly { collection: ReviewedCollection; id: string }[],
): Where {
  return {
    or: texts.map(({ collection, id }) => ({
      document: { equals: { relationTo: collection, value: id } },
    })),
  }
}
