import type { PayloadRequest } from 'payload'

import { findHiddenTexts, findMunicipality, findSeries } from '../arrivals/municipality'
import { relatedId } from '../cms/relation'
import { pauseNote } from '../municipality/pause'
import type { KizunaMunicipality, KizunaSeries } from '../payload-types'
import { readHiddenTexts, readMunicipality, readSeriesCodes } from '../plan/readCmsDocuments'
import { calendarEntries, type CalendarEntry, type TownFacts } from './entries'
import { findAddOnFacts, findPublications, findSchoolContent, type MonthQuestion } from './find'
import { daysOf } from '../stage/month'
import { schoolTextsOf } from './schoolTexts'

/** A month of one municipality. */
export interface TownMonth {
  name: string
  entries: CalendarEntry[]
  /** Why and until when its deliveries stand still; null while they go on. */
  pause: string | null
}

/**
 * What falls on the days of a month in a municipality, read with the rights of the person of the
 * request; null where they may not read it. The database is asked for that municipality and that
 * month, so that what is read does not grow with the set of texts.
 */
export async function loadTownMonth(
  req: PayloadRequest,
  question: MonthQuestion,
): Promise<TownMonth | null> {
  const { municipality: id, month } = question
  const [town, series, hidden] = await Promise.all([
    findMunicipality(req, id),
    findSeries(req),
    findHiddenTexts(req, id),
  ])
  if (!town) return null
  const codes = readSeriesCodes(series)
  const settings = readMunicipality(town, codes, readHiddenTexts(hidden, codes))
  const taken = series.filter((one) => isTaken(town, one))
  const [content, addOns, publications] = await Promise.all([
    findSchoolContent(req, { municipality: id, series: taken }),
    findAddOnFacts(req, question),
    findPublications(req, { ...question, series: taken, editions: town.editions }),
  ])
  const schoolTexts = schoolTextsOf({ settings, content }, daysOf(month))
  const facts = { ...factsOf(town, series), schoolTexts, addOns, publications, hidden }
  const pause = town.isActive === false ? pauseNote(town) : null
  return { name: town.name, pause, entries: calendarEntries(facts, month) }
}

function isTaken(town: KizunaMunicipality, { id }: KizunaSeries): boolean {
  return (town.series ?? []).some(({ series }) => relatedId(series) === String(id))
}

/** What the municipality itself says of days, and the copies that it is to take one day. */
function factsOf(
  town: KizunaMunicipality,
  series: readonly KizunaSeries[],
): Pick<TownFacts, 'municipality' | 'series' | 'plannedSeries'> {
  const nameOf = (id: string | null) => series.find((one) => String(one.id) === id)?.name ?? ''
  const isPlanned = (one: KizunaSeries) => {
    const origin = series.find(({ id }) => String(id) === relatedId(one.copiedFrom))
    return origin !== undefined && isTaken(town, origin) && !isTaken(town, one)
  }
  return {
    municipality: {
      id: String(town.id),
      pausedUntil: town.isActive === false ? town.pausedUntil : null,
    },
    series: (town.series ?? []).map((row) => ({ ...row, name: nameOf(relatedId(row.series)) })),
    plannedSeries: series.filter(isPlanned),
  }
}
