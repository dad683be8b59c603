import type { PayloadRequest } from 'payload'

import { relatedId } from '../../cms/relation'
import { findNames } from '../../people/names'
import { grouped } from '../../release/grouped'
import { findSteps, type RequestTarget, type Step } from './withdrawalRequests'
import type { ReviewedCollection } from './load'

/** What a chief did about a request to withdraw, for who had asked. */
export interface WithdrawalAnswer extends RequestTarget {
  kind: 'withdrawn' | 'refused'
  title: string
  /** Id of who asked. */
  asker: string
  /** Name of who answered. */
  by: string
  /** ISO instant. */
  at: string
  /** Why it was left as it is; empty where it was withdrawn. */
  reason: string
}

/** Days for which the home shows an answer. */
export const ANSWER_DAYS = 7

const DAY_MS = 24 * 3_600_000

/** Since when answers are shown at an instant. *Pure.* */
export function answersSince(now: Date): Date {
  return new Date(now.getTime() - ANSWER_DAYS * DAY_MS)
}

/** An answer in words: what was done with which text. *Pure.* */
export function answerSentence({ kind, title, reason }: WithdrawalAnswer): string {
  return kind === 'withdrawn'
    ? `「${title}」を取り下げました`
    : `「${title}」は取り下げません: ${reason}`
}

/** Every answer to a request to withdraw since an instant, the newest first, whoever asked. */
export async function findWithdrawalAnswers(
  req: PayloadRequest,
  since: Date,
): Promise<WithdrawalAnswer[]> {
  const recent = await findSteps(req, {
    where: {
      and: [
        { action: { in: ['withdraw', 'refuse-withdrawal'] } },
        { at: { greater_than: since.toISOString() } },
      ],
    },
    limit: MOST,
  })
  if (recent.length === 0) return []
  const about = { documentId: { in: [...new Set(recent.map(({ documentId }) => documentId))] } }
  const steps = (await findSteps(req, { where: about, limit: 0 })).toReversed()
  const texts = grouped(steps, ({ collection, documentId }) => `${collection}:${documentId}`)
  const answered = [...texts.values()].flatMap(answersAmong)
  const nameOf = await findNames(
    req,
    answered.map(({ step }) => actorOf(step)),
  )
  return answered
    .map(({ step, asker }) => asAnswer(step, { asker, by: nameOf(actorOf(step)) }))
    .filter(({ at }) => at > since.toISOString())
    .toSorted((a, b) => (a.at < b.at ? 1 : -1))
}

/** The newest so many are looked at. */
const MOST = 200

interface Answered {
  step: Step
  asker: string
}

/** Of one text's steps, the oldest first: what a request was answered with. A publication ends it. */
function answersAmong(steps: readonly Step[]): Answered[] {
  let asker: string | null = null
  return steps.flatMap((step) => {
    const asked = asker
    if (step.action === 'ask-withdrawal') asker ??= actorOf(step)
    else asker = null
    const isAnswer = step.action === 'withdraw' || step.action === 'refuse-withdrawal'
    return isAnswer && asked !== null ? [{ step, asker: asked }] : []
  })
}

function actorOf({ actor }: Step): string {
  return relatedId(actor?.value) ?? ''
}

function asAnswer(step: Step, people: { asker: string; by: string }): WithdrawalAnswer {
  const isRefused = step.action === 'refuse-withdrawal'
  return {
    ...people,
    collection: step.collection as ReviewedCollection,
    id: step.documentId,
    kind: isRefused ? 'refused' : 'withdrawn',
    title: step.title || '(題名なし)',
    at: step.at,
    reason: isRefused ? (step.note ?? '') : '',
  }
}
