import type { ClientSession, Collection } from 'mongodb'

import { suppressionId } from './identity'
import type { Reader, Suppression } from './reader'

interface WithIdentities {
  identities: readonly Pick<Reader['identities'][number], 'channel' | 'account' | 'index'>[]
}

/** Which addresses of these readers must not be sent to: the {@link suppressionId} of each. */
export async function suppressedAmong(
  suppressions: Collection<Suppression>,
  readers: readonly WithIdentities[],
  session?: ClientSession,
): Promise<Set<string>> {
  const ids = readers.flatMap(({ identities }) => identities.map(suppressionId))
  const hits = await suppressions
    .find({ _id: { $in: ids } }, { projection: { _id: 1 }, session })
    .toArray()
  return new Set(hits.map(({ _id }) => _id))
}
