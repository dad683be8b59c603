import { ADD_ON_COLUMNS, MANUSCRIPT_COLUMNS } from './columns'
import { addOnCells, blockCells, manuscriptCells } from './exportCells'
import type { ExportNames, Stored } from './exportCells'
import type { ImportKind } from './report'

/** One field that an import changes, as a clerk would see it in a file. */
export interface FieldChange {
  field: string
  label: string
  before: string
  after: string
}

/** Before and after of the changed fields of one document. *Pure.* */
export function describeChanges(
  fields: readonly string[],
  { stored, given }: { stored: Stored; given: Stored },
  { kind, names }: { kind: ImportKind; names: ExportNames },
): FieldChange[] {
  const columns = kind === 'manuscripts' ? MANUSCRIPT_COLUMNS : ADD_ON_COLUMNS
  const cellsOf = (document: Stored) =>
    kind === 'manuscripts'
      ? manuscriptCells(document, names)
      : { ...addOnCells(document, names), blocks: blocksText(document.blocks, names) }
  const before = cellsOf(stored)
  const after = cellsOf({ ...stored, ...given })
  return fields.map((field) => ({
    field,
    label: columns.find(({ name }) => name === field)?.aliases[0] ?? '部品',
    before: before[field] ?? '',
    after: after[field] ?? '',
  }))
}

function blocksText(blocks: unknown, { types }: ExportNames): string {
  if (!Array.isArray(blocks)) return ''
  return (blocks as Stored[])
    .map((block) =>
      Object.values(blockCells(block, types))
        .filter((cell) => cell !== '')
        .join(' / '),
    )
    .join('\n')
}
