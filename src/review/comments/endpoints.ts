import type { Endpoint, PayloadRequest } from 'payload'
import { z } from 'zod'

import { readBody, refuseAnonymous } from '../../cms/request'
import type { ReviewOptions } from '../operations/act'
import { createComment, createReply, createSettle } from './comment'
import type { CommentThread } from './commentThreads'
import { describeThreads } from './describeThreads'
import { loadReview } from '../queries/load'
import type { ReviewedCollection } from '../queries/load'
import { createTakeProposal } from './takeProposal'

/** Longest a comment may be; a proposal may be as long as any text. */
const MAX_TEXT = 5000
const MAX_PROPOSAL = 20_000

const body = z.object({
  field: z.string().max(200).default(''),
  text: z.string().max(MAX_TEXT).default(''),
  proposal: z.string().max(MAX_PROPOSAL).optional(),
})

type Body = z.output<typeof body>

/**
 * The endpoints of the conversations about a collection's documents: `GET /:id/comments`,
 * `POST /:id/comments` with `{ field, text, proposal }`, and `POST
 * /:id/comments/:thread/{reply, resolve, reopen, take}`; each answers `{ threads }` with all of
 * them as src/review/comments/describeThreads.ts shows them.
 */
export function commentEndpoints(
  options: ReviewOptions & { collection: ReviewedCollection },
): Endpoint[] {
  const { collection } = options
  const comment = createComment(options)
  const onThread = {
    reply: createReply(options),
    resolve: createSettle(options, 'resolve'),
    reopen: createSettle(options, 'reopen'),
    take: createTakeProposal(options),
  }
  const answer = (run: (call: Call) => Promise<CommentThread[] | null>): Endpoint['handler'] => {
    return async (req) => {
      const id = idOf(req, 'id')
      const threads = await run({
        req,
        target: { collection, id },
        body: await readBody(req, body, sentenceOn),
      })
      const review = await loadReview(req, { collection, id }, options.policy)
      return Response.json({ threads: await describeThreads(req, review, threads) })
    }
  }
  return [
    { path: '/:id/comments', method: 'get', handler: answer(() => Promise.resolve(null)) },
    {
      path: '/:id/comments',
      method: 'post',
      handler: answer(({ req, target, body: { proposal, ...words } }) =>
        comment(req, { ...target, ...words, ...(proposal === undefined ? {} : { proposal }) }),
      ),
    },
    ...Object.entries(onThread).map(([step, run]): Endpoint => ({
      path: `/:id/comments/:thread/${step}`,
      method: 'post',
      handler: answer(({ req, target, body: { text } }) =>
        run(req, { ...target, thread: idOf(req, 'thread'), text }),
      ),
    })),
  ]
}

interface Call {
  req: PayloadRequest
  target: { collection: ReviewedCollection; id: string }
  body: Body
}

function idOf(req: PayloadRequest, name: string): string {
  refuseAnonymous(req)
  return String(req.routeParams?.[name] ?? '')
}

const TOO_LONG = `コメントは ${MAX_TEXT} 文字まで、書き換え案は ${MAX_PROPOSAL} 文字までにしてください。`

/** What is wrong with the words of a comment. *Pure.* */
function sentenceOn(issues: readonly { code?: string }[]): string {
  return issues.some(({ code }) => code === 'too_big')
    ? TOO_LONG
    : '送られた内容を読めません。画面を読み直してください。'
}
