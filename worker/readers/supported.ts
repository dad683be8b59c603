import type { PairedChild } from './pair'
import type { Reader } from './reader'

/**
 * What stands in the place of the stopped child while support texts come to a reader: no date of the
 * child is in it, and nobody else has it. Null for who has not asked. *Pure.*
 */
export function supportedChild({
  _id: reader,
  municipality,
  support,
}: Pick<Reader, '_id' | 'municipality' | 'support'>): PairedChild | null {
  if (!support) return null
  const { child: _id, from: supportFrom, at } = support
  const base = { _id, municipality, readers: [reader], status: 'active' as const }
  return { ...base, supportFrom, createdAt: at, changedAt: at }
}
