import type { PayloadRequest, Where } from 'payload'

import { untilWords } from '../review/inbox/askedTexts'
import { isStillAble, type Colleague } from '../review/queries/colleagues'
import type { ReviewSummary } from '../review/queries/overview'
import type { TextState } from '../review/queries/textState'
import { findTextStates } from '../review/queries/textStates'
import { readRequestWord, type OpenReviewRequest } from '../review/rules/reviewRequests'
import { CONTENT_COLLECTIONS, type ContentCollection } from '../release/contentKind'
import { addDays, type LocalDay } from '../stage/day'

const FIELDS = [
  'document',
  'title',
  'slotLabel',
  'reviewRequests',
  'municipality',
  'authors',
] as const

/** A text that somebody was asked to look at by tomorrow or before. */
export type DueText = Pick<TextState, (typeof FIELDS)[number]> & { collection: ContentCollection }

/** A text and what a digest says of it. */
export interface Reminder {
  collection: ContentCollection
  id: string
  title: string
}

/** What a state says of the text itself, for a list. */
const NAMED = ['document', 'title', 'slotLabel'] as const

/** All texts of which something is so, of both collections. */
async function findAll<Name extends keyof TextState>(
  req: PayloadRequest,
  where: Where,
  fields: readonly Name[],
): Promise<(Pick<TextState, Name> & { collection: ContentCollection })[]> {
  const found = await Promise.all(
    CONTENT_COLLECTIONS.map(async (collection) => {
      const rows = await findTextStates(req, { collection, where: [where], fields, limit: 0 })
      return rows.map((row) => ({ ...row, collection }))
    }),
  )
  return found.flat()
}

/** All texts with a request whose day is tomorrow or before. */
export function findDueTexts(req: PayloadRequest, today: LocalDay): Promise<DueText[]> {
  const due = { greater_than: '', less_than_equal: addDays(today, 1) }
  return findAll(req, { requestsDue: due }, FIELDS)
}

/** Texts in whose comments one of these people was called and has not looked, by the person's id. */
export async function findCalls(
  req: PayloadRequest,
  people: readonly string[],
): Promise<(person: string) => Reminder[]> {
  const called: Where = { mentioned: { in: [...people] } }
  const found = await findAll(req, called, [...NAMED, 'mentioned'])
  return (person) =>
    found.filter(({ mentioned }) => mentioned.includes(person)).map((text) => reminderOf(text))
}

/** Texts with a chosen time: those to come, by id, and those that were refused, for each person. */
export async function findTimed(req: PayloadRequest): Promise<{
  coming: ReadonlySet<string>
  refusedFor: (person: { id: string; isPublisher: boolean }) => Reminder[]
}> {
  const [coming, refused] = await Promise.all([
    findAll(req, { publishAt: { greater_than: '' } }, ['document']),
    findAll(req, { scheduleRefusal: { greater_than: '' } }, [
      ...NAMED,
      'writers',
      'scheduleRefusal',
    ]),
  ])
  return {
    coming: new Set(coming.map(({ document }) => document)),
    refusedFor: ({ id: person, isPublisher }) =>
      refused
        .filter(({ writers }) => isPublisher || writers.includes(person))
        .map((text) => reminderOf(text, text.scheduleRefusal.replaceAll('\n', ' '))),
  }
}

interface Asking {
  due: readonly DueText[]
  today: LocalDay
  /** Id. */
  person: string
}

/**
 * What a person is reminded of: the day before, on the day, and each day after it, as long as their
 * approval is still missing. *Pure.*
 */
export function remindersFor(
  { due, today, person }: Asking,
  toApprove: readonly Pick<ReviewSummary, 'id'>[],
): Reminder[] {
  return due
    .filter(({ document }) => toApprove.some(({ id }) => id === document))
    .flatMap((text) =>
      requestsOf(text, today)
        .filter(({ reviewer }) => reviewer === person)
        .slice(0, 1)
        .map(({ day }) => reminderOf(text, untilWords(day, today))),
    )
}

/** What a person is told of what they asked others: the day is over, or the other cannot any more. *Pure.* */
export function lateFor(
  { due, today, person }: Asking,
  accounts: ReadonlyMap<string, Colleague>,
): Reminder[] {
  return due.flatMap((text) =>
    requestsOf(text, today)
      .filter(({ by }) => by === person)
      .flatMap((request) => {
        const account = accounts.get(request.reviewer)
        const isAble = isStillAble(text, request, account)
        if (!isAble) return [reminderOf(text, 'ほかの人に頼んでください')]
        if (request.day >= today) return []
        return [reminderOf(text, `${account?.name}さん、${untilWords(request.day, today)}`)]
      }),
  )
}

function requestsOf({ reviewRequests }: DueText, today: LocalDay): OpenReviewRequest[] {
  return reviewRequests.map(readRequestWord).filter(({ day }) => day <= addDays(today, 1))
}

function reminderOf(
  { collection, document, title, slotLabel }: Pick<DueText, 'collection' | (typeof NAMED)[number]>,
  words?: string,
): Reminder {
  const name = title || slotLabel
  return { collection, id: document, title: words === undefined ? name : `${name}(${words})` }
}
