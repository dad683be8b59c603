import type { Endpoint, PayloadRequest } from 'payload'
import { z } from 'zod'

import { endpoint, jsonBody, loggedIn, word } from '../../cms/endpoint'
import { seenBy, type ReviewOptions } from './act'
import { fullDaysOfText } from '../queries/fullDaysOfText'
import { loadReview, type ReviewedCollection } from '../queries/load'
import { ReviewRefusal } from '../../cms/refusal'
import { removeForGood } from './remove'
import { describeTrash } from '../queries/trashStatus'
import { createReview } from './review'
import { cancelPublication, schedulePublication } from './schedule'
import type { ReviewStatus } from '../queries/status'

const body = z.object({
  contentHash: word.optional(),
  submission: word.nullable().optional(),
  discipline: word.optional(),
  comment: z.string().max(5000).optional(),
  reason: z.string().max(5000).default(''),
  publishAt: word.optional(),
})

type Body = z.output<typeof body>

/**
 * The review's endpoints of one collection: `GET /:id/review`, `GET /:id/full-days` and `POST /:id/{submit, approve,
 * request-change, publish, schedule, unschedule, withdraw}` with a JSON body; each answers the new {@link ReviewStatus}. Of a
 * text in the trash: `GET /:id/trash` and `POST /:id/remove` with a reason.
 */
export function reviewEndpoints(
  options: ReviewOptions & { collection: ReviewedCollection },
): Endpoint[] {
  const { collection } = options
  const review = createReview(options)
  return [
    endpoint({
      method: 'get',
      path: '/:id/review',
      who: loggedIn,
      run: ({ req, id }) => review.status(req.payload, req, { collection, id }),
    }),
    endpoint({
      method: 'get',
      path: '/:id/full-days',
      who: loggedIn,
      run: async ({ req, id }) => {
        const found = await loadReview(req, { collection, id }, options.policy)
        return fullDaysOfText(req, found, options.now())
      },
    }),
    step('submit', ({ req, id, input }) =>
      review.submit(req.payload, req, { collection, id, ...seen(input) }),
    ),
    step('approve', ({ req, id, input }) =>
      review.approve(req.payload, req, { collection, id, ...verdict(input) }),
    ),
    step('request-change', ({ req, id, input }) =>
      review.requestChange(req.payload, req, { collection, id, ...verdict(input) }),
    ),
    step('publish', ({ req, id, input }) =>
      review.publish(req.payload, req, { collection, id, ...seenBy(input) }),
    ),
    step('schedule', ({ req, id, input }) =>
      schedulePublication(
        req,
        { collection, id, ...seenBy(input), publishAt: timeInJapan(input.publishAt) },
        options,
      ),
    ),
    step('unschedule', ({ req, id }) => cancelPublication(req, { collection, id }, options)),
    step('withdraw', ({ req, id, input: { reason } }) =>
      review.withdraw(req.payload, req, { collection, id, reason }),
    ),
    endpoint({
      method: 'get',
      path: '/:id/trash',
      who: loggedIn,
      run: ({ req, id }) => describeTrash(req, { collection, id }),
    }),
    endpoint({
      method: 'post',
      path: '/:id/remove',
      who: loggedIn,
      input: jsonBody(body),
      run: ({ req, id, input: { reason } }) => removeForGood(req, { collection, id, reason }),
    }),
  ]
}

/** 「2026-12-01T09:00」, as a page's field for it writes it, in Japan's time. */
function timeInJapan(typed = ''): Date {
  const at = new Date(`${typed}:00+09:00`)
  if (/^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}$/.test(typed) && !Number.isNaN(at.getTime())) return at
  throw new ReviewRefusal('INCOMPLETE', '公開する日と時刻を選んでください。')
}

interface Call {
  req: PayloadRequest
  id: string
  input: Body
}

function step(name: string, run: (call: Call) => Promise<ReviewStatus>): Endpoint {
  return endpoint({
    method: 'post',
    path: `/:id/${name}`,
    who: loggedIn,
    input: jsonBody(body),
    run,
  })
}

/** Whoever hands in need not name what they saw; they wrote it. */
function seen({ contentHash, submission }: Body) {
  return {
    ...(contentHash === undefined ? {} : { contentHash }),
    ...(submission === undefined ? {} : { submission }),
  }
}

function verdict({ discipline, comment, ...rest }: Body) {
  return {
    ...seenBy(rest),
    ...(discipline === undefined ? {} : { discipline }),
    ...(comment === undefined ? {} : { comment }),
  }
}
