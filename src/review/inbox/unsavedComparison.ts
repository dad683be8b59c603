import type { PayloadRequest } from 'payload'

import { japaneseMoment } from '../../stage/japaneseDate'
import { saverOf } from '../gate/staleSaves'
import { freezeDocument } from '../queries/contentOwner'
import { loadReview, type ReviewedCollection } from '../queries/load'
import { besideChanges, besideOf } from '../rules/beside'
import { changesBetween, type FieldChange } from '../rules/changes'
import { differenceOf } from '../rules/difference'
import type { StoredDocument } from '../rules/freeze'
import { findPlaceNames } from './placeNames'
import type { InboxOptions } from './reviewInbox'

/** What stands in somebody's form, and what was saved meanwhile. */
export interface UnsavedComparison {
  /** ISO instant of the newest version; to be named by the next save. */
  updatedAt: string
  /** Who saved it, in words, and when. */
  savedBy: string
  savedAt: string
  /** From what is stored to what is typed; empty: the same. */
  changes: FieldChange[]
}

/**
 * Compares what a person has typed with the newest version of the document.
 *
 * @throws ReviewRefusal NOT_FOUND when it is not there or the person may not read it.
 */
export async function compareUnsaved(
  req: PayloadRequest,
  { collection, id, typed }: { collection: ReviewedCollection; id: string; typed: StoredDocument },
  options: InboxOptions,
): Promise<UnsavedComparison> {
  const review = await loadReview(req, { collection, id }, options.policy)
  const { document, content } = review
  const mine = { ...document, ...typed }
  const names = (await findPlaceNames(req, options)).fieldNamesOf(review)
  const { blockIds: _, ...ownNames } = names
  const frozen = await freezeDocument(req, collection, mine)
  return {
    updatedAt: String(document.updatedAt),
    savedBy: await saverOf(req, document),
    savedAt: japaneseMoment(String(document.updatedAt)),
    changes: [
      ...titleChange(document, mine, collection),
      ...changesBetween(content, frozen, ownNames),
      ...besideChanges(besideOf(document), besideOf(mine), options.policy),
    ],
  }
}

/** The title of a manuscript is no part of what readers see, but it was typed. */
function titleChange(
  before: StoredDocument,
  after: StoredDocument,
  collection: ReviewedCollection,
): FieldChange[] {
  const [old, now] = [before, after].map(({ title }) => String(title ?? ''))
  if (collection !== 'manuscripts' || old === now) return []
  const parts = differenceOf(old ?? '', now ?? '')
  return [{ path: 'title', label: '題名', kind: 'changed', parts }]
}
