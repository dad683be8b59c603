import type { PayloadRequest } from 'payload'

import { pairsIn, pairsOfSegment, reachIn, sendsOn } from '../plan/reach'
import type { SyncedMunicipality } from '../plan/readCmsDocuments'
import type { ReleaseContent } from '../release/content'
import { isUrgent } from '../release/alert'
import { isNotice, type NoticeContent } from '../release/noticeLimits'
import { isStageSurvey, type StageSurvey } from '../release/surveyLimits'
import { askedWhen } from '../release/surveyWords'
import { addDays, daysBetween, localDayOf, type LocalDay } from '../stage/day'
import type { Reach } from './sentence'
import { loadFigures, loadMunicipalities, type Figures } from './municipalities'

/** About whom a content reaches from tomorrow on, from the figures of the newest reports. */
export async function loadReach(
  req: PayloadRequest,
  content: ReleaseContent,
  now: Date,
): Promise<Reach> {
  const tomorrow = addDays(localDayOf(now), 1)
  if (isUrgent(content)) return TEMPLATE
  const municipalities = (await loadMunicipalities(req)).filter((municipality) =>
    sendsOn(municipality, content, tomorrow),
  )
  const figures = await loadFigures(req, now)
  if (isNotice(content)) return reachOfNotice({ content, municipalities, figures })
  if (isStageSurvey(content)) {
    return reachOfSurvey({ content, municipalities, figures }, tomorrow)
  }
  const counted = municipalities.flatMap(({ cmsId }) => {
    const own = figures.get(cmsId)
    const reach = own && reachIn(own.forecast, content, tomorrow)
    return own && reach ? [{ ...reach, asOf: own.asOf }] : []
  })
  return {
    municipalities: municipalities.length,
    counted: counted.length,
    tomorrow: counted.reduce((sum, { firstDay }) => sum + firstDay, 0),
    week: counted.reduce((sum, { week }) => sum + week, 0),
    asOf: counted.map(({ asOf }) => asOf).sort()[0] ?? null,
  }
}

/** It waits until two people send it. */
const TEMPLATE: Reach = {
  municipalities: 0,
  counted: 0,
  tomorrow: 0,
  week: 0,
  asOf: null,
  isTemplate: true,
}

interface OfOne<Content> {
  content: Content
  municipalities: readonly SyncedMunicipality[]
  figures: ReadonlyMap<string, Figures>
}

function reachOfNotice({ content, municipalities, figures }: OfOne<NoticeContent>): Reach {
  const own = municipalities.flatMap(({ cmsId }) => figures.get(cmsId) ?? [])
  const [readers = null] = own.map(({ forecast }) => pairsOfSegment(forecast, content))
  const asOf = own[0]?.asOf ?? null
  const counted = readers === null ? 0 : 1
  const notice = { day: content.validFrom, readers }
  return { municipalities: municipalities.length, counted, tomorrow: 0, week: 0, asOf, notice }
}

/** Who comes to its stage from tomorrow, or its first day, on. */
function reachOfSurvey(
  { content, municipalities, figures }: OfOne<StageSurvey>,
  tomorrow: LocalDay,
): Reach {
  const { validFrom, validTo } = content
  const day = validFrom !== null && validFrom > tomorrow ? validFrom : tomorrow
  const days = validTo === null || validTo < day ? 0 : daysBetween(day, validTo) + 1
  const own = municipalities.flatMap(({ cmsId }) => figures.get(cmsId) ?? [])
  const [readers = null] = own.map(({ forecast }) => pairsIn(forecast, content, { day, days }))
  const survey = { when: askedWhen(content) ?? '', readers }
  return {
    municipalities: municipalities.length,
    counted: readers === null ? 0 : 1,
    tomorrow: 0,
    week: 0,
    asOf: own[0]?.asOf ?? null,
    survey,
  }
}
