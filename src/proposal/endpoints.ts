import type { Endpoint } from 'payload'
import { z } from 'zod'

import { readBody, refuseAnonymous } from '../cms/request'
import { createDecideProposal, type Decision } from './decide'

const body = z.object({ reason: z.string().max(1000).default('') })

/** `POST /:id/take` and `POST /:id/decline` with `{ reason }`, for add-ons that were proposed. */
export function proposalEndpoints(options: { now: () => Date }): Endpoint[] {
  const decide = createDecideProposal(options)
  const post = (verdict: Decision['verdict']): Endpoint => ({
    path: `/:id/${verdict}`,
    method: 'post',
    handler: async (req) => {
      refuseAnonymous(req)
      const words = await readBody(req, body, () => '理由は 1,000 文字までの文章で書いてください。')
      const decision = verdict === 'take' ? { verdict } : { verdict, ...words }
      await decide(req, String(req.routeParams?.id ?? ''), decision)
      return Response.json({ isDone: true })
    },
  })
  return [post('take'), post('decline')]
}
