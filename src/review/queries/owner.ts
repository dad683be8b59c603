import type { PayloadRequest } from 'payload'

import type { ReleaseContent } from '../../release/content'
import { freezeAddOn, freezeManuscript } from '../rules/freeze'
import type { StoredDocument } from '../rules/freeze'
import type { ReviewedCollection } from './load'
import { relatedId } from '../../cms/relation'
import { findOwnerById } from '../../cms/requestMemory'
import type { Related } from '../../cms/relation'

/** The series or municipality a document belongs to, as far as freezing needs it. */
export interface Owner {
  type: 'series' | 'municipalities'
  code?: string
  contactVariables?: { name: string; value: string }[] | null
}

/** Reads the series or municipality of a stored document. */
export async function findOwner(
  req: PayloadRequest,
  collection: ReviewedCollection,
  document: StoredDocument,
): Promise<Owner> {
  const type = collection === 'manuscripts' ? 'series' : 'municipalities'
  const related = type === 'series' ? document.series : document.municipality
  const id = relatedId(related as Related)
  if (id === null) return { type }
  const found = await findOwnerById(req, type, id)
  return { ...(found as unknown as Omit<Owner, 'type'> | null), type }
}

/** Freezes a document of this series or municipality. *Pure.* */
export function freezeFor(owner: Owner, document: StoredDocument): ReleaseContent {
  const code = owner.code ?? ''
  return owner.type === 'series' ? freezeManuscript(document, code) : freezeAddOn(document, code)
}

/** The words a municipality's texts may use besides its contact's, with their values. *Pure.* */
export function contactVariablesOf({
  contactVariables,
}: Pick<Owner, 'contactVariables'>): Record<string, string> {
  return Object.fromEntries((contactVariables ?? []).map(({ name, value }) => [name, value]))
}

/** Freezes a stored document; reads its series or municipality for the code. */
export async function freezeDocument(
  req: PayloadRequest,
  collection: ReviewedCollection,
  document: StoredDocument,
): Promise<ReleaseContent> {
  return freezeFor(await findOwner(req, collection, document), document)
}
