import type { Endpoint, PayloadRequest } from 'payload'
import { z } from 'zod'

import { hasRole, TEAM } from '../people/roles'
import type { PageSettings } from '../plugin/pageSettings'
import { readBody } from '../cms/request'
import { ReviewRefusal } from '../cms/refusal'
import { align } from './align'
import { compareWithStandard } from './standard'
import { startFromStandard } from './startFromStandard'

/** Longer texts are not checked: they could not be sent either. */
const MAX_CHECKED = 10_000

const text = z.string().max(MAX_CHECKED).default('')
const checkBody = z.object({ subject: text, body: text })
const alignBody = z.object({ standardHash: z.string().optional() })
const startBody = z.object({ edition: z.string() })

/**
 * What the editors of plain Japanese call on manuscripts: `POST /plain-check` (advice on a text),
 * `GET /:id/standard`, `POST /:id/align` and `POST /:id/plain-draft`.
 */
export function plainEndpoints(settings: PageSettings): Endpoint[] {
  return [
    {
      path: '/plain-check',
      method: 'post',
      handler: async (req) => {
        forTeam(req)
        const { subject, body } = await readBody(req, checkBody)
        // The dictionary is large: it comes with the first text that is checked.
        const { checkPlain } = await import('./checkPlain')
        return Response.json({ subject: await checkPlain(subject), body: await checkPlain(body) })
      },
    },
    {
      path: '/:id/standard',
      method: 'get',
      handler: async (req) => {
        forTeam(req)
        return Response.json(await compareWithStandard(req, idOf(req), settings))
      },
    },
    {
      path: '/:id/align',
      method: 'post',
      handler: async (req) => {
        const args = { id: idOf(req), ...(await readBody(req, alignBody)) }
        return Response.json(await align(req, args, settings))
      },
    },
    {
      path: '/:id/plain-draft',
      method: 'post',
      handler: async (req) => {
        forTeam(req)
        const args = { id: idOf(req), ...(await readBody(req, startBody)) }
        return Response.json({ id: await startFromStandard(req, args, settings) })
      },
    },
  ]
}

function forTeam(req: PayloadRequest): void {
  if (hasRole(req.user, ...TEAM)) return
  throw new ReviewRefusal('NOT_ALLOWED', 'この画面は、制作・監修の担当者のものです。')
}

function idOf(req: PayloadRequest): string {
  return String(req.routeParams?.id ?? '')
}
