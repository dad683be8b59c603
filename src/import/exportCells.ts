import { BLOCK_TYPES, fieldsOf, typeOfBlock, type BlockTypes } from '../release/blocks/blockTypes'
import type { ContentField } from '../release/contentField'
import { fieldsOfKind } from '../release/contentFields'
import type { ContentKind } from '../release/contentKind'
import { parseSlot, slotLabel } from '../stage/slot'
import { findChoice, shortLabel } from './cells'
import type { CellChoice } from './cells'
import { blockChoices, blockColumns, columnOf } from './columns'
import { encodeEntry } from './lists'

/** A stored document, its relations as ids. */
export type Stored = Readonly<Record<string, unknown>>

/** Cells of one row by column name. */
export type Cells = Readonly<Record<string, string>>

/** What codes and choices are called in a file. */
export interface ExportNames {
  /** Code of a series or municipality by its id. */
  codeOf: (id: string) => string
  /** Choices of a select field of the collection, by field name. */
  choices: (field: string) => readonly CellChoice[]
  /** File name of a picture of the library by its id. */
  pictureOf?: (id: string) => string
  /** Types of block an add-on may be made of. */
  types?: BlockTypes
}

/** A manuscript as one row; the import reads every cell back as it was. *Pure.* */
export function manuscriptCells(document: Stored, names: ExportNames): Cells {
  return { id: text(document.id), ...ownCells('manuscript', document, names) }
}

/** An add-on as one row a block; what is the add-on's own stands in the first. *Pure.* */
export function addOnRows(document: Stored, names: ExportNames, number: string): Cells[] {
  const [first, ...others] = rows(document.blocks).map((block) => blockCells(block, names))
  const own = { id: number, ...addOnCells(document, names) }
  return [{ ...own, ...first }, ...others.map((block) => ({ id: number, ...block }))]
}

/** An add-on's own cells, without its blocks. *Pure.* */
export function addOnCells(document: Stored, names: ExportNames): Cells {
  return { documentId: text(document.id), ...ownCells('addOn', document, names) }
}

function ownCells(kind: ContentKind, document: Stored, names: ExportNames): Cells {
  const cells = fieldsOfKind(kind).map(
    ([name, field]) => [name, cellOf(name, field, { value: document[name], names })] as const,
  )
  return Object.fromEntries(cells)
}

function cellOf(
  name: string,
  field: ContentField,
  { value, names: { codeOf, choices } }: { value: unknown; names: ExportNames },
): string {
  switch (field.kind) {
    case 'series':
    case 'municipality':
      return codeOf(text(value))
    case 'slot':
      return slotText(value)
    case 'edition':
      return nameOf(name, value, choices(name))
    case 'editions':
    case 'topics':
      return namesOf(name, value, choices(name))
    case 'choice':
      return nameOf(name, value, field.choices)
    case 'flag':
      return value === false ? 'いいえ' : 'はい'
    case 'areas':
      return texts(value).map(encodeEntry).join('、')
    case 'number':
      return String(value ?? '')
    case 'sources':
      return rows(value).map(sourceText).join('\n')
    default:
      return text(value)
  }
}

/** One block of an add-on: the column of its type and those of all blocks. *Pure.* */
export function blockCells(
  block: Stored,
  { types = BLOCK_TYPES, pictureOf = String }: Pick<ExportNames, 'types' | 'pictureOf'>,
): Cells {
  const type = typeOfBlock(block, types)
  const written = (type ? fieldsOf(type) : []).map(([name, field]) => {
    const value = text(block[name])
    return [
      columnOf(name, field),
      field.kind === 'chosen' && value ? pictureOf(value) : value,
    ] as const
  })
  const values = new Map(written.filter(([, value]) => value !== '')) // one of two may share a column
  const cells = blockColumns(types).map(({ name }) => [name, values.get(name) ?? ''] as const)
  return {
    block: nameOf('block', block.blockType, blockChoices(types)),
    ...Object.fromEntries(cells),
  }
}

function slotText(code: unknown): string {
  try {
    return slotLabel(parseSlot(text(code)))
  } catch {
    return text(code) // stands in the file as it is; the import says what is wrong with it
  }
}

/** The label, where an import would find the value again by it. *Pure.* */
export function nameOf(column: string, value: unknown, choices: readonly CellChoice[]): string {
  const label = shortLabel(choices.find((choice) => choice.value === value)?.label ?? '')
  const isFound = findChoice(column, label, choices) === value && label === encodeEntry(label)
  return isFound ? label : text(value)
}

function namesOf(column: string, values: unknown, choices: readonly CellChoice[]): string {
  return texts(values)
    .map((value) => nameOf(column, value, choices))
    .join('、')
}

function sourceText({ title, url, accessedOn }: Stored): string {
  const parts = [title, url, accessedOn].map((part) => encodeEntry(text(part)))
  return parts.join('|').replace(/(?<!\|)\|+$/, '')
}

function text(value: unknown): string {
  return typeof value === 'string' ? value : ''
}

function texts(value: unknown): string[] {
  return Array.isArray(value) ? value.map(String) : []
}

function rows(value: unknown): Stored[] {
  return Array.isArray(value) ? (value as Stored[]) : []
}
