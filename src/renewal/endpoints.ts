import { addDataAndFileToRequest, APIError } from 'payload'
import type { Endpoint, PayloadRequest } from 'payload'
import { z } from 'zod'

import type { PageSettings } from '../plugin/pageSettings'
import { parseLocalDay } from '../stage/day'
import { applySwitch, archiveOld, planSwitch } from './applySwitch'
import { continueCopy, startCopy } from './copyForward'
import { submitUnchanged } from './submitUnchanged'

const id = z.string().regex(/^[0-9a-f]{24}$/, 'シリーズを選んでください')
const day = z.string().refine(isDay, '日付は 2027-04-01 のように入力してください')

const newSeries = z.object({
  series: id,
  code: z.string().min(1, 'コードを入力してください').max(40),
  name: z.string().trim().min(1, 'シリーズ名を入力してください').max(100),
  startsOn: day,
})
const switching = z.object({ municipalities: z.array(id).min(1), isUndo: z.boolean() })
const archiving = z.object({ isArchived: z.boolean() })

/**
 * `POST /renewal` makes the new series; `POST /renewal/:id/{copy, submit}` work on in chunks and are
 * asked until nothing is left; `GET|POST /renewal/:id/switch` and `POST /renewal/:id/archive` are the
 * chief's.
 */
export function renewalEndpoints(options: PageSettings): Endpoint[] {
  const { now } = options
  return [
    post('', async (req) => startCopy(req, await bodyOf(req, newSeries), now)),
    post('/:id/copy', (req) => continueCopy(req, idOf(req), options)),
    post('/:id/submit', (req) => submitUnchanged(req, idOf(req), options)),
    {
      path: '/renewal/:id/switch',
      method: 'get',
      handler: async (req) => Response.json(await planSwitch(loggedIn(req), idOf(req))),
    },
    post('/:id/switch', async (req) =>
      applySwitch(req, { id: idOf(req), ...(await bodyOf(req, switching)) }, now),
    ),
    post('/:id/archive', async (req) => {
      const { isArchived } = await bodyOf(req, archiving)
      await archiveOld(req, idOf(req), isArchived)
      return { isArchived }
    }),
  ]
}

function post(path: string, work: (req: PayloadRequest) => Promise<object>): Endpoint {
  return {
    path: `/renewal${path}`,
    method: 'post',
    handler: async (req) => Response.json(await work(loggedIn(req))),
  }
}

function loggedIn(req: PayloadRequest): PayloadRequest {
  if (req.user) return req
  throw new APIError('ログインしてください。', 401, undefined, true)
}

function idOf(req: PayloadRequest): string {
  const parsed = id.safeParse(req.routeParams?.id)
  if (parsed.success) return parsed.data
  throw new APIError('シリーズが見つかりません。', 404, undefined, true)
}

async function bodyOf<T>(req: PayloadRequest, schema: z.ZodType<T>): Promise<T> {
  await addDataAndFileToRequest(req)
  const parsed = schema.safeParse(req.data ?? {})
  if (parsed.success) return parsed.data
  const sentences = parsed.error.issues.map(({ message }) => `${message}。`)
  throw new APIError([...new Set(sentences)].join('\n'), 400, undefined, true)
}

function isDay(text: string): boolean {
  try {
    return parseLocalDay(text) === text
  } catch {
    return false
  }
}
