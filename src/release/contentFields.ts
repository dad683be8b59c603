import { ADD_ON_FIELDS } from './addOnFields'
import type { ContentField, ContentFields } from './contentField'
import type { ContentKind } from './contentKind'
import { MANUSCRIPT_FIELDS } from './manuscriptFields'

/** The fields of each kind. */
export const CONTENT_FIELDS: Readonly<Record<ContentKind, ContentFields>> = {
  manuscript: MANUSCRIPT_FIELDS,
  addOn: ADD_ON_FIELDS,
}

/** Names and fields of a kind, in the order of the form. *Pure.* */
export function fieldsOfKind(kind: ContentKind): [name: string, field: ContentField][] {
  return Object.entries(CONTENT_FIELDS[kind])
}

/** Those of them an approval is given for. *Pure.* */
export function approvedFieldsOf(kind: ContentKind): [name: string, field: ContentField][] {
  return fieldsOfKind(kind).filter(([, { isInternal = false }]) => !isInternal)
}
