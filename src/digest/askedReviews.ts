import type { PayloadRequest, Where } from 'payload'

import { isStillAble, untilWords } from '../review/inbox/askedTexts'
import type { Colleague } from '../review/queries/colleagues'
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

/** All texts with a request whose day is tomorrow or before. */
export async function findDueTexts(req: PayloadRequest, today: LocalDay): Promise<DueText[]> {
  const found = await Promise.all(
    CONTENT_COLLECTIONS.map(async (collection) => {
      const due = { greater_than: '', less_than_equal: addDays(today, 1) }
      const rows = await findTextStates(req, {
        collection,
        where: [{ requestsDue: due }],
        fields: FIELDS,
        limit: 0,
      })
      return rows.map((row) => ({ ...row, collection }))
    }),
  )
  return found.flat()
}

/** Texts in whose comments one of these people was called and has not looked, by the person's id. */
export async function findCalls(
  req: PayloadRequest,
  people: readonly string[],
): Promise<(person: string) => Reminder[]> {
  const found = await Promise.all(
    CONTENT_COLLECTIONS.map(async (collection) => {
      const rows = await findTextStates(req, {
        collection,
        where: [{ mentioned: { in: [...people] } }],
        fields: ['document', 'title', 'slotLabel', 'mentioned'],
        limit: 0,
      })
      return rows.map((row) => ({ ...row, collection }))
    }),
  )
  return (person) =>
    found
      .flat()
      .filter(({ mentioned }) => mentioned.includes(person))
      .map(({ collection, document: id, title, slotLabel }) => ({
        collection,
        id,
        title: title || slotLabel,
      }))
}

/** Texts with a chosen time: those to come, by id, and those that were refused, for each person. */
export async function findTimed(req: PayloadRequest): Promise<{
  coming: ReadonlySet<string>
  refusedFor: (person: { id: string; isPublisher: boolean }) => Reminder[]
}> {
  const find = (collection: ContentCollection, where: Where) =>
    findTextStates(req, {
      collection,
      where: [where],
      fields: ['document', 'title', 'slotLabel', 'writers', 'scheduleRefusal'],
      limit: 0,
    })
  const found = await Promise.all(
    CONTENT_COLLECTIONS.map(async (collection) => ({
      coming: await find(collection, { publishAt: { greater_than: '' } }),
      refused: (await find(collection, { scheduleRefusal: { greater_than: '' } })).map((row) => ({
        ...row,
        collection,
      })),
    })),
  )
  return {
    coming: new Set(found.flatMap(({ coming }) => coming.map(({ document }) => document))),
    refusedFor: ({ id: person, isPublisher }) =>
      found
        .flatMap(({ refused }) => refused)
        .filter(({ writers }) => isPublisher || writers.includes(person))
        .map(({ collection, document: id, title, slotLabel, scheduleRefusal }) => ({
          collection,
          id,
          title: `${title || slotLabel}(${scheduleRefusal.replaceAll('\n', ' ')})`,
        })),
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

function reminderOf({ collection, document, title, slotLabel }: DueText, words: string): Reminder {
  return { collection, id: document, title: `${title || slotLabel}(${words})` }
}
