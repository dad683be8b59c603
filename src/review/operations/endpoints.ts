import type { Endpoint, PayloadRequest } from 'payload'
import { z } from 'zod'

import { readBody, refuseAnonymous } from '../../cms/request'
import type { ReviewOptions } from './act'
import type { ReviewedCollection } from '../queries/load'
import { createReview } from './review'
import type { ReviewStatus } from '../queries/status'

const body = z.object({
  contentHash: z.string().optional(),
  discipline: z.string().optional(),
  comment: z.string().max(5000).optional(),
  reason: z.string().max(5000).default(''),
})

type Body = z.output<typeof body>

/**
 * The review's endpoints of one collection: `GET /:id/review` and `POST /:id/{submit, approve,
 * request-change, publish, withdraw}` with a JSON body; each answers the new {@link ReviewStatus}.
 */
export function reviewEndpoints(
  options: ReviewOptions & { collection: ReviewedCollection },
): Endpoint[] {
  const { collection } = options
  const review = createReview(options)
  const post = (path: string, run: (call: Call) => Promise<ReviewStatus>): Endpoint => ({
    path: `/:id/${path}`,
    method: 'post',
    handler: async (req) => {
      const id = idOf(req)
      return Response.json(await run({ req, id, body: await readBody(req, body) }))
    },
  })
  return [
    {
      path: '/:id/review',
      method: 'get',
      handler: async (req) =>
        Response.json(await review.status(req.payload, req, { collection, id: idOf(req) })),
    },
    post('submit', ({ req, id, body }) =>
      review.submit(req.payload, req, { collection, id, ...seen(body) }),
    ),
    post('approve', ({ req, id, body }) =>
      review.approve(req.payload, req, { collection, id, ...verdict(body) }),
    ),
    post('request-change', ({ req, id, body }) =>
      review.requestChange(req.payload, req, { collection, id, ...verdict(body) }),
    ),
    post('publish', ({ req, id, body }) =>
      review.publish(req.payload, req, { collection, id, ...seen(body) }),
    ),
    post('withdraw', ({ req, id, body: { reason } }) =>
      review.withdraw(req.payload, req, { collection, id, reason }),
    ),
  ]
}

interface Call {
  req: PayloadRequest
  id: string
  body: Body
}

function seen({ contentHash }: Body) {
  return contentHash === undefined ? {} : { contentHash }
}

function verdict({ discipline, comment, ...rest }: Body) {
  return {
    ...seen(rest),
    ...(discipline === undefined ? {} : { discipline }),
    ...(comment === undefined ? {} : { comment }),
  }
}

function idOf(req: PayloadRequest): string {
  refuseAnonymous(req)
  return String(req.routeParams?.id ?? '')
}
