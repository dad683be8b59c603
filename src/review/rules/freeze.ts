import {
  BLOCK_TYPES,
  blockOf,
  emptyValueOf,
  typeOfBlock,
  type BlockTypes,
} from '../../release/blocks/blockTypes'
import type {
  AddOnBlock,
  AddOnContent,
  ManuscriptContent,
  ReleaseContent,
} from '../../release/content'
import type { ContentKind } from '../../release/contentKind'

/** A stored document, its relations as ids or documents. */
export type StoredDocument = Readonly<Record<string, unknown>>

/**
 * Freezes what readers see of a document; `owner` is the code of the series or municipality it
 * belongs to. *Pure.*
 */
export function freezeContent(
  kind: ContentKind,
  document: StoredDocument,
  owner: string,
): ReleaseContent {
  return kind === 'manuscript' ? freezeManuscript(document, owner) : freezeAddOn(document, owner)
}

/** Freezes what readers see of a manuscript; `series` is the series' code. *Pure.* */
export function freezeManuscript(document: StoredDocument, series: string): ManuscriptContent {
  return {
    type: 'manuscript',
    series,
    slot: text(document.slot),
    edition: text(document.edition),
    kind: oneOf(document.kind, ['stage', 'milestone', 'question']),
    body: text(document.body),
    subject: text(document.subject),
    ageBasis: oneOf(document.ageBasis, ['calendar', 'corrected']),
    monthRule: oneOf(document.monthRule, ['friendly', 'legal']),
  }
}

/** Freezes what readers see of an add-on; `municipality` is its six-digit code. *Pure.* */
export function freezeAddOn(
  document: StoredDocument,
  municipality: string,
  types: BlockTypes = BLOCK_TYPES,
): AddOnContent {
  return {
    type: 'addOn',
    municipality,
    title: text(document.title),
    from: text(document.from),
    to: text(document.to),
    isEndIncluded: document.isEndIncluded !== false,
    timing: oneOf(document.timing, ['once', 'every']),
    validFrom: day(document.validFrom),
    validTo: day(document.validTo),
    areas: texts(document.areas),
    editions: texts(document.editions),
    monthRule: oneOf(document.monthRule, ['friendly', 'legal']),
    order: typeof document.order === 'number' ? document.order : 0,
    blocks: rows(document.blocks)
      .map((row) => block(row, types))
      .filter((frozen) => frozen !== null),
  }
}

/** A row of a type nobody knows is left out. */
function block(row: StoredDocument, types: BlockTypes): AddOnBlock | null {
  const type = typeOfBlock(row, types)
  return type && blockOf(type, (name, field) => text(row[name]) || emptyValueOf(field))
}

function text(value: unknown): string {
  return typeof value === 'string' ? value : ''
}

/** Days are stored as `YYYY-MM-DD`; an instant a date picker stored keeps its calendar part. */
function day(value: unknown): string | null {
  return text(value).slice(0, 10) || null
}

/** A list of texts, of `{ name }` rows, or nothing. */
function texts(value: unknown): string[] {
  if (!Array.isArray(value)) return []
  return value.map((entry: unknown) =>
    typeof entry === 'object' && entry !== null && 'name' in entry ? text(entry.name) : text(entry),
  )
}

function rows(value: unknown): StoredDocument[] {
  return Array.isArray(value) ? (value as StoredDocument[]) : []
}

function oneOf<T extends string>(value: unknown, choices: readonly [T, ...T[]]): T {
  return choices.find((choice) => choice === value) ?? choices[0]
}
