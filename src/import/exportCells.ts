import { AGE_BASES, KINDS, MONTH_RULES, TIMINGS } from '../fields/choices'
import { BLOCK_TYPES, fieldsOf, typeOfBlock, type BlockTypes } from '../release/blocks/blockTypes'
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
  /** Types of block an add-on may be made of. */
  types?: BlockTypes
}

/** A manuscript as one row; the import reads every cell back as it was. *Pure.* */
export function manuscriptCells(document: Stored, { codeOf, choices }: ExportNames): Cells {
  const choice = (name: string, known = choices(name)) => nameOf(name, document[name], known)
  return {
    id: text(document.id),
    series: codeOf(text(document.series)),
    slot: slotText(document.slot),
    edition: choice('edition'),
    kind: choice('kind', KINDS),
    title: text(document.title),
    subject: text(document.subject),
    body: text(document.body),
    topics: namesOf('topics', document.topics, choices('topics')),
    ageBasis: choice('ageBasis', AGE_BASES),
    monthRule: choice('monthRule', MONTH_RULES),
    sources: rows(document.sources).map(sourceText).join('\n'),
  }
}

/** An add-on as one row a block; what is the add-on's own stands in the first. *Pure.* */
export function addOnRows(document: Stored, names: ExportNames, number: string): Cells[] {
  const [first, ...others] = rows(document.blocks).map((block) => blockCells(block, names.types))
  const own = { id: number, ...addOnCells(document, names) }
  return [{ ...own, ...first }, ...others.map((block) => ({ id: number, ...block }))]
}

/** An add-on's own cells, without its blocks. *Pure.* */
export function addOnCells(document: Stored, { codeOf, choices }: ExportNames): Cells {
  return {
    documentId: text(document.id),
    municipality: codeOf(text(document.municipality)),
    title: text(document.title),
    from: slotText(document.from),
    to: slotText(document.to),
    isEndIncluded: document.isEndIncluded === false ? 'いいえ' : 'はい',
    timing: nameOf('timing', document.timing, TIMINGS),
    validFrom: text(document.validFrom),
    validTo: text(document.validTo),
    areas: texts(document.areas).map(encodeEntry).join('、'),
    editions: namesOf('editions', document.editions, choices('editions')),
    monthRule: nameOf('monthRule', document.monthRule, MONTH_RULES),
    order: String(document.order ?? ''),
    topics: namesOf('topics', document.topics, choices('topics')),
  }
}

/** One block of an add-on: the column of its type and those of all blocks. *Pure.* */
export function blockCells(block: Stored, types: BlockTypes = BLOCK_TYPES): Cells {
  const type = typeOfBlock(block, types)
  const values = new Map(
    type ? fieldsOf(type).map(([name, field]) => [columnOf(name, field), text(block[name])]) : [],
  )
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

/** The label, where an import would find the value again by it. */
function nameOf(column: string, value: unknown, choices: readonly CellChoice[]): string {
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
  return parts.join('|').replace(/\|+$/, '')
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
