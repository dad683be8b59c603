import type { PayloadRequest } from 'payload'

import { relatedId } from '../cms/relation'
import { readForecast, type Forecast } from '../plan/forecast'
import {
  readHiddenTexts,
  readMunicipality,
  readSeriesCodes,
  type SyncedMunicipality,
} from '../plan/readCmsDocuments'
import { addDays, localDayOf, type LocalDay } from '../stage/day'

/** Figures that are older than this tell nothing about tomorrow. */
const FRESH_DAYS = 7

const EVERY = { depth: 0, pagination: false } as const

/** Settings of all municipalities as the worker reads them; what is incomplete is left out. */
export async function loadMunicipalities(req: PayloadRequest): Promise<SyncedMunicipality[]> {
  const series = await req.payload.find({
    collection: 'kizuna-series',
    ...EVERY,
    overrideAccess: false,
    req,
  })
  const codes = readSeriesCodes(series.docs)
  const { docs } = await req.payload.find({
    collection: 'kizuna-municipalities',
    ...EVERY,
    overrideAccess: false,
    req,
  })
  const hiddenTexts = await req.payload.find({
    collection: 'kizuna-hidden-texts',
    ...EVERY,
    overrideAccess: false,
    req,
  })
  const hidden = readHiddenTexts(hiddenTexts.docs, codes)
  return docs.flatMap((document) => {
    try {
      return [readMunicipality(document, codes, hidden)]
    } catch {
      return [] // half filled in: the worker leaves it out too
    }
  })
}

/** A municipality's newest forecast and the day its figures are of. */
export interface Figures {
  forecast: Forecast
  asOf: LocalDay
  /** Readers to the next ten; null where they are not told. */
  readers: number | null
}

/** The newest forecast of each municipality, by its id in the CMS; older than a week is none. */
export async function loadFigures(req: PayloadRequest, now: Date): Promise<Map<string, Figures>> {
  const since = addDays(localDayOf(now), -FRESH_DAYS)
  const { docs } = await req.payload.find({
    collection: 'kizuna-reports',
    ...EVERY,
    overrideAccess: false,
    req,
    where: { date: { greater_than_equal: since } },
    select: { municipality: true, forecast: true, numbers: true, createdAt: true },
    sort: 'createdAt',
  })
  const newest = new Map<string, Figures>()
  for (const report of docs) {
    const forecast = readForecast(report.forecast)
    const municipality = relatedId(report.municipality)
    const asOf = forecast && addDays(forecast.date, -1)
    if (forecast && asOf && municipality && asOf >= since) {
      newest.set(municipality, { forecast, asOf, readers: readersIn(report.numbers) })
    }
  }
  return newest
}

function readersIn(numbers: unknown): number | null {
  const readers = (numbers as { readers?: unknown } | null | undefined)?.readers
  return typeof readers === 'number' ? readers : null
}
