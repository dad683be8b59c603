import type { Endpoint } from 'payload'
import { z } from 'zod'

import { endpoint, jsonBody, loggedIn, saying } from '../cms/endpoint'
import { createDecideProposal } from './decide'

const body = z.object({ reason: z.string().max(1000).default('') })

const TOO_LONG = '理由は 1,000 文字までの文章で書いてください。'

/** `POST /:id/take` and `POST /:id/decline` with `{ reason }`, for add-ons that were proposed. */
export function proposalEndpoints(options: { now: () => Date }): Endpoint[] {
  const decide = createDecideProposal(options)
  return (['take', 'decline'] as const).map((verdict) =>
    endpoint({
      method: 'post',
      path: `/:id/${verdict}`,
      who: loggedIn,
      input: jsonBody(body, saying(TOO_LONG)),
      run: async ({ req, id, input }) => {
        await decide(req, id, verdict === 'take' ? { verdict } : { verdict, ...input })
        return { isDone: true }
      },
    }),
  )
}
