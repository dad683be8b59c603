import { readSlot } from '../../fields/slotField'
import {
  BLOCK_TYPES,
  fieldsOf,
  typeOfBlock,
  type BlockTypes,
} from '../../release/blocks/blockTypes'
import { normaliseText } from '../../release/canonical'
import type { AddOnBlock, ReleaseContent } from '../../release/content'
import type { ChoiceField, ContentField } from '../../release/contentField'
import { approvedFieldsOf } from '../../release/contentFields'
import { isLocalDay } from '../../stage/day'
import { dayLabel } from '../../stage/japaneseDate'
import { slotLabel } from '../../stage/slot'

/** One thing an approval is given for, in words. */
export interface ReviewedField {
  /** Its place in the stored document, e.g. `body` or `blocks.<row id>.text`. */
  path: string
  label: string
  /** Its value as a person reads it; empty when there is none. */
  text: string
  /** Whether somebody can propose another wording for it. */
  isText: boolean
}

/** A part of an add-on with the fields in it. */
export interface ReviewedBlock {
  blockType: string
  label: string
  fields: ReviewedField[]
}

/** Everything an approval is given for, in the order of the form. */
export interface ReviewedFields {
  texts: ReviewedField[]
  blocks: ReviewedBlock[]
  settings: ReviewedField[]
}

/** Names that stand for codes in what a person reads. */
export interface FieldNames {
  /** Label of an edition's code. */
  edition: (code: string) => string
  /** Name of a series' code. */
  series: (code: string) => string
  /** Row ids of the add-on's blocks, in order; without them the place of a block is its number. */
  blockIds?: readonly string[]
  /** The same of what it is compared with; without them its parts are matched by their types. */
  blockIdsBefore?: readonly string[]
  /** Types of block an add-on may be made of. */
  types?: BlockTypes
}

/** Name of a field in a part of an add-on: 「リンク アドレス」, and 「文章」 of the text's one field. *Pure.* */
export function labelInBlock(block: string, field: string): string {
  return block === field ? block : `${block} ${field}`
}

/** The fields of a content as a reviewer reads them. *Pure.* */
export function reviewedFields(content: ReleaseContent, names: FieldNames): ReviewedFields {
  const values: Readonly<Record<string, unknown>> = { ...content }
  const fields = approvedFieldsOf(content.type).flatMap(([name, field]) =>
    reviewedField(name, field, { value: values[name], names }),
  )
  const blocks = content.type === 'manuscript' ? [] : content.blocks
  const { types = BLOCK_TYPES } = names
  return {
    texts: fields.filter(({ isText }) => isText),
    blocks: blocks.flatMap((block, index) =>
      reviewedBlock(block, names.blockIds?.[index] ?? index, types),
    ),
    settings: [...fields.filter(({ isText }) => !isText), pictureField(content)],
  }
}

function pictureField(content: ReleaseContent): ReviewedField {
  return { path: 'picture', label: PICTURE_LABEL, text: pictureWords(content), isText: false }
}

/** What the picture of a text is called in forms and for reviewers. */
export const PICTURE_LABEL = '絵・写真'

/** The words of a picture, and enough of its file to tell it from another; empty without. *Pure.* */
export function pictureWords({ picture }: Pick<ReleaseContent, 'picture'>): string {
  if (!picture) return ''
  const { hash, width, height, alt } = picture
  return `${normaliseText(alt)}(横 ${width} × 縦 ${height}、${markOf(hash)})`
}

/** Hex digits that tell pictures apart for people; the whole hash is what is approved. */
const PICTURE_MARK = 8

/** Of a hash or of a name, which begins with it. */
function markOf(hash: string): string {
  return `画像の印 ${hash.slice(0, PICTURE_MARK)}`
}

function reviewedField(
  name: string,
  field: ContentField,
  { value, names }: { value: unknown; names: FieldNames },
): ReviewedField[] {
  if (field.kind === 'line' || field.kind === 'lines')
    return [text(name, field.label, String(value))]
  const shown = settingText(field, value, names)
  return shown === null ? [] : [{ path: name, label: field.label, text: shown, isText: false }]
}

/** A setting in words; null for whose add-on it is, which its reviewers know. */
function settingText(field: ContentField, value: unknown, names: FieldNames): string | null {
  switch (field.kind) {
    case 'municipality':
      return null
    case 'series':
      return names.series(String(value))
    case 'slot':
      return slotName(String(value))
    case 'edition':
      return names.edition(String(value))
    case 'editions':
      return listText(value, names.edition)
    case 'areas':
      return listText(value, String)
    case 'choice':
      return choiceLabel(field, value)
    case 'flag':
      return value ? 'はい' : 'いいえ'
    case 'day':
      return isLocalDay(String(value)) ? dayLabel(String(value)) : String(value ?? '制限なし')
    default:
      return String(value)
  }
}

function listText(value: unknown, nameOf: (code: string) => string): string {
  const codes = Array.isArray(value) ? value.map(String) : []
  return codes.toSorted().map(nameOf).join('、') || 'すべて'
}

function reviewedBlock(
  block: AddOnBlock,
  row: string | number,
  types: BlockTypes,
): ReviewedBlock[] {
  const type = typeOfBlock(block, types)
  if (!type) return []
  const { blockType, label } = type
  const fields = fieldsOf(type).map(([name, { kind, label: of }]) => {
    const [path, value] = [`blocks.${row}.${name}`, block[name] ?? '']
    if (kind !== 'chosen') return text(path, of, value)
    return { path, label: of, text: value && markOf(value), isText: false }
  })
  return [{ blockType, label, fields }]
}

function text(path: string, label: string, value: string): ReviewedField {
  return { path, label, text: normaliseText(value), isText: true }
}

function slotName(code: string): string {
  const slot = readSlot(code)
  return slot ? slotLabel(slot) : code
}

/** What is not written is the first choice. */
function choiceLabel({ choices }: ChoiceField, value: unknown): string {
  const known = value === undefined ? choices[0] : choices.find((one) => one.value === value)
  return known?.label ?? String(value)
}
