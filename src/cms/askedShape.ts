import {
  ValidationError,
  type CollectionBeforeOperationHook,
  type FlattenedField,
  type PayloadRequest,
} from 'payload'

import { isPlainObject } from './askedFilter'

const SENTENCES = {
  text: '文字で入れてください。',
  texts: '文字の一覧で入れてください。',
  number: '数で入れてください。',
  mark: '印の有無(true か false)で入れてください。',
  group: '項目の名前と値の組で入れてください。',
  rows: '行の一覧で入れてください。',
  relation: '一覧から選び直してください。',
  relations: '一覧から選び直してください。',
} as const

type Shape = keyof typeof SENTENCES

/**
 * Refuses values of another kind than their field holds, before the fields' own checks read them: a
 * list where a word belongs made the check itself fall over, and the person got a 500. It is asked
 * before every write that is not the server's own, whatever the door.
 *
 * @throws ValidationError (in the operation) at each field, with a Japanese sentence.
 */
export const checkAskedShape: CollectionBeforeOperationHook = (call) => {
  const { args, collection, operation, overrideAccess, req } = call
  if (overrideAccess || (operation !== 'create' && operation !== 'update')) return
  const { data } = args as { data?: unknown }
  const errors = wrongIn(data, collection.flattenedFields, '')
  if (errors.length > 0) throw wrongShape(req, collection.slug, errors)
}

interface WrongShape {
  path: string
  message: string
}

function wrongIn(data: unknown, fields: readonly FlattenedField[], at: string): WrongShape[] {
  if (!isPlainObject(data)) return []
  const unnamed = Object.keys(data).filter(isPath)
  return [
    ...unnamed.map((name) => ({ path: `${at}${name}`, message: NO_FIELD })),
    ...fields.flatMap((field) => {
      const value = data[field.name]
      if (value === undefined) return []
      return wrongAt(value, field, `${at}${field.name}`)
    }),
  ]
}

const NO_FIELD = 'この名前の項目はありません。項目は、点でつながずに、入れ子で書いてください。'

/**
 * Whether a name would be read as a way into a document, or as an order, by the database alone: what
 * is written so passes the field's rights and checks (`roles.1`, `blocks.7`).
 */
function isPath(name: string): boolean {
  return name.includes('.') || name.startsWith('$')
}

function wrongAt(value: unknown, field: FlattenedField, path: string): WrongShape[] {
  const shape = shapeOf(field)
  if (shape === null) return []
  if (!isOf(shape, value)) return [{ path, message: SENTENCES[shape] }]
  if (shape === 'group' && 'flattenedFields' in field) {
    return wrongIn(value, field.flattenedFields, `${path}.`)
  }
  if (shape !== 'rows' || !Array.isArray(value)) return []
  return value.flatMap((row, index) => wrongIn(row, rowFields(field, row), `${path}.${index}.`))
}

function shapeOf(field: FlattenedField): Shape | null {
  switch (field.type) {
    case 'text':
    case 'select':
    case 'number':
      if ('hasMany' in field && field.hasMany) return 'texts'
      return field.type === 'number' ? 'number' : 'text'
    case 'textarea':
    case 'email':
    case 'code':
    case 'date':
    case 'radio':
      return 'text'
    case 'checkbox':
      return 'mark'
    case 'group':
    case 'tab':
      return 'group'
    case 'array':
    case 'blocks':
      return 'rows'
    case 'relationship':
    case 'upload':
      return field.hasMany ? 'relations' : 'relation'
    default:
      return null
  }
}

function isOf(shape: Shape, value: unknown): boolean {
  // A group that is nothing is no group; where a list or a word is nothing, it is empty.
  if (value === null) return shape !== 'group'
  switch (shape) {
    case 'text':
      return typeof value === 'string' || value instanceof Date
    case 'texts':
      return (Array.isArray(value) ? value : [value]).every(isWord)
    case 'number':
      return isWord(value)
    case 'mark':
      return typeof value === 'boolean' || value === 'true' || value === 'false' || value === ''
    case 'group':
      return isPlainObject(value)
    case 'rows':
      return value === 0 || (Array.isArray(value) && value.every(isPlainObject))
    case 'relation':
      // Payload takes an empty list for one thing, where a draft need not have it, and stumbles.
      return Array.isArray(value) ? value.length > 0 && value.every(isRelated) : isRelated(value)
    case 'relations':
      return (Array.isArray(value) ? value : [value]).every(isRelated)
  }
}

function isWord(value: unknown): boolean {
  return typeof value === 'string' || typeof value === 'number'
}

/** An id, a document, or the pair of a relation to several collections. */
function isRelated(value: unknown): boolean {
  if (isWord(value)) return true
  if (!isPlainObject(value)) return false
  const { id, value: related } = value
  return isWord(id) || isWord(related) || (isPlainObject(related) && isWord(related.id))
}

function rowFields(field: FlattenedField, row: unknown): readonly FlattenedField[] {
  if (field.type === 'array') return field.flattenedFields
  if (field.type !== 'blocks') return []
  const { blockType } = row as { blockType?: unknown }
  const block = field.blocks.find(({ slug }) => slug === blockType)
  return block && 'flattenedFields' in block ? block.flattenedFields : []
}

function wrongShape(req: PayloadRequest, collection: string, errors: WrongShape[]) {
  return new ValidationError({ collection, errors }, req.t)
}
