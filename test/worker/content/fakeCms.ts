import { once } from 'node:events'
import { createServer } from 'node:http'

import type { Release } from '../../../src/release/content'
import { LINE } from '../app/openWorker'
import { settings } from '../../src/plan/town'

/** The CMS's REST as the worker uses it, with what it holds in plain arrays. */
export async function startFakeCms(releases: Release[]) {
  const state = {
    releases,
    isDown: false,
    reports: [] as unknown[],
    /** How deliveries stood when it was last told. */
    status: null as unknown,
    /** What people ask of deliveries. */
    acts: [] as { id: string }[],
    /** Whether it does not hear that an act was done. */
    isDeaf: false,
    /** What was done in the shell. */
    told: [] as unknown[],
    keys: new Set<string>(),
    /** Whether the municipalities make sense. */
    areSettingsSound: true,
    /** Municipalities besides the first: what is different about each. */
    others: [] as object[],
    /** What is different about the first one. */
    own: {} as object,
    /** What is different about the LINE account. */
    lineAccount: {} as object,
    isFirstGone: false,
    isSeriesEmpty: false,
    accounts: [{ ...LINE, name: 'みなと町' }] as object[],
    hidden: [] as object[],
    /** Moves between accounts. */
    moves: [] as object[],
    /** Files of pictures by their names. */
    pictures: new Map<string, Buffer>(),
  }
  const { code, name, ...rest } = settings()
  const municipality = {
    id: 'm1',
    code,
    name,
    ...rest,
    areas: rest.areas.map((area) => ({ name: area })),
    series: rest.series.map((taken) => ({ ...taken, id: 'row', series: `id-${taken.series}` })),
  }
  const collections: Record<string, () => unknown[]> = {
    'kizuna-series': () =>
      state.isSeriesEmpty
        ? []
        : rest.series.map(({ series }) => ({ id: `id-${series}`, code: series })),
    'kizuna-municipalities': () => [
      ...(state.isFirstGone
        ? []
        : [state.areSettingsSound ? { ...municipality, ...state.own } : { id: 'm1' }]),
      ...state.others.map((other) => ({ ...municipality, ...other })),
    ],
    'kizuna-line-accounts': () => state.accounts.map((one) => ({ ...one, ...state.lineAccount })),
    'kizuna-hidden-texts': () => state.hidden,
    'kizuna-account-moves': () => state.moves,
    'kizuna-releases': () => state.releases,
    'kizuna-reports': () =>
      state.reports.map((one, at) => ({ id: `report${at}`, ...(one as object) })),
  }
  const server = createServer(async (request, response) => {
    const url = new URL(request.url ?? '/', 'http://127.0.0.1')
    const collection = url.pathname.replace('/api/', '')
    state.keys.add(request.headers.authorization ?? '')
    if (state.isDown) {
      response.writeHead(503).end('{}')
      return
    }
    if (request.method === 'POST') {
      const chunks: Buffer[] = []
      for await (const chunk of request) chunks.push(chunk as Buffer)
      const sent: unknown = JSON.parse(Buffer.concat(chunks).toString())
      if (collection === 'operation/status') {
        state.status = sent
        response.end('{}')
        return
      }
      if (collection === 'operation/acts/done') {
        const { id } = sent as { id: string }
        if (!state.isDeaf) state.acts = state.acts.filter((act) => act.id !== id)
        response.end('{}')
        return
      }
      if (collection === 'operation/acts/told') {
        state.told.push(sent)
        response.end('{}')
        return
      }
      state.reports.push(sent)
      response.writeHead(201).end('{}')
      return
    }
    if (collection === 'operation/acts') {
      response.end(JSON.stringify({ acts: state.acts }))
      return
    }
    if (collection.startsWith('kizuna-pictures/')) {
      const file = state.pictures.get(collection.slice('kizuna-pictures/'.length))
      response.writeHead(file ? 200 : 404).end(file ?? '{}')
      return
    }
    const after = url.searchParams.get('where[id][greater_than]') ?? ''
    const limit = Number(url.searchParams.get('limit'))
    const all = (collections[collection]?.() ?? []) as { id: string }[]
    const docs = all.filter(({ id }) => id > after).slice(0, limit)
    response.end(JSON.stringify({ docs, hasNextPage: false }))
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  const port = typeof address === 'object' ? address?.port : 0
  return {
    state,
    url: `http://127.0.0.1:${port}`,
    stop: async () => {
      server.closeAllConnections()
      server.close()
      await once(server, 'close')
    },
  }
}
