import type { PayloadRequest } from 'payload'

import type { Edition } from '../../plugin/options'
import type { ReviewOptions } from '../operations/act'
import { findComparisonBaselines } from '../queries/comparisonBaselines'
import type { ComparisonBaseline } from '../queries/comparisonBaselines'
import { besideChanges, besideOf } from '../rules/beside'
import { changesBetween } from '../rules/changes'
import { findManyThreads } from '../queries/commentThreads'
import { currentVerdicts } from '../rules/decide'
import type { Review, ReviewedCollection } from '../queries/load'
import { loadReviews } from '../queries/loadMany'
import { findNames } from '../../people/names'
import { summarise } from '../queries/overview'
import { disciplineLabel } from '../rules/policy'
import { canSubmit } from '../rules/rights'
import { approvableAs } from '../queries/status'
import { titleOf } from '../rules/title'
import { inboxCandidates } from './candidates'
import { collectionsFor, isBackWith, waitsForApproval } from './waiting'
import { findPlaceNames } from './placeNames'
import type { PlaceNames } from './placeNames'
import { findRequests } from './requests'
import type { RequestShown } from './requests'

/** What the inbox depends on. */
export type InboxOptions = ReviewOptions & { editions: readonly Edition[] }

/** A text that waits for the person. */
export interface InboxItem {
  collection: ReviewedCollection
  id: string
  title: string
  /** Series or municipality, slot and edition. */
  place: string[]
  /** Id of the series or municipality, for narrowing the list. */
  group: string
  /** Order in a child's life; null when the slot cannot be read. */
  slotSortKey: number | null
  /** Names of who wrote it. */
  writers: string[]
  /** ISO instant since when it waits. */
  since: string
  /** What is new since the person's last approval, in a few words. */
  news: string
  /** Names of the disciplines the person would approve it in. */
  asWhom: string[]
  /** Conversations in which something is left to do. */
  openComments: number
  /** What reviewers want changed, on a text that came back. */
  requests: RequestShown[]
}

/** What waits for one person, the longest first. */
export interface ReviewInbox {
  /** To be approved. */
  toReview: InboxItem[]
  /** To be written on: reviewers asked for a change or said something. */
  toRevise: InboxItem[]
}

/** Everything that waits for the person of the request. */
export async function loadReviewInbox(
  req: PayloadRequest,
  options: InboxOptions,
): Promise<ReviewInbox> {
  const reviews: Review[] = []
  for (const collection of collectionsFor(req.user)) {
    const where = await inboxCandidates(req, collection, options.now())
    reviews.push(...(await loadReviews(req, { collection, where }, options.policy)))
  }
  const mine = reviews.filter((review) => canSubmit(req.user, review))
  const toReview = reviews.filter((review) => {
    const awaited = { kind: 'untilOwn', approvable: approvableAs(req, review) } as const
    return waitsForApproval(req.user, summarise(review, options), awaited)
  })
  const threads = await findManyThreads(req, [...mine, ...toReview])
  const openOf = ({ id }: Review) =>
    (threads.get(id) ?? []).filter(({ isResolved }) => !isResolved).length
  const toRevise = mine.filter((review) => {
    const back = { kind: 'writers', openComments: openOf(review) } as const
    return isBackWith(req.user, summarise(review, options), back)
  })
  const known = {
    names: await findNames(
      req,
      [...toReview, ...toRevise].flatMap(({ reviewInput }) => reviewInput.authors),
    ),
    places: await findPlaceNames(req, options),
    bases: await findComparisonBaselines(req, toReview),
    requests: await findRequests(req, toRevise, options),
    openOf,
  }
  const itemOf = (review: Review) => inboxItem(req, review, { ...options, ...known })
  return { toReview: inOrder(toReview.map(itemOf)), toRevise: inOrder(toRevise.map(itemOf)) }
}

interface Known extends InboxOptions {
  names: (id: string) => string
  places: PlaceNames
  bases: Map<string, ComparisonBaseline>
  requests: Map<string, RequestShown[]>
  openOf: (review: Review) => number
}

function inboxItem(req: PayloadRequest, review: Review, known: Known): InboxItem {
  const { collection, id, reviewInput, series, municipality, document } = review
  const { policy } = known
  return {
    collection,
    id,
    title: titleOf(document),
    place: known.places.placeOf(review),
    group: series ?? municipality ?? '',
    slotSortKey: summarise(review, known).slotSortKey,
    writers: reviewInput.authors.map(known.names),
    since: sinceOf(review),
    news: newsOf(review, known),
    asWhom: approvableAs(req, review).map((code) => disciplineLabel(policy, code)),
    openComments: known.openOf(review),
    requests: known.requests.get(id) ?? [],
  }
}

/** When the content as it is was handed over; of one that is overdue, when it was due. */
function sinceOf({ reviewInput, document }: Review): string {
  const [first] = currentVerdicts(reviewInput)
  return first?.at ?? reviewInput.release?.reviewDueAt ?? String(document.updatedAt ?? '')
}

const BASE_WORDS = {
  approved: '前に承認した内容',
  released: '公開中の内容',
  origin: '引き継ぐ前の原稿',
} as const

function newsOf(review: Review, { bases, places, ...options }: Known): string {
  if (summarise(review, options).state === 'review_overdue') return '見直しの期限が過ぎています'
  const base = bases.get(review.id) ?? { kind: 'none' }
  if (base.kind === 'none') return '初めての監修です'
  const changes = [
    ...changesBetween(base.content, review.content, places.fieldNamesOf(review)),
    ...besideChanges(base.beside, besideOf(review.document), options.policy),
  ]
  const labels = [...new Set(changes.map(({ label }) => label))].join('、')
  const from = BASE_WORDS[base.kind]
  return labels ? `${from}から: ${labels}` : `${from}と同じです`
}

function inOrder(items: InboxItem[]): InboxItem[] {
  return items.toSorted((a, b) => (a.since === b.since ? 0 : a.since < b.since ? -1 : 1))
}
