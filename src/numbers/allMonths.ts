import type { PayloadRequest, Where } from 'payload'
import { z } from 'zod'

import { OCCASIONS } from '../source/occasions'
import { monthsFrom, type Month } from '../stage/month'
import {
  activeCells,
  lastingCells,
  merged,
  registrationOf,
  type Cell,
  type Told,
} from '../statistics/cells'
import { figureShape, type MonthFigures } from '../statistics/figures'
import { readFrom, type Period } from '../statistics/period'
import { townMonths } from './townMonths'
import { isIn, type TownMonth } from '../statistics/rates'

const COLLECTION = 'kizuna-statistics'

/** A month of all municipalities together, so that nobody adds up thousands of rows to look at them. */
const shape = z.object({
  /** Of which rows it was made: how many there were, and when the newest came. */
  mark: z.string(),
  registrations: z.array(z.tuple([z.string(), figureShape])),
  lasting: z.array(z.custom<Cell>()),
  active: z.array(z.custom<Cell>()),
})

type AllMonth = z.infer<typeof shape>

/**
 * What was told by all municipalities, for who may read every one of them. Each month is added up when
 * it is first asked for, and anew only when another municipality has told it: what is told stays.
 */
export async function findToldByAll(req: PayloadRequest, period: Period): Promise<Told> {
  const months = await Promise.all(
    monthsFrom(readFrom(period), period.last).map(async (month) => ({
      month,
      ...(await allMonth(req, month)),
    })),
  )
  const there = months.filter(({ registrations }) => registrations.length > 0)
  const within = there.filter(({ month }) => isIn(month, period))
  return {
    months: within.map(({ month, lasting }) => ({ month, cells: lasting })),
    registrations: there.flatMap(({ month, registrations }) =>
      registrations.map(([municipality, total]) => ({ municipality, month, total })),
    ),
    active: merged([...(within.at(-1)?.active ?? []), ...(await activeBefore(req, within))]),
    newest: within.at(-1)?.month ?? null,
  }
}

/** Who is there in municipalities that have not told the newest month: few, or it has just begun. */
async function activeBefore(
  req: PayloadRequest,
  months: readonly (AllMonth & { month: Month })[],
): Promise<Cell[]> {
  const cells: Cell[] = []
  const seen = new Set(months.at(-1)?.registrations.map(([municipality]) => municipality))
  for (const { month, registrations } of months.slice(0, -1).toReversed()) {
    const others = registrations.map(([municipality]) => municipality).filter((id) => !seen.has(id))
    others.forEach((id) => seen.add(id))
    const found = others.length > 0 ? await findMonth(req, month, others) : []
    cells.push(...found.flatMap(({ figures }) => activeCells(ofAll(figures))))
  }
  return cells
}

async function allMonth(req: PayloadRequest, month: Month): Promise<AllMonth> {
  const { kv } = req.payload
  const key = `kizuna-month:${month}`
  const mark = await markOf(req, month)
  const known = shape.safeParse(await kv.get(key))
  if (known.success && known.data.mark === mark) return known.data
  const months = await findMonth(req, month)
  const figures = months.map((one) => ofAll(one.figures))
  const made: AllMonth = {
    mark,
    registrations: months
      .map(registrationOf)
      .map(({ municipality, total }) => [municipality, total]),
    lasting: merged(figures.flatMap(lastingCells)),
    active: merged(figures.flatMap(activeCells)),
  }
  await kv.set(key, made)
  return made
}

/** Changes whenever a row of the month is added. */
async function markOf({ payload }: PayloadRequest, month: Month): Promise<string> {
  const where = { month: { equals: month } }
  const [{ totalDocs }, { docs }] = await Promise.all([
    payload.db.count({ collection: COLLECTION, where }),
    payload.db.find<{ createdAt: string }>({
      collection: COLLECTION,
      where,
      sort: '-createdAt',
      limit: 1,
      pagination: false,
      select: { createdAt: true },
    }),
  ])
  return `${SHAPE} ${totalDocs} ${new Date(docs[0]?.createdAt ?? 0).toISOString()}`
}

/** Rises with every change of how a month is added up. */
const SHAPE = 1

async function findMonth(
  { payload }: PayloadRequest,
  month: Month,
  towns?: readonly string[],
): Promise<TownMonth[]> {
  const where: Where[] = [
    { month: { equals: month } },
    ...(towns ? [{ municipality: { in: [...towns] } }] : []),
  ]
  const { docs } = await payload.db.find<{ municipality: string; figures: unknown }>({
    collection: COLLECTION,
    where: { and: where },
    limit: 0,
    pagination: false,
    select: { municipality: true, figures: true },
  })
  return townMonths(docs)
}

/** What is a municipality's own is not told of all: its areas, and the sources it has made with their use. */
function ofAll(figures: MonthFigures): MonthFigures {
  const { breakdown, total } = figures.registered
  const { active } = figures
  const source = (code: string) => (COMMON.has(code) ? code : 'other')
  return {
    ...figures,
    registered: {
      total,
      breakdown: breakdown && {
        ...breakdown,
        use: [],
        by: {
          ...breakdown.by,
          area: [],
          source: breakdown.by.source.map((part) => ({ ...part, code: source(part.code) })),
        },
      },
    },
    active: { ...active, by: { ...active.by, area: [] } },
  }
}

const COMMON: ReadonlySet<string> = new Set([...OCCASIONS.map(({ value }) => value), 'none'])
