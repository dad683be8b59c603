import type { Child } from '../readers/reader'

import type { Words } from './words/standard'

type OrderedChild = Pick<Child, '_id' | 'birthDate' | 'dueDate'>

/**
 * Which of a reader's children is meant, by their order alone: whoever holds a forwarded link sees
 * neither a date nor a stage, and the family knows. Children of one day are neither younger nor older:
 * they are called by the number that stands beside them on the reader's page. *Pure.*
 *
 * @param children youngest first, as `childrenOf` gives them
 */
export function childLabel(
  children: readonly OrderedChild[],
  childId: string,
  { quiet: { which } }: Words,
): string {
  const count = children.length
  const place = children.findIndex(({ _id }) => _id === childId)
  const child = children[place]
  if (count === 1 || !child) return which.only
  if (children.some((other) => other !== child && dayOf(other) === dayOf(child))) {
    return which.numbered(place + 1)
  }
  if (count === 2) return place === 0 ? which.younger : which.older
  if (place === 0) return which.youngest
  return place === count - 1 ? which.oldest : which.fromOldest(count - place)
}

function dayOf({ birthDate, dueDate }: OrderedChild): string | undefined {
  return birthDate ?? dueDate
}
