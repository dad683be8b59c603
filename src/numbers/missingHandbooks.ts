import type { PayloadRequest } from 'payload'

import { relatedId } from '../cms/relation'
import { weekdayOf, type LocalDay } from '../stage/day'
import { addMonths, monthOf, type Month } from '../stage/month'

const MONDAY = 1

/** A month without the number of handbooks, and the municipalities (ids) that have not typed it in. */
export interface MissingHandbooks {
  month: Month
  municipalities: ReadonlySet<string>
}

/**
 * Which municipalities lack the handbooks of the month before last: on Mondays, as nobody counts faster
 * for being told daily, and only of those whose month was told.
 */
export async function findMissingHandbooks(
  req: PayloadRequest,
  day: LocalDay,
): Promise<MissingHandbooks> {
  const month = addMonths(monthOf(day), -2)
  if (weekdayOf(day) !== MONDAY) return { month, municipalities: new Set() }
  const read = {
    req,
    depth: 0,
    pagination: false,
    overrideAccess: true, // whoever the job reads as: each is told of their own town alone
    select: { municipality: true },
  } as const
  const [told, counted] = await Promise.all([
    req.payload.find({
      ...read,
      collection: 'kizuna-statistics',
      where: { month: { equals: month } },
    }),
    req.payload.find({
      ...read,
      collection: 'kizuna-denominators',
      where: { and: [{ kind: { equals: 'handbooks' } }, { period: { equals: month } }] },
    }),
  ])
  const known = new Set(counted.docs.map(({ municipality }) => relatedId(municipality)))
  const ids = told.docs.map(({ municipality }) => relatedId(municipality) ?? '')
  return { month, municipalities: new Set(ids.filter((id) => !known.has(id))) }
}
