import { canonicalHash } from '../../release/canonicalHash'
import { firstSlotOf, type ContentKind } from '../../release/contentKind'
import { releaseKey } from '../../release/findReleases'
import { readSlot } from '../../fields/slotField'
import { slotLabel, slotSortKey } from '../../stage/slot'
import {
  currentVerdicts,
  isMunicipalityDone,
  missingForPublish,
  openRequests,
  standings,
} from '../rules/decide'
import { MUNICIPALITY, type ReviewPolicy } from '../rules/policy'
import { reviewState } from '../rules/reviewState'
import type { CommentThread } from '../rules/commentThreads'
import { pairsOf, searchedParts, asSearched } from '../rules/searchWords'
import { standingOf, type StoredStanding } from '../rules/standing'
import { requestWord, type ReviewRequest } from '../rules/reviewRequests'
import type { Schedule } from '../rules/schedule'
import { titleOf } from '../rules/title'
import { writersOf, type Review } from './load'

/** Slug of the collection of these. */
export const TEXT_STATES = 'kizuna-text-states' as const

/** Raised when what is derived changes: every start makes anew what an older one derived. */
const DERIVATION = 5

/**
 * What lists, counts, map, home and queue ask of one text: derived from the text, its verdicts,
 * releases and conversations whenever one of them is written, in the same transaction.
 */
export interface TextState extends StoredStanding {
  /** Key of its releases. */
  key: string
  contentKind: ContentKind
  /** Payload's own word for the newest version, which rules of who may read what ask. */
  _status: 'draft' | 'published'
  /** Id. */
  document: string
  title: string
  /** Code of the slot; of an add-on, the first of its range. */
  slot: string
  slotLabel: string
  /** Order of life, then of age: no two are the same. */
  order: string
  edition: string | null
  /** Ids. */
  series: string | null
  municipality: string | null
  /** Whose approval is the next thing it needs, if it is in review or overdue. */
  lacking: string[]
  /** Approvals that are there, `<discipline>:<person>`. */
  given: string[]
  hasAllApprovals: boolean
  /** Who does not approve it, since it is their own. */
  authors: string[]
  /** Who wrote on it since the last publication. */
  writers: string[]
  /** Who waits for an answer to a request for a change. */
  askers: string[]
  /** Disciplines such a request was made for. */
  askedAs: string[]
  openComments: number
  /** Ids of people who were called in a comment and have not looked. */
  mentioned: string[]
  /** People who are asked to look at it by a day and have not yet, as `requestWord` writes each. */
  reviewRequests: string[]
  /** Ids of these people, and of who asked them. */
  reviewers: string[]
  requesters: string[]
  /** The earliest of the days; empty without any. */
  requestsDue: string
  /** When it is to be published, ISO; empty where no time is chosen. */
  publishAt: string
  /** Why it was not published at its time; empty where that did not happen. */
  scheduleRefusal: string
  /** ISO instants since when it waits to be approved, published or revised. */
  sinceReview: string
  sincePublish: string
  sinceRevise: string
  /** ISO instant. */
  savedAt: string
  /** What is searched: the letters, and the pairs of them. */
  letters: string
  pairs: string[]
  /** By which rules all this was derived. */
  rules: string
}

/** What marks states as derived by these rules. *Pure.* */
export function rulesMark(policy: ReviewPolicy): string {
  return canonicalHash({ derivation: DERIVATION, policy: JSON.stringify(policy) })
}

/** The beginning of time: no review is overdue. */
const NOT_YET = new Date(0)

/** What a state is derived from besides the review. */
interface Beside {
  policy: ReviewPolicy
  threads: readonly CommentThread[]
  reviewRequests: readonly ReviewRequest[]
  schedule: Schedule | null
}

/** The state that is stored of a text. *Pure.* */
export function textStateOf(
  review: Review,
  { policy, threads, reviewRequests, schedule }: Beside,
): TextState {
  const { collection, id, content, document, reviewInput, series, municipality } = review
  const slot = firstSlotOf(content)
  const label = labelOf(slot)
  const needs = standings(reviewInput)
  const title = titleOf(document)
  const searched = searchedParts(content, [title, label])
  const requests = openRequests(reviewInput)
  return {
    ...standingOf({
      state: reviewState(reviewInput, policy, NOT_YET),
      release: reviewInput.release,
    }),
    ...sinceWhen(review),
    key: releaseKey(collection, id),
    contentKind: content.type,
    _status: document._status === 'published' ? 'published' : 'draft',
    document: id,
    title,
    slot,
    slotLabel: label,
    order: orderOf(slot, id),
    edition: content.type === 'manuscript' ? content.edition : null,
    series,
    municipality,
    lacking: lackingOf(review),
    given: needs.flatMap(({ discipline, approvedBy }) =>
      approvedBy.map((person) => `${discipline}:${person}`),
    ),
    hasAllApprovals: missingForPublish(reviewInput, policy).length === 0,
    authors: [...reviewInput.authors],
    writers: writersOf(document),
    askers: unique(requests.map(({ reviewer }) => reviewer)),
    askedAs: unique(requests.flatMap(({ discipline }) => discipline ?? [])),
    openComments: threads.filter(({ isResolved }) => !isResolved).length,
    mentioned: unique(threads.flatMap(({ awaited }) => awaited)),
    ...requestsIn(reviewRequests),
    publishAt: schedule?.refusal === null ? schedule.publishAt : '',
    scheduleRefusal: schedule?.refusal ?? '',
    savedAt: String(document.updatedAt ?? ''),
    letters: searched.map(asSearched).join('\n'),
    pairs: pairsOf(searched),
    rules: rulesMark(policy),
  }
}

function requestsIn(requests: readonly ReviewRequest[]) {
  const open = requests.filter(({ state }) => state === 'open')
  return {
    reviewRequests: open.map(requestWord),
    reviewers: unique(open.map(({ reviewer }) => reviewer)),
    requesters: unique(open.map(({ by }) => by)),
    requestsDue: open[0]?.day ?? '',
  }
}

function labelOf(slot: string): string {
  const read = readSlot(slot)
  return read ? slotLabel(read) : slot
}

/** Fractions of a day that tell two slots apart. */
const PER_DAY = 1000
const DIGITS = 12

/** Half-written drafts, whose slot cannot be read, come last. */
function orderOf(slot: string, id: string): string {
  const read = readSlot(slot)
  const place = read ? String(Math.round(slotSortKey(read) * PER_DAY)) : '9'.repeat(DIGITS)
  return `${place.padStart(DIGITS, '0')}:${id}`
}

/** The municipality's approval comes first; until it is there, nobody else is waited for. *Pure.* */
export function lackingOf({ reviewInput }: Review): string[] {
  const open = standings(reviewInput)
    .filter(({ quorum, approvedBy }) => approvedBy.length < quorum)
    .map(({ discipline }) => discipline)
  return isMunicipalityDone(reviewInput) ? open : open.filter((code) => code === MUNICIPALITY)
}

/** The parts of what waits for one person, as they are named everywhere. */
export type WaitingPart = 'toReview' | 'toPublish' | 'toRevise'

/**
 * Since when a text waits: handed over; sent back; approved by the last; of one that is overdue,
 * due. *Pure.*
 */
export function waitingSince({ reviewInput, document }: Review, part: WaitingPart): string {
  const [asked] = part === 'toRevise' ? openRequests(reviewInput) : []
  const verdict = asked ?? currentVerdicts(reviewInput).at(part === 'toPublish' ? -1 : 0)
  return verdict?.at ?? reviewInput.release?.reviewDueAt ?? String(document.updatedAt ?? '')
}

function sinceWhen(review: Review) {
  return {
    sinceReview: waitingSince(review, 'toReview'),
    sincePublish: waitingSince(review, 'toPublish'),
    sinceRevise: waitingSince(review, 'toRevise'),
  }
}

function unique(values: readonly string[]): string[] {
  return [...new Set(values)]
}
