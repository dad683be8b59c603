import type { Endpoint } from 'payload'
import { z } from 'zod'

import { endpoint, jsonBody, loggedIn, saying, word } from '../cms/endpoint'
import { createDecideProposal } from './decide'

const body = z.object({ reason: z.string().max(1000).default(''), updatedAt: word.nullish() })

const TOO_LONG = '理由は 1,000 文字までの文章で書いてください。'

/**
 * `POST /:id/take` and `POST /:id/decline` with `{ reason, updatedAt }`, for add-ons that were
 * proposed; like a save, both name the version that was read.
 */
export function proposalEndpoints(options: { now: () => Date }): Endpoint[] {
  const decide = createDecideProposal(options)
  return (['take', 'decline'] as const).map((verdict) =>
    endpoint({
      method: 'post',
      path: `/:id/${verdict}`,
      who: loggedIn,
      input: jsonBody(body, saying(TOO_LONG)),
      run: async ({ req, id, input: { reason, updatedAt = null } }) => {
        await decide(req, id, { verdict, reason, updatedAt })
        return { isDone: true }
      },
    }),
  )
}
