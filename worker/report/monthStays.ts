import type { Db, Filter } from 'mongodb'

import type { MonthFigures } from '../../src/statistics/figures'
import { staysDue, type MonthCounts } from '../../src/statistics/monthFigures'
import type { Month } from '../../src/stage/month'
import type { Reader } from '../readers/reader'
import { beginOf, endOf } from './monthBounds'

/** How many of those who registered some months ago get texts of the same municipality still. */
export async function countStays(
  db: Db,
  { code, month }: { code: string; month: Month },
  told: readonly MonthFigures[],
): Promise<MonthCounts['stays']> {
  const readers = db.collection<Reader>('readers')
  const stays: MonthCounts['stays'][number][] = []
  for (const due of staysDue(month, told)) {
    const there = await readers.countDocuments({
      municipality: code,
      isErased: { $exists: false },
      consentedAt: { $gte: beginOf(due.from), $lt: endOf(due.to) },
      ...wereThereAfter(due.days),
    })
    stays.push({ ...due, there })
  }
  return stays
}

/** They did not stop before: one of two registrations that became one is the same person still. */
function wereThereAfter(days: number): Filter<Reader> {
  const then = { $dateAdd: { startDate: '$consentedAt', unit: 'day', amount: days } }
  return {
    $or: [
      { status: 'active' },
      { joinedTo: { $exists: true } },
      { $expr: { $gte: ['$changedAt', then] } },
    ],
  }
}
