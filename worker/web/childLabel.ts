import type { Child } from '../readers/reader'

import type { Words } from './words/standard'

/**
 * Which of a reader's children is meant, by their order alone: whoever holds a forwarded link sees
 * neither a date nor a stage, and the family knows. *Pure.*
 *
 * @param children youngest first, as `childrenOf` gives them
 */
export function childLabel(
  children: readonly Pick<Child, '_id'>[],
  childId: string,
  { quiet: { which } }: Words,
): string {
  const count = children.length
  const place = children.findIndex(({ _id }) => _id === childId)
  if (count === 1 || place === -1) return which.only
  if (count === 2) return place === 0 ? which.younger : which.older
  if (place === 0) return which.youngest
  return place === count - 1 ? which.oldest : which.fromOldest(count - place)
}
