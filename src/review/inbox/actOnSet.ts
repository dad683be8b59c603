import type { PayloadRequest } from 'payload'

import { asStored } from '../../cms/stored'
import { seenBy } from '../operations/act'
import { createApprove } from '../operations/approve'
import { createPublish } from '../operations/publish'
import type { ReviewedCollection } from '../queries/load'
import { ReviewRefusal } from '../../cms/refusal'
import { titleOf } from '../rules/title'
import type { InboxOptions } from './reviewInbox'

/** One text of a set, with the content the person saw. */
export interface SeenText {
  collection: ReviewedCollection
  id: string
  contentHash: string
  submission?: string | null | undefined
}

/** What became of one text of a set. */
export interface SetOutcome {
  collection: ReviewedCollection
  id: string
  title: string
  isDone: boolean
  /** Why not, one sentence each; empty when it was done. */
  sentences: string[]
}

/** What is done to a set at once. */
export const SET_ACTS = ['approve', 'publish'] as const

/** One of {@link SET_ACTS}. */
export type SetAct = (typeof SET_ACTS)[number]

/** Does it to every text of a set that is still what the person saw; tells what became of each. */
export type ActOnSet = (req: PayloadRequest, texts: readonly SeenText[]) => Promise<SetOutcome[]>

/**
 * Makes the operation that approves or publishes a set: each text in a transaction of its own, so that
 * one that was edited meanwhile, or at which something broke, keeps none of the others.
 */
export function createActOnSet(
  act: SetAct,
  options: Pick<InboxOptions, 'policy' | 'now'>,
): ActOnSet {
  const one = act === 'approve' ? createApprove(options) : createPublish(options)
  return async (req, texts) => {
    const outcomes: SetOutcome[] = []
    for (const text of texts) {
      const { collection, id } = text
      const title = await findTitle(req, text)
      const target = { collection, id, ...seenBy(text) }
      const sentences = await one(req.payload, req, target).then(
        () => [],
        (error: unknown) => sentencesOf(req, error),
      )
      outcomes.push({ collection, id, title, isDone: sentences.length === 0, sentences })
    }
    return outcomes
  }
}

function sentencesOf({ payload }: PayloadRequest, error: unknown): string[] {
  if (error instanceof ReviewRefusal) return error.message.split('\n')
  payload.logger.error(error) // the others of the set are told of all the same
  return [BROKE]
}

const BROKE =
  '思わぬ誤りがあり、できませんでした。この原稿は元のままです。もう一度お試しください。続くときは、システム管理者に知らせてください。'

async function findTitle(req: PayloadRequest, { collection, id }: SeenText): Promise<string> {
  const found = await req.payload.findByID({
    collection,
    id,
    req,
    depth: 0,
    draft: true,
    disableErrors: true,
    overrideAccess: false,
    // Payload types the select of a collection that is one of two as fields of both.
    select: { title: true } as never,
  })
  return titleOf(asStored<Record<string, unknown> | null>(found)) || '(見つからない原稿)'
}
