import { APIError, type Endpoint, type PayloadRequest } from 'payload'

import { createProgram } from '../plan/program'
import { arrivalsOf } from './arrivals'
import { readArrivalQuery, type ArrivalQuery } from './query'
import { loadTown, type Town } from './town'

/**
 * `GET /arrivals`: what one imagined family gets on one day ({@link Arrivals}).
 * `GET /arrivals/content`: settings and releases of that day, for a preview that composes by itself
 * while somebody types ({@link DayContent}). Both read with the rights of the person who asks.
 */
export const arrivalEndpoints: readonly Endpoint[] = [
  { path: '/arrivals', method: 'get', handler: answer(arrivalsOf) },
  { path: '/arrivals/content', method: 'get', handler: answer(contentOf) },
]

/** A municipality's settings and the sound releases that one family is due on one day. */
export type DayContent = ReturnType<typeof contentOf>

function contentOf({ settings, content }: Town, { date, anchors, family }: ArrivalQuery) {
  const due = createProgram({ settings, content, date }).dueFor(anchors, family.isCorrected)
  const sound = <T>(entries: readonly { isSound: boolean; release: T }[]) =>
    entries.filter(({ isSound }) => isSound).map(({ release }) => release)
  return { settings, texts: sound(due.texts), addOns: sound([...due.once, ...due.every]) }
}

function answer(work: (town: Town, query: ArrivalQuery) => object) {
  return async (req: PayloadRequest): Promise<Response> => {
    if (!req.user) throw new APIError('ログインしてください。', 401, undefined, true)
    const query = readArrivalQuery(req)
    const town = await loadTown(req, query.municipality)
    if (town) return Response.json(work(town, query))
    throw new APIError('自治体が見つからないか、見る権限がありません。', 404, undefined, true)
  }
}
