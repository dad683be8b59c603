import type { PayloadRequest } from 'payload'

import { relatedId, type Related } from '../cms/relation'
import { readSeriesCodes } from '../plan/readCmsDocuments'
import { sendsOn } from '../plan/reach'
import type { AddOnContent, ManuscriptContent, ReleaseContent } from '../release/content'
import { findLiveReleases } from '../release/findReleases'
import type { LocalDay } from '../stage/day'
import { loadMunicipalities } from './municipalities'

/**
 * What is out that a municipality sends on a day, or would while it pauses: the texts of its series,
 * as far as their place goes, and its own. Of common texts nothing but their place is read.
 */
export async function findTownTexts(
  req: PayloadRequest,
  id: string,
  day: LocalDay,
): Promise<ReleaseContent[]> {
  const town = (await loadMunicipalities(req)).find(({ cmsId }) => cmsId === id)
  if (!town) return [] // half filled in: it sends nothing yet
  const texts = [...(await placesOfCommonTexts(req)), ...(await ownAddOns(req, id))]
  return texts.filter((content) => sendsOn({ ...town, isActive: true }, content, day))
}

async function placesOfCommonTexts(req: PayloadRequest): Promise<ManuscriptContent[]> {
  const series = await req.payload.find({
    collection: 'kizuna-series',
    depth: 0,
    pagination: false,
    overrideAccess: false,
    req,
  })
  const codes = readSeriesCodes(series.docs)
  const live = await findLiveReleases(req, {
    where: { municipality: { exists: false } },
    fields: ['series', 'slot', 'edition'],
    overrideAccess: true, // they are counted only
  })
  return live.flatMap(({ series: of, slot, edition }) => {
    const code = codes.get(relatedId(of as Related) ?? '')
    if (code === undefined || !slot || !edition) return []
    return [{ type: 'manuscript', series: code, slot, edition } as ManuscriptContent]
  })
}

async function ownAddOns(req: PayloadRequest, id: string): Promise<AddOnContent[]> {
  const live = await findLiveReleases(req, {
    where: { municipality: { equals: id } },
    fields: ['content'],
    overrideAccess: true,
  })
  return live.flatMap(({ content }) => (content.type === 'addOn' ? [content] : []))
}
