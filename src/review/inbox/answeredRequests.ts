import type { PayloadRequest } from 'payload'

import { relatedId, type Related } from '../../cms/relation'
import { asStored } from '../../cms/stored'
import type { ReleaseContent } from '../../release/content'
import { findVerdictIds } from '../queries/aboutTexts'
import type { Review } from '../queries/load'
import { besideChanges, besideOf, type Beside } from '../rules/beside'
import { changesBetween, type FieldChange } from '../rules/changes'
import { answeredRequests } from '../rules/decide'
import { disciplineLabel, type ReviewPolicy } from '../rules/policy'
import type { StandingRequest } from '../rules/requests'
import type { PlaceNames } from './placeNames'

/** A request for a change that the text was handed in again for: what was asked, what became of it. */
export interface AnsweredRequest {
  /** Name of who asked, as it was then. */
  by: string
  /** Whether that is the person who looks. */
  isOwn: boolean
  /** The discipline they spoke for. */
  about: string
  comment: string
  /** ISO instant. */
  at: string
  /** When it was handed in again, ISO instant. */
  answeredAt: string
  /** From what they saw then to the text as it is now; empty: the same. */
  changes: FieldChange[]
}

interface StoredRequest {
  document: Related
  reviewer: Related
  discipline?: string | null
  createdAt: string
  content?: ReleaseContent | null
  topics?: Beside['topics']
  sources?: string | null
}

interface Known {
  policy: ReviewPolicy
  places: Pick<PlaceNames, 'fieldNamesOf'>
}

/** Reads the answered requests of some texts, as far as the person may read them. */
export async function findAnsweredRequests(
  req: PayloadRequest,
  reviews: readonly Review[],
  known: Known,
): Promise<(review: Review) => AnsweredRequest[]> {
  const asked = new Map(reviews.map((review) => [review, answeredRequests(review.reviewInput)]))
  const some = reviews.filter((review) => asked.get(review)?.length)
  const stored = await findStoredRequests(req, some)
  return (review) =>
    (asked.get(review) ?? []).flatMap((standing) => {
      const then = stored.find((one) => isOf(one, review, standing))
      return then ? [shown(req, { review, standing, then }, known)] : []
    })
}

async function findStoredRequests(
  req: PayloadRequest,
  reviews: readonly Review[],
): Promise<StoredRequest[]> {
  if (reviews.length === 0) return []
  const { docs } = await req.payload.find({
    collection: 'kizuna-approvals',
    where: {
      and: [
        { verdict: { equals: 'request-change' } },
        { id: { in: await findVerdictIds(req, reviews) } },
      ],
    },
    pagination: false,
    depth: 0,
    overrideAccess: false,
    req,
  })
  return asStored<StoredRequest[]>(docs)
}

function isOf(stored: StoredRequest, { id }: Review, { request }: StandingRequest): boolean {
  return (
    relatedId(stored.document) === id &&
    relatedId(stored.reviewer) === request.reviewer &&
    (stored.discipline ?? null) === request.discipline &&
    stored.createdAt === request.at
  )
}

interface Found {
  review: Review
  standing: StandingRequest
  then: StoredRequest
}

function shown(req: PayloadRequest, found: Found, { policy, places }: Known): AnsweredRequest {
  const { review, standing, then } = found
  const { reviewer, reviewerName, discipline, comment, at } = standing.request
  const beside = { topics: then.topics ?? null, sources: then.sources ?? null }
  return {
    at,
    by: reviewerName ?? '担当者',
    isOwn: reviewer === String(req.user?.id),
    about: discipline ? disciplineLabel(policy, discipline) : '',
    comment: comment ?? '',
    answeredAt: standing.answeredAt ?? at,
    changes: then.content
      ? [
          ...changesBetween(then.content, review.content, places.fieldNamesOf(review)),
          ...besideChanges(beside, besideOf(review.document), policy),
        ]
      : [],
  }
}
