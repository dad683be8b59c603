import type { Block, Field } from 'payload'

import type { BlockField, BlockType } from '../release/blocks/blockType'
import { BLOCK_TYPES, fieldsOf, type BlockTypes } from '../release/blocks/blockTypes'
import { MAX_ADDRESS_LENGTH } from '../release/webAddress'
import { chosenPictureFields } from '../media/textPicture'
import { checkBlockField } from '../review/gate/contentChecks'

/** Blocks that contributors may propose. */
export const PROPOSABLE_BLOCKS = BLOCK_TYPES.filter(({ isProposable }) => isProposable)

/** The form of each type of block, as Payload asks for it. *Pure.* */
export function blockForms(types: BlockTypes = BLOCK_TYPES): Block[] {
  return types.map((type) => ({
    slug: type.blockType,
    admin: { disableBlockName: true },
    labels: { singular: type.label, plural: type.label },
    fields: inRows(type),
  }))
}

/** Half fields that follow each other share a line. */
function inRows(type: BlockType): Field[] {
  const fields: Field[] = []
  let halves: Field[] = []
  for (const [name, field] of fieldsOf(type)) {
    if (!field.isHalf) {
      halves = []
      fields.push(...formFields(name, field))
      continue
    }
    if (halves.length === 0) fields.push({ type: 'row', fields: halves })
    halves.push(...formFields(name, field))
  }
  return fields
}

function formFields(name: string, field: BlockField): Field[] {
  return field.kind === 'chosen' ? chosenPictureFields(name, field) : [wordsField(name, field)]
}

function wordsField(name: string, field: Exclude<BlockField, { kind: 'chosen' }>): Field {
  const { label, help, isRequired = false, component, isFilled = false } = field
  const description = {
    ...(help && { description: help }),
    ...(component && { components: { Field: component } }),
    ...(isFilled && { readOnly: true }),
    ...shownWith(name, field),
  }
  const maxLength = 'max' in field ? field.max : MAX_ADDRESS_LENGTH
  const shared = { name, label, required: isRequired, maxLength, validate: checkBlockField }
  const rows = 'rows' in field ? field.rows : undefined
  return rows === undefined
    ? { ...shared, type: 'text', admin: description }
    : { ...shared, type: 'textarea', admin: { rows, ...description } }
}

/** Words of a picture are asked with it; the address of one where there is one from before. */
function shownWith(name: string, field: BlockField) {
  const other = 'altOf' in field ? field.altOf : undefined
  const asked = field.kind === 'picture' ? name : other
  if (field.isFilled) return { condition: isThere(name) }
  if (asked === undefined) return {}
  return { condition: isThere(asked) }
}

function isThere(name: string) {
  return (_: unknown, block: Record<string, unknown>) => Boolean(block?.[name])
}
