import type { PayloadRequest, Where } from 'payload'

import { relatedId } from '../cms/relation'
import type { Town } from '../municipality/findTowns'
import { readMonthFigures } from '../statistics/figures'
import { readFrom, yearOverBy, type Period } from '../statistics/period'
import type { TownMonth } from '../statistics/rates'

const OWN = { depth: 0, pagination: false, overrideAccess: false } as const

/** A town's months with those of the year its births are of; of all towns those of the period alone. */
export async function findMonths(
  req: PayloadRequest,
  town: Town | null,
  period: Period,
): Promise<TownMonth[]> {
  const from = town ? readFrom(period) : period.first
  const { docs } = await req.payload.find({
    collection: 'kizuna-statistics',
    ...OWN,
    req,
    where: ofTown(town, {
      month: { greater_than_equal: from, less_than_equal: period.last },
    }),
    sort: 'month',
    select: { municipality: true, figures: true },
  })
  return docs.flatMap((one) => {
    const figures = readMonthFigures(one.figures)
    return figures ? [{ municipality: relatedId(one.municipality) ?? '', figures }] : []
  })
}

/** What was counted in a period, and the births of the year that is over by it. */
export async function findDenominators(req: PayloadRequest, town: Town | null, period: Period) {
  const { docs } = await req.payload.find({
    collection: 'kizuna-denominators',
    ...OWN,
    req,
    where: ofTown(town, {
      or: [
        { period: { greater_than_equal: period.first, less_than_equal: period.last } },
        {
          and: [{ kind: { equals: 'births' } }, { period: { equals: String(yearOverBy(period)) } }],
        },
      ],
    }),
    sort: ['kind', 'period'],
  })
  return docs.map(({ id, municipality, kind, period, count, source, countedOn }) => ({
    id: String(id),
    municipality: relatedId(municipality) ?? '',
    ...{ kind, period, count, source, countedOn },
  }))
}

/** Names of a town's sources by their code. */
export async function findSources(req: PayloadRequest, town: Town): Promise<Map<string, string>> {
  const { docs } = await req.payload.find({
    collection: 'kizuna-sources',
    ...OWN,
    req,
    where: ofTown(town, {}),
    select: { code: true, name: true },
  })
  return new Map(docs.map(({ code, name }) => [String(code), String(name)]))
}

function ofTown(town: Town | null, where: Where): Where {
  return town ? { and: [{ municipality: { equals: town.id } }, where] } : where
}
