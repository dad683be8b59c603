import type { Endpoint, PayloadRequest } from 'payload'

import { address, endpoint, httpRefusal, loggedInElse401 } from '../cms/endpoint'
import type { KizunaSettings } from '../plugin/options'
import { localDayOf } from '../stage/day'
import { arrivalsOf } from './arrivals'
import { dayContentOf, dayContentQuery } from './dayContent'
import { eachMistake, arrivalQuery } from './query'
import { loadMunicipality, type ArrivalMunicipality } from './municipality'

/**
 * `GET /arrivals`: what one imagined family gets on one day ({@link arrivalsOf}).
 * `GET /arrivals/content`: a family's day for a preview that composes by itself while somebody types
 * ({@link dayContentOf}). Both read with the rights of the person who asks.
 */
export function arrivalEndpoints({
  now,
  editions,
}: Pick<KizunaSettings, 'now' | 'editions'>): Endpoint[] {
  const labels = Object.fromEntries(editions.map(({ code, label }) => [code, label]))
  return [
    endpoint({
      method: 'get',
      path: '/arrivals',
      who: loggedInElse401,
      input: arrivalQuery,
      run: async ({ req, input: query }) =>
        arrivalsOf(await findMunicipality(req, query.municipality), query),
    }),
    endpoint({
      method: 'get',
      path: '/arrivals/content',
      who: loggedInElse401,
      input: address(dayContentQuery, eachMistake),
      run: async ({ req, input: query }) => {
        const municipality = await findMunicipality(req, query.municipality)
        const content = dayContentOf(municipality, query, localDayOf(now()))
        return { ...content, editions: labels }
      },
    }),
  ]
}

async function findMunicipality(req: PayloadRequest, id: string): Promise<ArrivalMunicipality> {
  const municipality = await loadMunicipality(req, id)
  if (municipality) return municipality
  throw httpRefusal('自治体が見つからないか、見る権限がありません。', 404)
}
