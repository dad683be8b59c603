import { dayLabel } from '../../../src/stage/japaneseDate'
import type { Child, ChildDates } from '../../readers/reader'
import { hasSameDates } from '../../readers/sameChild'

/** A child as the handbook knows it. *Pure.* */
export function dateOf({ birthDate, dueDate }: ChildDates): string {
  if (birthDate) return `${dayLabel(birthDate)}生まれ`
  return dueDate ? `出産予定日 ${dayLabel(dueDate)}` : ''
}

/**
 * One of a reader's children on the pages of the counter: twins by the number that stands beside them on
 * the reader's own page, too. *Pure.*
 *
 * @param children youngest first, as `childrenOf` gives them
 */
export function nameOf(child: Child, children: readonly Child[]): string {
  const hasTwin = children.some((one) => one._id !== child._id && hasSameDates(one, child))
  const place = children.findIndex(({ _id }) => _id === child._id) + 1
  return hasTwin ? `${place}. ${dateOf(child)}` : dateOf(child)
}
