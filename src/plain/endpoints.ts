import type { Endpoint } from 'payload'
import { z } from 'zod'

import { hasRole, TEAM } from '../people/roles'
import type { PageSettings } from '../plugin/pageSettings'
import { endpoint, jsonBody, only, word } from '../cms/endpoint'
import { inLine } from '../cms/inLine'
import { align } from './align'
import { compareWithStandard } from './standard'
import { startFromStandard } from './startFromStandard'

/** Longer texts are not checked: they could not be sent either. */
const MAX_CHECKED = 10_000

const text = z.string().max(MAX_CHECKED).default('')
const checkBody = z.object({ subject: text, body: text })
const alignBody = z.object({ standardHash: word.optional() })
const startBody = z.object({ edition: word })

/**
 * What the editors of plain Japanese call on manuscripts: `POST /plain-check` (advice on a text),
 * `GET /:id/standard`, `POST /:id/align` and `POST /:id/plain-draft`.
 */
export function plainEndpoints(settings: PageSettings): Endpoint[] {
  return [
    endpoint({
      method: 'post',
      path: '/plain-check',
      who: team,
      input: jsonBody(checkBody),
      run: async ({ req, input: { subject, body } }) => {
        // The dictionary is large: it comes with the first text that is checked.
        const { checkPlain } = await import('./checkPlain')
        return inLine(`plain:${req.user?.id}`, async () => ({
          subject: await checkPlain(subject),
          body: await checkPlain(body),
        }))
      },
    }),
    endpoint({
      method: 'get',
      path: '/:id/standard',
      who: team,
      run: ({ req, id }) => compareWithStandard(req, id, settings),
    }),
    endpoint({
      method: 'post',
      path: '/:id/align',
      input: jsonBody(alignBody),
      run: ({ req, id, input }) => align(req, { id, ...input }, settings),
    }),
    endpoint({
      method: 'post',
      path: '/:id/plain-draft',
      who: team,
      input: jsonBody(startBody),
      run: async ({ req, id, input }) => ({
        id: await startFromStandard(req, { id, ...input }, settings),
      }),
    }),
  ]
}

const team = only((user) => hasRole(user, ...TEAM), 'この画面は、制作・監修の担当者のものです。')
