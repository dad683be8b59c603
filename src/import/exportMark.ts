import { canonicalHash } from '../release/canonicalHash'
import { fieldsOfKind } from '../release/contentFields'
import type { ContentKind } from '../release/contentKind'
import { plain } from './compare'
import type { Stored } from './exportCells'

/**
 * What an exported row carries to say which version it was written from: the same for the same
 * content, another after each change of what a file can change. A letter stands first, so that no
 * spreadsheet takes it for a number. *Pure.*
 */
export function exportMark(kind: ContentKind, document: Stored): string {
  const names = [...fieldsOfKind(kind).map(([name]) => name), 'blocks']
  const content = Object.fromEntries(names.map((name) => [name, plain(document[name])]))
  return `v${canonicalHash(content).slice(0, 16)}`
}

/** Whether a cell can be such a mark; a spreadsheet may have gone on counting. *Pure.* */
export function isExportMark(written: string): boolean {
  return /^v[0-9a-f]{16}$/.test(written)
}
