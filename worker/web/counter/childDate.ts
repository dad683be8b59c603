import { dayLabel } from '../../../src/stage/japaneseDate'
import type { ChildDates } from '../../readers/reader'

/** A child as the handbook knows it. *Pure.* */
export function dateOf({ birthDate, dueDate }: ChildDates): string {
  if (birthDate) return `${dayLabel(birthDate)}生まれ`
  return dueDate ? `出産予定日 ${dayLabel(dueDate)}` : ''
}
