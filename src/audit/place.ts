import { ON_PEOPLE } from '../cms/auditActions'
import { isContentCollection } from '../release/contentKind'

/** What an entry tells of, as far as the way there goes. */
export interface AuditedDocument {
  action?: unknown
  collection?: unknown
  documentId?: unknown
}

/**
 * Path in the admin of the document that an entry is about: of a text that was changed its history,
 * of what was deleted, or has no page, null. *Pure.*
 */
export function placeOf(
  { action, collection, documentId }: AuditedDocument,
  usersSlug: string,
): string | null {
  if (action === 'delete' || !/^[0-9a-f]{24}$/.test(String(documentId))) return null
  const slug = collection === ON_PEOPLE ? usersSlug : String(collection)
  const document = `/collections/${slug}/${String(documentId)}`
  const isOfText = isContentCollection(slug) && (action === 'edit' || action === 'create')
  return isOfText ? `${document}/versions` : document
}
