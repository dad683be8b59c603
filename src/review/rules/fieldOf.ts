import type { StoredDocument } from './freeze'
import type { Review } from '../queries/load'
import { labelInBlock, reviewedFields } from './reviewedFields'
import type { FieldNames, ReviewedField, ReviewedFields } from './reviewedFields'

/** Codes as they are, for where nobody reads them. */
const CODES: FieldNames = { edition: (code) => code, series: (code) => code }

/** Row ids of an add-on's blocks, in order. *Pure.* */
export function blockIdsOf(document: StoredDocument): string[] {
  return blocksOf(document).map(({ id }) => String(id))
}

/** All fields in one list; those of a block carry its name. *Pure.* */
export function allFields({ texts, blocks, settings }: ReviewedFields): ReviewedField[] {
  const inBlocks = blocks.flatMap(({ label, fields }) =>
    fields.map((field) => ({ ...field, label: labelInBlock(label, field.label) })),
  )
  return [...texts, ...inBlocks, ...settings]
}

/** A field of the document as it is now, or null when it has none at this path. *Pure.* */
export function fieldOf(
  { content, document }: Pick<Review, 'content' | 'document'>,
  path: string,
): ReviewedField | null {
  const fields = reviewedFields(content, { ...CODES, blockIds: blockIdsOf(document) })
  return allFields(fields).find((field) => field.path === path) ?? null
}

/** The change that puts another text into a field of words found by {@link fieldOf}. *Pure.* */
export function withFieldText(
  document: StoredDocument,
  path: string,
  text: string,
): StoredDocument {
  const [first = '', row, name] = path.split('.')
  if (row === undefined || name === undefined) return { [first]: text }
  const blocks = blocksOf(document).map((block) =>
    block.id === row ? { ...block, [name]: text } : block,
  )
  return { blocks }
}

function blocksOf(document: StoredDocument): StoredDocument[] {
  return Array.isArray(document.blocks) ? (document.blocks as StoredDocument[]) : []
}
