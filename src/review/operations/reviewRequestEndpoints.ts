import type { Endpoint, PayloadRequest } from 'payload'
import { z } from 'zod'

import { day, endpoint, jsonBody, loggedIn, saying, word } from '../../cms/endpoint'
import { findNames } from '../../people/names'
import { addDays, localDayOf, type LocalDay } from '../../stage/day'
import { findAccounts, isStillAble } from '../queries/colleagues'
import { loadReview, type Review, type ReviewedCollection } from '../queries/load'
import { findReviewRequests } from '../queries/reviewRequests'
import { isSubmitted } from '../rules/decide'
import { disciplineLabel } from '../rules/policy'
import { canComment } from '../rules/rights'
import type { RequestState } from '../rules/reviewRequests'
import type { ReviewOptions } from './act'
import { askReview, canAskReview, GIVEN_DAYS, MOST_DAYS, takeBackReview } from './askReview'
import { findCandidates, type Candidate } from './candidates'

/** A request as everybody who works on the text sees it. */
export interface ReviewRequestShown {
  /** Id of who is asked. */
  reviewer: string
  name: string
  discipline: string
  /** The discipline in Japanese. */
  label: string
  /** Name of who asked. */
  by: string
  day: LocalDay
  state: RequestState
  isLate: boolean
  isMine: boolean
  /** Whether the person has left, or may not give this approval any more: another has to be asked. */
  isGone: boolean
}

/** Who was asked to look at a text, and whom the person of the request can ask. */
export interface ReviewRequests {
  requests: ReviewRequestShown[]
  candidates: Candidate[]
  /** Whether this person asks and takes back. */
  canAsk: boolean
  /** First, proposed and last day. */
  days: { first: LocalDay; proposed: LocalDay; last: LocalDay }
}

type Options = ReviewOptions & { collection: ReviewedCollection }

const asked = { reviewer: word.min(1), discipline: word.min(1) }
const askBody = z.object({ ...asked, day, instead: word.optional() })
const takeBackBody = z.object(asked)

const CHOOSE = '見てもらう人と期日を選んでください。'

/**
 * Who looks at a text by when: `GET /:id/review-requests`, `POST /:id/ask-review` with
 * `{ reviewer, discipline, day, instead? }`, `POST /:id/take-back-review` with
 * `{ reviewer, discipline }`; each answers {@link ReviewRequests}.
 */
export function reviewRequestEndpoints(options: Options): Endpoint[] {
  const { collection } = options
  return [
    endpoint({
      method: 'get',
      path: '/:id/review-requests',
      who: loggedIn,
      run: ({ req, id }) => describe(req, id, options),
    }),
    endpoint({
      method: 'post',
      path: '/:id/ask-review',
      who: loggedIn,
      input: jsonBody(askBody, saying(CHOOSE)),
      run: async ({ req, id, input: args }) => {
        await askReview(req, { collection, id }, { args, options })
        return describe(req, id, options)
      },
    }),
    endpoint({
      method: 'post',
      path: '/:id/take-back-review',
      who: loggedIn,
      input: jsonBody(takeBackBody, saying(CHOOSE)),
      run: async ({ req, id, input }) => {
        await takeBackReview(req, { collection, id }, { asked: input, options })
        return describe(req, id, options)
      },
    }),
  ]
}

async function describe(
  req: PayloadRequest,
  id: string,
  options: Options,
): Promise<ReviewRequests> {
  const { collection, policy, now } = options
  const review = await loadReview(req, { collection, id }, policy)
  const today = localDayOf(now())
  const mayAsk = canAskReview(req.user, review)
  return {
    requests: canComment(req.user, review) ? await shown(req, review, options) : [],
    candidates:
      mayAsk && isSubmitted(review.reviewInput) ? await findCandidates(req, review, options) : [],
    canAsk: mayAsk,
    days: {
      first: today,
      proposed: addDays(today, GIVEN_DAYS),
      last: addDays(today, MOST_DAYS),
    },
  }
}

async function shown(
  req: PayloadRequest,
  review: Review,
  { policy, now }: ReviewOptions,
): Promise<ReviewRequestShown[]> {
  const found = (await findReviewRequests(req, [review]))(review.id)
  const names = await findNames(
    req,
    found.flatMap(({ reviewer, by }) => [reviewer, by]),
  )
  const accounts = await findAccounts(
    req,
    found.map(({ reviewer }) => reviewer),
  )
  const today = localDayOf(now())
  const { collection, municipality, reviewInput } = review
  const text = { collection, municipality, authors: reviewInput.authors }
  return found.map(({ reviewer, discipline, by, day: until, state }) => {
    const isOpen = state === 'open' || state === 'not-yet'
    return {
      reviewer,
      discipline,
      state,
      day: until,
      name: names(reviewer),
      by: names(by),
      label: disciplineLabel(policy, discipline),
      isLate: state === 'open' && until < today,
      isMine: reviewer === String(req.user?.id),
      isGone: isOpen && !isStillAble(text, { reviewer, discipline }, accounts.get(reviewer)),
    }
  })
}
