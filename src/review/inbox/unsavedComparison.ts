import type { PayloadRequest } from 'payload'

import { japaneseMoment } from '../../stage/japaneseDate'
import { saverOf } from '../gate/staleSaves'
import { loadReview, type ReviewedCollection } from '../queries/load'
import type { FieldChange } from '../rules/changes'
import type { StoredDocument } from '../rules/freeze'
import { documentChanges } from './documentChanges'
import { findPlaceNames } from './placeNames'
import type { InboxOptions } from './reviewInbox'

/** What stands in somebody's form, and what was saved meanwhile. */
export interface UnsavedComparison {
  /** ISO instant of the newest version; to be named by the next save. */
  updatedAt: string
  /** Who saved it, as 「花子さんが」, and when. */
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
  const { document } = review
  const names = (await findPlaceNames(req, [review], options)).fieldNamesOf(review)
  const compared = { collection, before: document, after: { ...document, ...typed }, names }
  return {
    updatedAt: String(document.updatedAt),
    savedBy: await saverOf(req, document),
    savedAt: japaneseMoment(String(document.updatedAt)),
    changes: await documentChanges(req, compared, options.policy),
  }
}
