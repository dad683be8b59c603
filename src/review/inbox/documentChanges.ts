import type { PayloadRequest } from 'payload'

import { freezeDocument } from '../queries/contentOwner'
import type { ReviewedCollection } from '../queries/load'
import { besideChanges, besideOf } from '../rules/beside'
import { changesBetween, type FieldChange } from '../rules/changes'
import { differenceOf } from '../rules/difference'
import { blockIdsOf } from '../rules/fieldOf'
import type { StoredDocument } from '../rules/freeze'
import type { ReviewPolicy } from '../rules/policy'
import type { FieldNames } from '../rules/reviewedFields'

interface Compared {
  collection: ReviewedCollection
  before: StoredDocument
  after: StoredDocument
  names: FieldNames
}

/**
 * All that a person has typed into a document, from one state of it to another; empty: the same.
 * Paths name rows by their ids.
 */
export async function documentChanges(
  req: PayloadRequest,
  { collection, before, after, names }: Compared,
  policy: ReviewPolicy,
): Promise<FieldChange[]> {
  const ownNames = {
    ...names,
    blockIds: blockIdsOf(after),
    blockIdsBefore: blockIdsOf(before),
  }
  const [old, now] = [
    await freezeDocument(req, collection, before),
    await freezeDocument(req, collection, after),
  ]
  return [
    ...titleChange(before, after, collection),
    ...changesBetween(old, now, ownNames),
    ...besideChanges(besideOf(before), besideOf(after), policy),
  ]
}

/** The title of a manuscript is no part of what readers see, but it was typed. */
function titleChange(
  before: StoredDocument,
  after: StoredDocument,
  collection: ReviewedCollection,
): FieldChange[] {
  const [old = '', now = ''] = [before, after].map(({ title }) => String(title ?? ''))
  if (collection !== 'kizuna-manuscripts' || old === now) return []
  return [{ path: 'title', label: '題名', kind: 'changed', parts: differenceOf(old, now) }]
}
