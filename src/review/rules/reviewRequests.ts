import { addDays, localDayOf, toDayNumber, type LocalDay } from '../../stage/day'
import { grouped } from '../../release/grouped'
import { currentVerdicts, isMunicipalityDone, isSubmitted, openRequests, standings } from './decide'
import type { ReviewInput } from './decide'
import { MUNICIPALITY } from './policy'

/** One step about asking a person to look at a text; inserted once, never changed. */
export interface RequestEntry {
  step: 'ask' | 'take-back'
  /** Id of who is asked. */
  reviewer: string
  /** Id of who asks, or takes it back. */
  by: string
  /** The discipline the person is asked in. */
  discipline: string
  /** By when; of a step that takes back, what was asked. */
  day: LocalDay
  /** The day it was asked. */
  askedOn: LocalDay
  /** ISO instant. */
  at: string
}

/**
 * Where a request stands: the person's turn; answered by their verdict; met by others' approvals; or
 * waiting for something before it (the text to be handed in, the municipality's own approval).
 */
export type RequestState = 'open' | 'answered' | 'met' | 'not-yet'

/** A request that was not taken back. */
export interface ReviewRequest extends Pick<RequestEntry, 'reviewer' | 'by' | 'discipline' | 'at'> {
  /** By when; of a text that was handed in anew, so many days later as were given at first. */
  day: LocalDay
  state: RequestState
}

/**
 * The requests that stand on a text since its last release. The rule when it is edited and handed in
 * again: **the request carries over.** Whoever was asked is asked again, since their verdict was on
 * another content, and has as many days from then on as at first. *Pure.*
 */
export function standingReviewRequests(
  reviewInput: ReviewInput,
  entries: readonly RequestEntry[],
): ReviewRequest[] {
  const since = reviewInput.release?.at ?? ''
  const asked = grouped(
    entries.filter(({ at }) => at > since),
    ({ reviewer, discipline }) => `${reviewer}:${discipline}`,
  )
  return [...asked.values()]
    .map((steps) => steps.toSorted((a, b) => (a.at < b.at ? -1 : 1)).at(-1))
    .filter((step) => step?.step === 'ask')
    .map((step) => requestOf(reviewInput, step as RequestEntry))
    .toSorted((a, b) => (a.day < b.day ? -1 : 1))
}

function requestOf(reviewInput: ReviewInput, entry: RequestEntry): ReviewRequest {
  const { reviewer, by, discipline, at } = entry
  return {
    reviewer,
    by,
    discipline,
    at,
    day: dayOf(reviewInput, entry),
    state: stateOf(reviewInput, entry),
  }
}

function dayOf(reviewInput: ReviewInput, { day, askedOn, at }: RequestEntry): LocalDay {
  const handedIn = currentVerdicts(reviewInput).findLast(({ verdict }) => verdict === 'submit')
  if (!handedIn || handedIn.at <= at) return day
  const again = addDays(localDayOf(new Date(handedIn.at)), toDayNumber(day) - toDayNumber(askedOn))
  return again > day ? again : day
}

function stateOf(reviewInput: ReviewInput, { reviewer, discipline }: RequestEntry): RequestState {
  const isAnswered = currentVerdicts(reviewInput).some(
    (given) =>
      given.verdict !== 'submit' && given.reviewer === reviewer && given.discipline === discipline,
  )
  if (isAnswered) return 'answered'
  if (!isSubmitted(reviewInput) || openRequests(reviewInput).length > 0) return 'not-yet'
  const need = standings(reviewInput).find((one) => one.discipline === discipline)
  if (!need || need.approvedBy.length >= need.quorum) return 'met'
  const isFirst = discipline === MUNICIPALITY || isMunicipalityDone(reviewInput)
  return isFirst ? 'open' : 'not-yet'
}

/** An open request as it stands in a text's state: `day:reviewer:by:discipline`. */
export interface OpenReviewRequest {
  day: LocalDay
  reviewer: string
  by: string
  discipline: string
}

/** An open request as one word, so that the earliest come first. *Pure.* */
export function requestWord({ day, reviewer, by, discipline }: OpenReviewRequest): string {
  return [day, reviewer, by, discipline].join(':')
}

/** What {@link requestWord} wrote. *Pure.* */
export function readRequestWord(word: string): OpenReviewRequest {
  const [day = '', reviewer = '', by = '', discipline = ''] = word.split(':')
  return { day, reviewer, by, discipline }
}
