import type { Payload, Where } from 'payload'

import { localDayOf } from '../stage/day'
import { addMonths, monthOf } from '../stage/month'
import { inventedMonths, joined, type InventedTown } from './inventedMonths'

/**
 * Invented registrations of a usual month, and about how many of the sample's readers are there, by
 * the code of a sample municipality: 「数字」 and the home speak of the same people.
 */
export const MONTHS_OF: Readonly<Record<string, Pick<InventedTown, 'usual' | 'readers'>>> = {
  '131997': { usual: 12, readers: 120 },
  '272990': { usual: 11, readers: 100 },
  '394998': { usual: 6, readers: 60 },
}

/** Of the registrations that a town would make to do with: what was handed out and born. */
const HANDBOOKS = 1.8

/**
 * Invented months of the sample municipalities (見本), told as the worker tells them: a new practice
 * has no past, and the page of numbers would have nothing to show.
 */
export async function addMonthsToldBefore(payload: Payload, now: Date): Promise<void> {
  const { docs } = await payload.find({ collection: 'kizuna-municipalities', depth: 0, limit: 0 })
  const last = addMonths(monthOf(localDayOf(now)), -1)
  for (const { id, code, areas } of docs) {
    const town = MONTHS_OF[code]
    if (town === undefined) continue
    const names = (areas ?? []).map(({ name }) => name)
    for (const figures of inventedMonths({ ...town, areas: names, last })) {
      const { month } = figures
      const where: Where = { and: [{ municipality: { equals: id } }, { month: { equals: month } }] }
      const known = await payload.count({ collection: 'kizuna-statistics', where })
      if (known.totalDocs > 0) continue
      const data = { municipality: id, month, figures, title: '' }
      await payload.create({ collection: 'kizuna-statistics', data })
      const count = Math.round(joined(town.usual, month) * HANDBOOKS)
      const source = '(見本)母子健康手帳の交付台帳'
      const denominator = {
        kind: 'handbooks',
        period: month,
        count,
        source,
        countedOn: `${month}-28`,
      }
      await payload.create({
        collection: 'kizuna-denominators',
        data: { municipality: id, ...denominator } as never,
      })
    }
  }
}
