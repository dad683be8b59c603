import type { PayloadRequest } from 'payload'

import { ReviewRefusal } from '../../cms/refusal'
import { toStore } from '../../cms/stored'
import { inTransaction } from '../../cms/transaction'
import { findNames } from '../../people/names'
import { addDays, localDayOf, type LocalDay } from '../../stage/day'
import { monthDayLabel } from '../../stage/japaneseDate'
import type { Review } from '../queries/load'
import { loadReview } from '../queries/load'
import { findReviewRequests, REVIEW_REQUESTS } from '../queries/reviewRequests'
import { isSubmitted } from '../rules/decide'
import { disciplineLabel, type ReviewPolicy } from '../rules/policy'
import { canPublish, canSubmit } from '../rules/rights'
import type { RequestEntry, ReviewRequest } from '../rules/reviewRequests'
import { auditReview, takeReviewTurn, type ReviewOptions, type ReviewTarget } from './act'
import { findCandidates } from './candidates'

/** Days somebody is given unless another day is chosen. */
export const GIVEN_DAYS = 7

/** The latest day that may be chosen is so many days from today. */
export const MOST_DAYS = 90

/** Whom a request is about. */
export interface Asked {
  /** Id. */
  reviewer: string
  discipline: string
}

/** Somebody is asked to look at a text by a day. */
export interface AskArgs extends Asked {
  day: LocalDay
  /** Whose request goes to this person; it is taken back with it. */
  instead?: string | undefined
}

type Target = Pick<ReviewTarget, 'collection' | 'id'>

/** Whether a person may ask others to look at this text: who hands it in, and the chief. *Pure.* */
export function canAskReview(user: PayloadRequest['user'], review: Review): boolean {
  return canSubmit(user, review) || canPublish(user)
}

/**
 * Asks a person to look at a text by a day; asking the same again changes the day. It closes the text
 * to nobody: all of the discipline may go on approving it.
 *
 * @throws ReviewRefusal NOT_ALLOWED, NOT_FOUND, OUT_OF_ORDER before it is handed in, INCOMPLETE for
 * another person than a candidate, or a day that is over or far away.
 */
export async function askReview(
  req: PayloadRequest,
  target: Target,
  { args, options }: { args: AskArgs; options: ReviewOptions },
): Promise<void> {
  await inTransaction(req, async () => {
    const review = await loadToAsk(req, target, options.policy)
    const today = localDayOf(options.now())
    refuseOddDay(args.day, today)
    if (!isSubmitted(review.reviewInput)) throw new ReviewRefusal('OUT_OF_ORDER', NOT_HANDED_IN)
    const candidate = (await findCandidates(req, review, options)).find(
      ({ id, discipline }) => id === args.reviewer && discipline === args.discipline,
    )
    if (!candidate) throw new ReviewRefusal('INCOMPLETE', NO_CANDIDATE)
    if (args.instead !== undefined && args.instead !== args.reviewer) {
      const given = { reviewer: args.instead, discipline: args.discipline }
      await takeBack(req, review, { given, options })
    }
    const asked = { reviewer: args.reviewer, discipline: args.discipline, day: args.day }
    await insertStep(req, review, { ...asked, step: 'ask', askedOn: today, name: candidate.name })
    const note = `${candidate.name}さんに、${monthDayLabel(args.day)}までに`
    await auditReview(req, review, { action: 'ask-review', at: options.now(), note })
  })
}

/**
 * Takes a request back; one that is not there stays so.
 *
 * @throws ReviewRefusal NOT_ALLOWED, NOT_FOUND.
 */
export async function takeBackReview(
  req: PayloadRequest,
  target: Target,
  { asked, options }: { asked: Asked; options: ReviewOptions },
): Promise<void> {
  await inTransaction(req, async () => {
    const review = await loadToAsk(req, target, options.policy)
    await takeBack(req, review, { given: asked, options })
  })
}

const NOT_HANDED_IN = '先に「監修に出す」を押してください。出したあとで、見てもらう人を選べます。'

const NO_CANDIDATE =
  'この人には頼めません。いま承認が足りない専門の人で、この原稿を書いていない人から選んでください。'

async function loadToAsk(
  req: PayloadRequest,
  target: Target,
  policy: ReviewPolicy,
): Promise<Review> {
  await takeReviewTurn(req, target)
  const review = await loadReview(req, target, policy)
  if (canAskReview(req.user, review)) return review
  throw new ReviewRefusal(
    'NOT_ALLOWED',
    '監修を人に頼めるのは、この原稿を監修に出せる人と、監修責任者です。',
  )
}

function refuseOddDay(day: LocalDay, today: LocalDay): void {
  const last = addDays(today, MOST_DAYS)
  if (day >= today && day <= last) return
  throw new ReviewRefusal(
    'INCOMPLETE',
    `期日は、今日(${monthDayLabel(today)})から ${monthDayLabel(last)}までの日にしてください。`,
  )
}

async function takeBack(
  req: PayloadRequest,
  review: Review,
  { given, options }: { given: Asked; options: ReviewOptions },
): Promise<void> {
  const standing = await findRequest(req, review, given)
  if (!standing) return
  const { reviewer, discipline, day } = standing
  const askedOn = localDayOf(options.now())
  const name = (await findNames(req, [reviewer]))(reviewer)
  await insertStep(req, review, { reviewer, discipline, day, askedOn, step: 'take-back', name })
  const note = `${name}さん(${disciplineLabel(options.policy, discipline)})への依頼`
  await auditReview(req, review, { action: 'take-back-review', at: options.now(), note })
}

async function findRequest(
  req: PayloadRequest,
  review: Review,
  { reviewer, discipline }: Asked,
): Promise<ReviewRequest | undefined> {
  const requestsOf = await findReviewRequests(req, [review])
  return requestsOf(review.id).find(
    (one) => one.reviewer === reviewer && one.discipline === discipline,
  )
}

async function insertStep(
  req: PayloadRequest,
  { collection, id, municipality, reviewInput }: Review,
  { name, ...step }: Omit<RequestEntry, 'by' | 'at'> & { name: string },
): Promise<void> {
  await req.payload.create({
    collection: REVIEW_REQUESTS,
    data: toStore({
      document: { relationTo: collection, value: id },
      submission: reviewInput.submission,
      municipality,
      by: req.user?.id,
      reviewerName: name,
      ...step,
    }),
    depth: 0,
    overrideAccess: true,
    req,
  })
}
