import type { PayloadRequest } from 'payload'

import type { Edition } from '../../plugin/options'
import type { ReviewOptions } from '../operations/act'
import { findEditing } from '../gate/editing'
import { findComparisonBaselines } from '../queries/comparisonBaselines'
import type { ComparisonBaseline } from '../queries/comparisonBaselines'
import { besideChanges, besideOf } from '../rules/beside'
import { changesBetween } from '../rules/changes'
import { answeredRequests } from '../rules/decide'
import type { Review, ReviewedCollection } from '../queries/load'
import { findNames } from '../../people/names'
import { summarise } from '../queries/overview'
import { disciplineLabel } from '../rules/policy'
import { approvableAs } from '../queries/status'
import { titleOf } from '../rules/title'
import { localDayOf, type LocalDay } from '../../stage/day'
import { askedOfMe, type AskedOfMe } from './askedTexts'
import { findPlaceNames } from './placeNames'
import type { PlaceNames } from './placeNames'
import { findRequests } from './requests'
import type { RequestShown } from './requests'
import { waitingSince, type WaitingPart } from '../queries/textState'
import { findWaitingReviews } from './waitingReviews'

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
  /** Set where the person was asked by name. */
  asked: AskedOfMe | null
  /** Who else has it open for writing; empty: nobody. */
  editing: string
  /** ISO instant since when it waits. */
  since: string
  /** What is new since the person's last approval, in a few words; empty on one that came back. */
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
  /** To be published: it has all approvals. */
  toPublish: InboxItem[]
  /** To be written on: reviewers asked for a change or said something. */
  toRevise: InboxItem[]
  /** Of each part, how many texts wait besides these. */
  more: Record<WaitingPart, number>
}

/** Everything that waits for the person of the request. */
export async function loadReviewInbox(
  req: PayloadRequest,
  options: InboxOptions,
): Promise<ReviewInbox> {
  const { openOf, askedDayOf, more, ...parts } = await findWaitingReviews(req, options)
  const { toReview, toPublish, toRevise } = parts
  const known = {
    ...options,
    names: await findNames(
      req,
      [...toReview, ...toPublish, ...toRevise].flatMap(({ reviewInput }) => reviewInput.authors),
    ),
    places: await findPlaceNames(req, [...toReview, ...toPublish, ...toRevise], options),
    bases: await findComparisonBaselines(req, [...toReview, ...toPublish]),
    requests: await findRequests(req, toRevise, options),
    editingOf: await findEditing(req, [...toReview, ...toPublish, ...toRevise]),
    openOf,
    askedDayOf,
  }
  const itemsOf = (part: WaitingPart) =>
    parts[part].map((review) => inboxItem(req, review, { ...known, part }))
  return {
    toReview: itemsOf('toReview'),
    toPublish: itemsOf('toPublish'),
    toRevise: itemsOf('toRevise'),
    more,
  }
}

interface Known extends InboxOptions {
  part: WaitingPart
  names: (id: string) => string
  places: PlaceNames
  bases: Map<string, ComparisonBaseline>
  requests: Map<string, RequestShown[]>
  openOf: (review: Review) => number
  askedDayOf: (review: Review) => LocalDay
  editingOf: (id: string) => string
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
    asked:
      known.part === 'toReview'
        ? askedOfMe(known.askedDayOf(review), localDayOf(known.now()))
        : null,
    editing: known.editingOf(id),
    since: waitingSince(review, known.part),
    news: [...(isAnswerTo(req, review) ? [ANSWERED] : []), newsOf(review, known)]
      .filter(Boolean)
      .join('。'),
    asWhom: approvableAs(req, review).map((code) => disciplineLabel(policy, code)),
    openComments: known.openOf(review),
    requests: known.requests.get(id) ?? [],
  }
}

const ANSWERED = 'あなたの修正依頼のあと、もう一度出されました'

/** Whether it was handed in again after this person had asked for a change. */
function isAnswerTo({ user }: PayloadRequest, { reviewInput }: Review): boolean {
  return answeredRequests(reviewInput).some(({ request }) => request.reviewer === String(user?.id))
}

const BASE_WORDS = {
  approved: '前に承認した内容',
  released: '公開中の内容',
  origin: '引き継ぐ前の原稿',
} as const

function newsOf(review: Review, { bases, places, part, ...options }: Known): string {
  if (part === 'toRevise') return ''
  if (summarise(review, options).state === 'review_overdue') return '見直しの期限が過ぎています'
  const base = bases.get(review.id) ?? { kind: 'none' }
  if (base.kind === 'none') return part === 'toPublish' ? '初めての公開です' : '初めての監修です'
  const changes = [
    ...changesBetween(base.content, review.content, places.fieldNamesOf(review)),
    ...besideChanges(base.beside, besideOf(review.document), options.policy),
  ]
  const labels = [...new Set(changes.map(({ label }) => label))].join('、')
  const from = BASE_WORDS[base.kind]
  return labels ? `${from}から: ${labels}` : `${from}と同じです`
}
