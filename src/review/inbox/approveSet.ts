import type { PayloadRequest } from 'payload'

import { asStored } from '../../cms/stored'
import { seenBy } from '../operations/act'
import { createApprove } from '../operations/approve'
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
  isApproved: boolean
  /** Why not, one sentence each; empty when it was approved. */
  sentences: string[]
}

/** Approves every text of a set that is still what the person saw; tells what became of each. */
export type ApproveSet = (req: PayloadRequest, texts: readonly SeenText[]) => Promise<SetOutcome[]>

/**
 * Makes the operation that approves a set: each text in a transaction of its own, so that one that
 * was edited meanwhile keeps none of the others.
 */
export function createApproveSet(options: Pick<InboxOptions, 'policy' | 'now'>): ApproveSet {
  const approve = createApprove(options)
  return async (req, texts) => {
    const outcomes: SetOutcome[] = []
    for (const text of texts) {
      const { collection, id } = text
      const title = await findTitle(req, text)
      const target = { collection, id, ...seenBy(text) }
      const sentences = await approve(req.payload, req, target).then(() => [], sentencesOf)
      outcomes.push({ collection, id, title, isApproved: sentences.length === 0, sentences })
    }
    return outcomes
  }
}

function sentencesOf(error: unknown): string[] {
  if (error instanceof ReviewRefusal) return error.message.split('\n')
  throw error
}

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
