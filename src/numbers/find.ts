import type { PayloadRequest, Where } from 'payload'

import { relatedId } from '../cms/relation'
import type { Town } from '../municipality/findTowns'
import type { KizunaDenominator } from '../payload-types'
import { toldOf, type Told } from '../statistics/cells'
import { readFrom, yearOverBy, type Period } from '../statistics/period'
import type { TownMonth } from '../statistics/rates'
import { findToldByAll } from './allMonths'
import { townMonths } from './townMonths'

const OWN = { depth: 0, pagination: false, overrideAccess: false } as const

/** What was told of one municipality, or of all that the person may read. */
export async function findTold(
  req: PayloadRequest,
  town: Town | null,
  period: Period,
): Promise<Told> {
  return town === null && (await readsAll(req, 'kizuna-statistics'))
    ? findToldByAll(req, period)
    : toldOf(await findMonths(req, town, period), period)
}

async function readsAll(
  req: PayloadRequest,
  slug: 'kizuna-statistics' | 'kizuna-denominators',
): Promise<boolean> {
  return (await req.payload.collections[slug].config.access.read({ req })) === true
}

/** Months of a period, with those of the year its births are of. */
export async function findMonths(
  req: PayloadRequest,
  town: Town | null,
  period: Period,
): Promise<TownMonth[]> {
  const { docs } = await req.payload.find({
    collection: 'kizuna-statistics',
    ...OWN,
    req,
    where: ofTown(town, {
      month: { greater_than_equal: readFrom(period), less_than_equal: period.last },
    }),
    sort: 'month',
    select: { municipality: true, figures: true },
  })
  return townMonths(docs)
}

/** What was counted in a period, and the births of the year that is over by it. */
export async function findDenominators(req: PayloadRequest, town: Town | null, period: Period) {
  const query = {
    collection: 'kizuna-denominators' as const,
    where: ofTown(town, {
      or: [
        { period: { greater_than_equal: period.first, less_than_equal: period.last } },
        {
          and: [{ kind: { equals: 'births' } }, { period: { equals: String(yearOverBy(period)) } }],
        },
      ],
    }),
    pagination: false,
    sort: ['kind', 'period'],
  }
  // Thousands of rows cost a fraction of what they cost through Payload's operation.
  const { docs } =
    town === null && (await readsAll(req, 'kizuna-denominators'))
      ? await req.payload.db.find<KizunaDenominator>({ ...query, limit: 0 })
      : await req.payload.find({ ...query, ...OWN, req })
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
