import type { PayloadRequest } from 'payload'

import { reachIn, sendsOn } from '../plan/reach'
import type { ReleaseContent } from '../release/content'
import { addDays, localDayOf } from '../stage/day'
import type { Reach } from './sentence'
import { loadFigures, loadMunicipalities } from './municipalities'

/** About whom a content reaches from tomorrow on, from the figures of the newest reports. */
export async function loadReach(
  req: PayloadRequest,
  content: ReleaseContent,
  now: Date,
): Promise<Reach> {
  const tomorrow = addDays(localDayOf(now), 1)
  const municipalities = (await loadMunicipalities(req)).filter((municipality) =>
    sendsOn(municipality, content, tomorrow),
  )
  const figures = await loadFigures(req, now)
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
