import type { PayloadRequest } from 'payload'

import { CONTENT_KINDS, kindOfCollection, type ContentKind } from '../../release/contentKind'
import { asStored } from '../../cms/stored'
import type { ReleaseContent } from '../../release/content'
import { freezeContent } from '../rules/freeze'
import type { StoredDocument } from '../rules/freeze'
import type { ReviewedCollection } from './load'
import { relatedId } from '../../cms/relation'
import { findContentOwnerById } from '../../cms/requestMemory'

/** The series or municipality a document belongs to, as far as freezing needs it. */
export interface ContentOwner {
  kind: ContentKind
  code?: string
  contactVariables?: { name: string; value: string }[] | null
}

/** Reads the series or municipality of a stored document. */
export async function findContentOwner(
  req: PayloadRequest,
  collection: ReviewedCollection,
  document: StoredDocument,
): Promise<ContentOwner> {
  const kind = kindOfCollection(collection)
  const { ownerCollection, ownerField } = CONTENT_KINDS[kind]
  const id = relatedId(document[ownerField])
  if (id === null) return { kind }
  const found = await findContentOwnerById(req, ownerCollection, id)
  return { ...asStored<Omit<ContentOwner, 'kind'> | null>(found), kind }
}

/** Freezes a document of this series or municipality. *Pure.* */
export function freezeFor(owner: ContentOwner, document: StoredDocument): ReleaseContent {
  return freezeContent(owner.kind, document, owner.code ?? '')
}

/** The words a municipality's texts may use besides its contact's, with their values. *Pure.* */
export function contactVariablesOf({
  contactVariables,
}: Pick<ContentOwner, 'contactVariables'>): Record<string, string> {
  return Object.fromEntries((contactVariables ?? []).map(({ name, value }) => [name, value]))
}

/** Freezes a stored document; reads its series or municipality for the code. */
export async function freezeDocument(
  req: PayloadRequest,
  collection: ReviewedCollection,
  document: StoredDocument,
): Promise<ReleaseContent> {
  return freezeFor(await findContentOwner(req, collection, document), document)
}
