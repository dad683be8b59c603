import type { ContentKind } from '../release/contentKind'
import { COLUMNS } from './columns'
import { addOnCells, blockCells, manuscriptCells } from './exportCells'
import type { Cells, ExportNames, Stored } from './exportCells'

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
  { kind, names }: { kind: ContentKind; names: ExportNames },
): FieldChange[] {
  const columns = COLUMNS[kind]
  const cellsOf = (document: Stored) => CELLS[kind](document, names)
  const before = cellsOf(stored)
  const after = cellsOf({ ...stored, ...given })
  return fields.map((field) => ({
    field,
    label: columns.find(({ name }) => name === field)?.aliases[0] ?? '部品',
    before: before[field] ?? '',
    after: after[field] ?? '',
  }))
}

/** All cells of a document, its blocks as one. */
const CELLS: Readonly<Record<ContentKind, (document: Stored, names: ExportNames) => Cells>> = {
  manuscript: manuscriptCells,
  addOn: (document, names) => ({
    ...addOnCells(document, names),
    blocks: blocksText(document.blocks, names),
  }),
}

function blocksText(blocks: unknown, names: ExportNames): string {
  if (!Array.isArray(blocks)) return ''
  return (blocks as Stored[])
    .map((block) =>
      Object.values(blockCells(block, names))
        .filter((cell) => cell !== '')
        .join(' / '),
    )
    .join('\n')
}
