import { AGE_BASES, KINDS, MONTH_RULES, TIMINGS } from '../../fields/choices'
import { readSlot } from '../../fields/slotField'
import {
  BLOCK_TYPES,
  fieldsOf,
  typeOfBlock,
  type BlockTypes,
} from '../../release/blocks/blockTypes'
import { normaliseText } from '../../release/canonical'
import type {
  AddOnBlock,
  AddOnContent,
  ManuscriptContent,
  ReleaseContent,
} from '../../release/content'
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
  /** Types of block an add-on may be made of. */
  types?: BlockTypes
}

/** The fields of a content as a reviewer reads them. *Pure.* */
export function reviewedFields(content: ReleaseContent, names: FieldNames): ReviewedFields {
  return content.type === 'manuscript' ? ofManuscript(content, names) : ofAddOn(content, names)
}

function ofManuscript(content: ManuscriptContent, names: FieldNames): ReviewedFields {
  return {
    texts: [text('subject', 'メールの件名', content.subject), text('body', '本文', content.body)],
    blocks: [],
    settings: [
      setting('series', 'シリーズ', names.series(content.series)),
      setting('slot', '配信日', slotName(content.slot)),
      setting('edition', '版', names.edition(content.edition)),
      setting('kind', '種類', choice(KINDS, content.kind)),
      setting('ageBasis', '月齢の数え方', choice(AGE_BASES, content.ageBasis)),
      setting('monthRule', '月の数え方', choice(MONTH_RULES, content.monthRule)),
    ],
  }
}

function ofAddOn(content: AddOnContent, names: FieldNames): ReviewedFields {
  return {
    texts: [text('title', '見出し', content.title)],
    blocks: content.blocks.flatMap((block, index) =>
      reviewedBlock(block, names.blockIds?.[index] ?? index, names.types ?? BLOCK_TYPES),
    ),
    settings: [
      setting('from', 'ここから', slotName(content.from)),
      setting('to', 'ここまで', slotName(content.to)),
      setting('isEndIncluded', '「ここまで」の日を含む', content.isEndIncluded ? 'はい' : 'いいえ'),
      setting('timing', '送る回数', choice(TIMINGS, content.timing)),
      setting('validFrom', '掲載を始める日', content.validFrom ?? '制限なし'),
      setting('validTo', '掲載を終える日', content.validTo ?? '制限なし'),
      setting('areas', '地区', content.areas.toSorted().join('、') || 'すべて'),
      setting(
        'editions',
        '版',
        content.editions.toSorted().map(names.edition).join('、') || 'すべて',
      ),
      setting('monthRule', '月の数え方', choice(MONTH_RULES, content.monthRule)),
      setting('order', '並び順', String(content.order)),
    ],
  }
}

function reviewedBlock(
  block: AddOnBlock,
  row: string | number,
  types: BlockTypes,
): ReviewedBlock[] {
  const type = typeOfBlock(block, types)
  if (!type) return []
  const { blockType, label } = type
  const fields = fieldsOf(type).map(([name, field]) =>
    text(`blocks.${row}.${name}`, field.label, block[name] ?? ''),
  )
  return [{ blockType, label, fields }]
}

function text(path: string, label: string, value: string): ReviewedField {
  return { path, label, text: normaliseText(value), isText: true }
}

function setting(path: string, label: string, value: string): ReviewedField {
  return { path, label, text: value, isText: false }
}

function choice(choices: readonly { value: string; label: string }[], value: string): string {
  return choices.find((known) => known.value === value)?.label ?? value
}

function slotName(code: string): string {
  const slot = readSlot(code)
  return slot ? slotLabel(slot) : code
}
