import type { PayloadRequest } from 'payload'

import { findNames } from '../../people/names'
import { openRequests, standingVerdicts } from '../rules/decide'
import type { CommentThread } from '../rules/commentThreads'
import { disciplineLabel } from '../rules/policy'
import type { ReviewPolicy } from '../rules/policy'
import { canComment } from '../rules/rights'
import { scheduleWords, type Schedule } from '../rules/schedule'
import { findManyThreads } from './commentThreads'
import type { Review } from './load'
import { findSchedules } from './schedules'

/** What was said about a document and is not settled, as far as a person may read it. */
export interface OpenComments {
  count: number
  /** Names of who began it, each once. */
  authors: string[]
}

/** Words of somebody else that whoever acts next on a text must have read. */
export interface Remark {
  kind: 'request' | 'approval' | 'comment'
  /** Name of who said it. */
  by: string
  /** The discipline it was said for; of a comment, the field it is about. */
  about: string
  text: string
  /** ISO instant. */
  at: string
}

/** What was said about one document and stands. */
export interface Said {
  openComments: OpenComments
  /** By others, with verdicts that count and in conversations that are open; the oldest first. */
  remarks: Remark[]
  /** The publication at a chosen time that stands, or was refused. */
  schedule: ScheduleShown | null
}

/** A publication at a chosen time, as it is shown. */
export interface ScheduleShown extends Pick<Schedule, 'publishAt' | 'isBroken' | 'refusal'> {
  /** 「公開予約 12月1日 9:00」 */
  words: string
}

/** What was said about each of the documents and stands, by the document's id. */
export async function findRemarks(
  req: PayloadRequest,
  reviews: readonly Review[],
  { policy }: { policy: ReviewPolicy },
): Promise<(id: string) => Said> {
  const readable = reviews.filter((review) => canComment(req.user, review))
  const threads = await findManyThreads(req, readable)
  const scheduleOf = await findSchedules(req, reviews)
  const openOf = (id: string) => (threads.get(id) ?? []).filter(({ isResolved }) => !isResolved)
  const authors = readable.flatMap(({ id }) => openOf(id).map(({ author }) => author))
  const names = await findNames(req, authors)
  return (id) => {
    const open = openOf(id)
    const reader = String(req.user?.id)
    const given = readable.filter((review) => review.id === id)
    const remarks = [
      ...given.flatMap((review) => verdictRemarks(review, { policy, reader })),
      ...open
        .filter(({ author }) => author !== reader)
        .map((thread) => commentRemark(thread, names)),
    ]
    return {
      openComments: {
        count: open.length,
        authors: [...new Set(open.map(({ author }) => names(author)))],
      },
      schedule: scheduleShown(scheduleOf(id)),
      remarks: remarks.toSorted((a, b) => (a.at === b.at ? 0 : a.at < b.at ? -1 : 1)),
    }
  }
}

function scheduleShown(schedule: Schedule | null): ScheduleShown | null {
  if (!schedule) return null
  const { publishAt, isBroken, refusal } = schedule
  return { publishAt, isBroken, refusal, words: scheduleWords(publishAt) }
}

/** Who speaks for two disciplines said it once. */
function verdictRemarks(
  { reviewInput }: Review,
  { policy, reader }: { policy: ReviewPolicy; reader: string },
): Remark[] {
  const said = new Map<string, Remark>()
  const approvals = standingVerdicts(reviewInput).filter(({ verdict }) => verdict === 'approve')
  for (const given of [...approvals, ...openRequests(reviewInput)]) {
    const { verdict, discipline, reviewer, reviewerName = '担当者', comment = '', at } = given
    const key = `${reviewer} ${verdict} ${comment}`
    if (reviewer === reader || comment === '' || said.has(key)) continue
    said.set(key, {
      at,
      kind: verdict === 'approve' ? 'approval' : 'request',
      by: reviewerName,
      about: discipline ? disciplineLabel(policy, discipline) : '',
      text: comment,
    })
  }
  return [...said.values()]
}

function commentRemark(
  { author, fieldLabel, text, proposal, at }: CommentThread,
  names: (id: string) => string,
): Remark {
  const words = text || (proposal === null ? '' : '(書き換え案)')
  return { kind: 'comment', by: names(author), about: fieldLabel, text: words, at }
}
