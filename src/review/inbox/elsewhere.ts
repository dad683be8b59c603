import type { PayloadRequest, Where } from 'payload'

import type { ReviewOptions } from '../operations/act'
import type { ReviewedCollection } from '../queries/load'
import { findFirstTexts, type FirstTexts } from '../queries/textStates'
import { CHIEF, disciplineLabel, type ReviewPolicy } from '../rules/policy'
import { whereState } from '../rules/standing'
import { collectionsFor } from './waiting'
import { whereWritten } from './waitingStates'

const FIELDS = [
  'document',
  'title',
  'slotLabel',
  'standing',
  'lacking',
  'askedAs',
  'reviewRequests',
  'municipality',
  'authors',
  'savedAt',
] as const

/** Some of a person's texts, the oldest first, and how many there are. */
export type OwnTexts = FirstTexts<(typeof FIELDS)[number]>

/** A text of somebody who does not have to act on it now, or not in front of others. */
export type OwnText = OwnTexts['texts'][number]

/** What one person has besides what waits for them. */
export interface Elsewhere {
  /** Saved, and not handed in since. */
  unsent: OwnTexts
  /** Handed in, and others have to act on it. */
  withOthers: OwnTexts
  /** Sent back by this person, who waits for what the writers do. */
  asked: OwnTexts
  /** That this person asked somebody by name to look at, who has not yet. */
  requested: OwnTexts
}

/** Rows of one list: the home names the first. */
export const MOST_NAMED = 5

/** Finds what the person of the request wrote or sent back and does not hold in hand. */
export async function findElsewhere(req: PayloadRequest, most = MOST_NAMED): Promise<Elsewhere> {
  const me = String(req.user?.id)
  const [unsent, withOthers, asked, requested] = await Promise.all([
    findOwn({ req, most }, (collection) =>
      own(whereWritten(req.user, collection), { writers: { in: [me] } }, whereState('draft')),
    ),
    findOwn({ req, most }, (collection) =>
      own(
        whereWritten(req.user, collection),
        { authors: { in: [me] } },
        { or: [whereState('in_review'), whereState('approved')] },
      ),
    ),
    findOwn({ req, most }, () => [[{ askers: { in: [me] } }, whereState('needs_changes')]]),
    findOwn({ req, most }, () => [[{ requesters: { in: [me] } }]]),
  ])
  return { unsent, withOthers, asked, requested }
}

function own(written: Where | null, ...where: Where[]): Where[][] {
  return written ? [[written, ...where]] : []
}

function findOwn(
  { req, most }: { req: PayloadRequest; most: number },
  questionsTo: (collection: ReviewedCollection) => Where[][],
): Promise<OwnTexts> {
  const collections = collectionsFor(req.user)
  const asked = { collections, questionsTo, fields: FIELDS, sort: 'savedAt' } as const
  return findFirstTexts(req, { ...asked, limit: most })
}

/** Whose turn it is with a text that was handed in: 「助産と監修責任者の承認を待っています」. *Pure.* */
export function whoseTurn(
  { standing, lacking }: Pick<OwnText, 'standing' | 'lacking'>,
  { policy }: Pick<ReviewOptions, 'policy'>,
): string {
  if (standing.endsWith(':approved')) return `${disciplineLabel(policy, CHIEF)}の公開を待っています`
  return `${namesOf(lacking, policy)}の承認を待っています`
}

/** Disciplines in words: 「助産と監修責任者」. *Pure.* */
export function namesOf(disciplines: readonly string[], policy: ReviewPolicy): string {
  return disciplines.map((code) => disciplineLabel(policy, code)).join('と')
}
