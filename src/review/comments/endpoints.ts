import type { Endpoint } from 'payload'
import { z } from 'zod'

import { endpoint, jsonBody, loggedIn, routeParam, word } from '../../cms/endpoint'
import type { Asked, Refuse } from '../../cms/endpoint'
import { ReviewRefusal } from '../../cms/refusal'
import type { ReviewOptions } from '../operations/act'
import { createComment, createReply, createSettle } from './comment'
import type { CommentThread } from '../rules/commentThreads'
import { describeThreads } from './describeThreads'
import { loadReview } from '../queries/load'
import type { ReviewedCollection } from '../queries/load'
import { findMentionable } from './mentions'
import { noteSeen } from './noteSeen'
import { createTakeProposal } from './takeProposal'

/** Longest a comment may be; a proposal may be as long as any text. */
const MAX_TEXT = 5000
const MAX_PROPOSAL = 20_000
const MAX_MENTIONS = 20

const body = z.object({
  field: z.string().max(200).default(''),
  text: z.string().max(MAX_TEXT).default(''),
  proposal: z.string().max(MAX_PROPOSAL).optional(),
  mentions: z.array(word).max(MAX_MENTIONS).default([]),
})

/**
 * The endpoints of the conversations about a collection's documents: `GET /:id/comments`,
 * `POST /:id/comments` with `{ field, text, proposal, mentions }`, and `POST
 * /:id/comments/:thread/{reply, resolve, reopen, take}`; each answers `{ threads }` with all of
 * them as src/review/comments/describeThreads.ts shows them. `GET /:id/mentionable` answers
 * `{ people }` who can be called, `POST /:id/comments/seen` notes that one has looked.
 */
export function commentEndpoints(options: Options): Endpoint[] {
  const { collection } = options
  const comment = createComment(options)
  const onThread = {
    reply: createReply(options),
    resolve: createSettle(options, 'resolve'),
    reopen: createSettle(options, 'reopen'),
    take: createTakeProposal(options),
  }
  return [
    endpoint({
      method: 'get',
      path: '/:id/comments',
      who: loggedIn,
      run: (asked) => threadsOf(asked, options),
    }),
    endpoint({
      method: 'post',
      path: '/:id/comments',
      who: loggedIn,
      input: jsonBody(body, refuseWords),
      run: async ({ req, id, input: { proposal, ...words } }) => {
        const written = { ...words, ...(proposal === undefined ? {} : { proposal }) }
        const threads = await comment(req, { collection, id, ...written })
        return threadsOf({ req, id }, options, threads)
      },
    }),
    endpoint({
      method: 'get',
      path: '/:id/mentionable',
      who: loggedIn,
      run: async ({ req, id }) => {
        const review = await loadReview(req, { collection, id }, options.policy)
        return { people: await findMentionable(req, review) }
      },
    }),
    endpoint({
      method: 'post',
      path: '/:id/comments/seen',
      who: loggedIn,
      run: async ({ req, id }) => ({ seen: await noteSeen(req, { collection, id }, options) }),
    }),
    ...Object.entries(onThread).map(([step, run]) =>
      endpoint({
        method: 'post',
        path: `/:id/comments/:thread/${step}`,
        who: loggedIn,
        input: jsonBody(body, refuseWords),
        run: async ({ req, id, input: { text, mentions } }) => {
          const thread = routeParam(req, 'thread')
          const threads = await run(req, { collection, id, thread, text, mentions })
          return threadsOf({ req, id }, options, threads)
        },
      }),
    ),
  ]
}

type Options = ReviewOptions & { collection: ReviewedCollection }

/** All conversations about a document; those that an operation has just read are not read again. */
async function threadsOf(
  { req, id }: Asked,
  { collection, policy }: Options,
  threads: CommentThread[] | null = null,
) {
  const review = await loadReview(req, { collection, id }, policy)
  return { threads: await describeThreads(req, review, threads) }
}

const UNREADABLE = '送られた内容を読めません。画面を読み直してください。'
const TOO_LONG = `コメントは ${MAX_TEXT} 文字まで、書き換え案は ${MAX_PROPOSAL} 文字までにしてください。`

const refuseWords: Refuse = (issues) => {
  const isTooLong = issues.some(({ code }) => code === 'too_big')
  return new ReviewRefusal('INCOMPLETE', isTooLong ? TOO_LONG : UNREADABLE)
}
