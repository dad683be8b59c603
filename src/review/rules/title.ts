import type { StoredDocument } from './freeze'

/** The title a document is known by to those who work on it; empty when it has none. *Pure.* */
export function titleOf(document: StoredDocument | null | undefined): string {
  return typeof document?.title === 'string' ? document.title : ''
}
