import type { Db } from 'mongodb'

import { bandOf, type Forecast } from '../../src/plan/forecast'
import type { LocalDay } from '../../src/stage/day'
import { stageAt } from '../../src/stage/stage'
import { protectAbout, sumOf } from '../../src/statistics/protect'
import type { Child, Reader } from '../readers/reader'

/** Pairs whose child has the same dates. */
interface DatedPairs {
  _id: Pick<Child, 'dueDate' | 'birthDate'>
  pairs: number
}

/** Counts where a municipality's families will stand on a day; no person leaves the database. */
export function createForecasts(db: Db) {
  const children = db.collection<Child>('children')
  const readers = db.collection<Reader>('readers')

  const of = async (municipality: string, date: LocalDay): Promise<Forecast> => {
    const active = { municipality, status: 'active' as const }
    const going = { status: 'active' as const, $nor: restingOn(date) }
    const [dated, editions] = await Promise.all([
      children.aggregate<DatedPairs>(pairsByDates(active, going)).toArray(),
      readers
        .aggregate<{ _id: string; n: number }>([
          { $match: { municipality, ...going } },
          { $group: { _id: '$edition', n: { $sum: 1 } } },
        ])
        .toArray(),
    ])
    const byEdition = Object.fromEntries(editions.map(({ _id, n }) => [_id, n]))
    return forecastOf(dated, { date, editions: byEdition })
  }
  return { of }
}

/** Who gets nothing on a day because they rest; as `isRestingOn` says. */
function restingOn(day: LocalDay) {
  return [{ 'rest.until': { $type: 'null' as const } }, { 'rest.until': { $gt: day } }]
}

function pairsByDates(active: object, going: object) {
  const reader = { from: 'readers', localField: 'readers', foreignField: '_id', as: 'reader' }
  return [
    { $match: active },
    { $project: { dueDate: 1, birthDate: 1, readers: 1 } },
    { $unwind: '$readers' },
    { $lookup: reader },
    { $match: { reader: { $elemMatch: going } } },
    { $group: { _id: { dueDate: '$dueDate', birthDate: '$birthDate' }, pairs: { $sum: 1 } } },
  ]
}

/** Sums pairs up by stage on a day, each to the next ten: exact ones would tell who left. *Pure.* */
function forecastOf(
  dated: readonly DatedPairs[],
  { date, editions }: { date: LocalDay; editions: Record<string, number> },
): Forecast {
  const bands: Record<string, Record<string, number>> = {}
  const stages: Record<string, number> = {}
  for (const { _id: anchors, pairs } of dated) {
    if (anchors.dueDate === undefined && anchors.birthDate === undefined) continue
    const place = bandOf(stageAt(anchors, date))
    if (!place) continue
    stages[place.stage] = (stages[place.stage] ?? 0) + pairs
    const own = (bands[place.stage] ??= {})
    own[place.band] = (own[place.band] ?? 0) + pairs
  }
  const shown = Object.values(bands).map(toldOf)
  return {
    date,
    bands: Object.assign({}, ...shown) as Record<string, number>,
    stages: toldOf(stages),
    editions: toldOf(editions),
  }
}

/** What may be told of parts whose sum is told too; the parts that may not are left out. */
function toldOf(parts: Record<string, number>): Record<string, number> {
  const counted = Object.entries(parts).map(([code, count]) => ({ code, count }))
  const { parts: told } = protectAbout(sumOf(counted), { parts: counted }).by
  return Object.fromEntries(
    told.flatMap(({ code, figure }) =>
      typeof figure === 'object' ? [[code, figure.about] as const] : [],
    ),
  )
}
