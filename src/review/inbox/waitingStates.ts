import type { PayloadRequest, Where } from 'payload'

import { municipalityIdOf, hasRole } from '../../people/roles'
import { kindOfCollection } from '../../release/contentKind'
import { localDayOf, type LocalDay } from '../../stage/day'
import type { ReviewOptions } from '../operations/act'
import type { ReviewedCollection } from '../queries/load'
import type { WaitingPart } from '../queries/textState'
import { findFirstTexts, type FirstTexts } from '../queries/textStates'
import { MUNICIPALITY } from '../rules/policy'
import { canPublish, disciplinesOf } from '../rules/rights'
import { readRequestWord } from '../rules/reviewRequests'
import { whereNotState, whereOverdue, whereState, type Moment } from '../rules/standing'
import { collectionsFor } from './waiting'

type User = PayloadRequest['user'] | undefined

const FIELDS = [
  'document',
  'title',
  'slotLabel',
  'municipality',
  'lacking',
  'askedAs',
  'openComments',
  'reviewRequests',
  'sinceReview',
  'sincePublish',
  'sinceRevise',
] as const

/** One part of what waits for a person: the longest waiting first, and how many there are in all. */
export type WaitingList = FirstTexts<(typeof FIELDS)[number]>

/** A text that waits, as far as its state tells. */
export type WaitingState = WaitingList['texts'][number]

/** More than these of one part are not listed at once; they move up as the first are done. */
export const MOST_LISTED = 200

const SINCE = {
  toReview: 'sinceReview',
  toPublish: 'sincePublish',
  toRevise: 'sinceRevise',
} as const satisfies Record<WaitingPart, keyof WaitingState>

/**
 * What waits for the person of the request: the one question that home, queue and the way to the next
 * text ask. However many texts there are, only those that wait are read, and the first of them.
 */
export async function findWaiting(
  req: PayloadRequest,
  { now }: Pick<ReviewOptions, 'now'>,
): Promise<Record<WaitingPart, WaitingList>> {
  const at = now()
  const moment = { now: at, day: localDayOf(at) }
  const [toReview, toPublish, toRevise] = await Promise.all([
    findToReview(req, moment),
    findPart(req, 'toPublish', moment),
    findPart(req, 'toRevise', moment),
  ])
  return { toReview, toPublish, toRevise }
}

/** What the person was asked to look at comes first, by its day; then the longest waiting. */
async function findToReview(req: PayloadRequest, moment: Moment): Promise<WaitingList> {
  const me = String(req.user?.id)
  const [asked, others] = await Promise.all([
    findPart(req, 'toReview', { ...moment, more: [{ reviewers: { in: [me] } }] }),
    findPart(req, 'toReview', { ...moment, more: [{ reviewers: { not_in: [me] } }] }),
  ])
  const byDay = asked.texts.toSorted((a, b) =>
    askedDay(req.user, a) < askedDay(req.user, b) ? -1 : 1,
  )
  return {
    count: asked.count + others.count,
    texts: [...byDay, ...others.texts].slice(0, MOST_LISTED),
  }
}

/** By when a person was asked to look at a text; empty where they were not. *Pure.* */
export function askedDay(
  user: User,
  { reviewRequests }: Pick<WaitingState, 'reviewRequests'>,
): LocalDay {
  const me = String(user?.id)
  const own = reviewRequests.map(readRequestWord).find(({ reviewer }) => reviewer === me)
  return own?.day ?? ''
}

function findPart(
  req: PayloadRequest,
  part: WaitingPart,
  { more = [], ...moment }: Moment & { more?: Where[] },
): Promise<WaitingList> {
  return findFirstTexts(req, {
    collections: collectionsFor(req.user),
    questionsTo: (collection) =>
      QUESTIONS[part](req.user, collection, moment).map((where) => [...where, ...more]),
    fields: FIELDS,
    sort: SINCE[part],
    limit: MOST_LISTED,
  })
}

type Questions = (user: User, collection: ReviewedCollection, moment: Moment) => Where[][]

const QUESTIONS: Record<WaitingPart, Questions> = {
  toReview: whatToReview,
  toPublish: whatToPublish,
  toRevise: whatToRevise,
}

/** This person's approval is the next thing it needs: in review or overdue, and not their own. */
function whatToReview(user: User, collection: ReviewedCollection, moment: Moment): Where[][] {
  const me = String(user?.id)
  const isMissing = (discipline: string): Where[] => [
    { lacking: { in: [discipline] } },
    { given: { not_in: [`${discipline}:${me}`] } },
  ]
  const type = kindOfCollection(collection)
  const own = municipalityIdOf(user)
  const asMunicipality = disciplinesOf(user, { type, municipality: own }).includes(MUNICIPALITY)
  const ways: Where[] = [
    ...disciplinesOf(user, { type, municipality: null }).map((code) => ({ and: isMissing(code) })),
    ...(asMunicipality
      ? [{ and: [...isMissing(MUNICIPALITY), { municipality: { equals: own } }] }]
      : []),
  ]
  if (ways.length === 0) return []
  return [whereState('in_review'), whereOverdue(moment)].map((state) => [
    state,
    { authors: { not_in: [me] } },
    { or: ways },
  ])
}

/** It has all approvals, and no time is chosen; of what is overdue, those of today. */
function whatToPublish(user: User, _: ReviewedCollection, moment: Moment): Where[][] {
  if (!canPublish(user)) return []
  const isUnscheduled: Where = { publishAt: { equals: '' } }
  const isRenewed: Where = { hasAllApprovals: { equals: true } }
  return [
    [whereState('approved'), isUnscheduled],
    [whereOverdue(moment), isRenewed, isUnscheduled],
  ]
}

/** Reviewers asked for a change or said something, and this person may write on it. */
function whatToRevise(user: User, collection: ReviewedCollection): Where[][] {
  const own = whereWritten(user, collection)
  if (!own) return []
  return [
    [own, whereState('needs_changes')],
    [own, whereNotState('needs_changes'), { openComments: { greater_than: 0 } }],
  ]
}

/** Texts that a person may write on, as `canSubmit` says it of one; null: none. *Pure.* */
export function whereWritten(user: User, collection: ReviewedCollection): Where | null {
  if (kindOfCollection(collection) === 'manuscript') {
    return hasRole(user, 'editor') ? { contentKind: { equals: 'manuscript' } } : null
  }
  const own = municipalityIdOf(user)
  if (own === null || !hasRole(user, 'municipal-editor')) return null
  return { municipality: { equals: own } }
}
