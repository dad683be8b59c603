import type { Choice } from '../../release/choices'
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
import type { ChoiceField, ContentField } from '../../release/contentField'
import { approvedFieldsOf } from '../../release/contentFields'
import type { ContentKind } from '../../release/contentKind'
import { pictureName, type TextPicture } from '../../release/picture'
import { relatedId, type Related } from '../../cms/relation'

/** A stored document, its relations as ids or documents. */
export type StoredDocument = Readonly<Record<string, unknown>>

/** What a document keeps of the file of its picture, which never changes in the library. */
export type PictureFile = Omit<TextPicture, 'alt'> & {
  /** Id of the picture in the library. */
  of: string
}

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
  const fields = freezeFields<ManuscriptContent>('manuscript', document, series)
  return { ...fields, type: 'manuscript', ...frozenPicture(document) }
}

/** Freezes what readers see of an add-on; `municipality` is its six-digit code. *Pure.* */
export function freezeAddOn(
  document: StoredDocument,
  municipality: string,
  types: BlockTypes = BLOCK_TYPES,
): AddOnContent {
  const fields = freezeFields<AddOnContent>('addOn', document, municipality)
  const blocks = rows(document.blocks).map((row) => freezeBlock(row, types))
  return {
    ...fields,
    type: 'addOn',
    blocks: blocks.filter((frozen) => frozen !== null),
    ...frozenPicture(document),
  }
}

function frozenPicture(document: StoredDocument): { picture?: TextPicture } {
  const file = knownFile(document)
  if (!file) return {}
  const { hash = '', type = 'png', width = 0, height = 0 } = file
  return { picture: { hash, type, width, height, alt: text(document.pictureAlt) } }
}

/** A picture that is chosen and not saved yet has no file that is known: it is not shown until then. */
function knownFile(chosen: StoredDocument): Partial<PictureFile> | null {
  const file = chosen.pictureFile as Partial<PictureFile> | null | undefined
  const id = relatedId(chosen.picture as Related)
  if (!file || id === null || file.of !== id) return null
  return file
}

/** A block's picture has the fields a text's has, and its name says which bytes it is. */
function chosenName(row: StoredDocument): string {
  const { hash = '', type = 'png' } = knownFile(row) ?? {}
  return hash && pictureName({ hash, type })
}

/** The fields of the table are those of the content, which its type says. */
function freezeFields<Content extends ReleaseContent>(
  kind: Content['type'],
  document: StoredDocument,
  owner: string,
): Omit<Content, 'type' | 'blocks' | 'picture'> {
  const fields = approvedFieldsOf(kind)
    .map(([name, field]) => [name, frozenValue(field, document[name], owner)] as const)
    .filter(([, value]) => value !== undefined)
  return Object.fromEntries(fields) as Omit<Content, 'type' | 'blocks' | 'picture'>
}

function frozenValue(field: ContentField, value: unknown, owner: string): unknown {
  switch (field.kind) {
    case 'series':
    case 'municipality':
      return owner
    case 'choice':
      return chosen(value, field)
    case 'flag':
      return value !== false
    case 'day':
      return day(value)
    case 'areas':
    case 'editions':
      return texts(value)
    case 'number':
      return typeof value === 'number' ? value : 0
    default:
      return text(value)
  }
}

/** One block of an add-on; null for a row of a type nobody knows. *Pure.* */
export function freezeBlock(row: StoredDocument, types: BlockTypes): AddOnBlock | null {
  const type = typeOfBlock(row, types)
  if (!type) return null
  return blockOf(type, (name, field) => {
    const value = field.kind === 'chosen' ? chosenName(row) : text(row[name])
    return value || emptyValueOf(field)
  })
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

function chosen(value: unknown, { choices, isFirstAbsent }: ChoiceField): string | undefined {
  const one = oneOf(value, choices)
  return isFirstAbsent && one === choices[0]?.value ? undefined : one
}

function oneOf(value: unknown, choices: readonly Choice[]): string {
  return (choices.find((choice) => choice.value === value) ?? choices[0])?.value ?? ''
}
