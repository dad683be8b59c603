import { APIError, type Endpoint, type PayloadRequest } from 'payload'

import type { KizunaSettings } from '../plugin/options'
import { localDayOf } from '../stage/day'
import { arrivalsOf } from './arrivals'
import { dayContentOf, dayContentQuery } from './dayContent'
import { readAddress, readArrivalQuery } from './query'
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
    endpoint('/arrivals', async (req) => {
      const query = readArrivalQuery(req)
      return arrivalsOf(await findTown(req, query.municipality), query)
    }),
    endpoint('/arrivals/content', async (req) => {
      const query = readAddress(dayContentQuery, req)
      const town = await findTown(req, query.municipality)
      return { ...dayContentOf(town, query, localDayOf(now())), editions: labels }
    }),
  ]
}

function endpoint(path: string, answer: (req: PayloadRequest) => Promise<object>): Endpoint {
  return {
    path,
    method: 'get',
    handler: async (req) => {
      if (!req.user) throw new APIError('ログインしてください。', 401, undefined, true)
      return Response.json(await answer(req))
    },
  }
}

async function findTown(req: PayloadRequest, id: string): Promise<ArrivalMunicipality> {
  const town = await loadMunicipality(req, id)
  if (town) return town
  throw new APIError('自治体が見つからないか、見る権限がありません。', 404, undefined, true)
}
