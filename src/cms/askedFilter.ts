import type { CollectionBeforeOperationHook, FlattenedField } from 'payload'

import { shorten } from '../release/graphemes'
import { ReviewRefusal } from './refusal'

/** Filters inside filters, and relations inside relations, end here. */
const DEEPEST = 8

/** What a condition may compare with. */
const OPERATORS: ReadonlySet<string> = new Set([
  'equals',
  'not_equals',
  'in',
  'not_in',
  'all',
  'exists',
  'contains',
  'like',
  'not_like',
  'greater_than',
  'greater_than_equal',
  'less_than',
  'less_than_equal',
])

/** These ask for places on a map. */
const ON_A_MAP: ReadonlySet<string> = new Set(['near', 'within', 'intersects'])

const NAME = /^[\w-]+(\.[\w-]+)*$/

/**
 * Refuses a filter whose shape is none, and data that is no object, before anything works with it:
 * MongoDB's errors would come back as a 500 that says nothing. It is asked before every operation
 * that is not the server's own, whatever the door.
 *
 * @throws ReviewRefusal INCOMPLETE (in the operation), saying what was found.
 */
export const checkAskedFilter: CollectionBeforeOperationHook = ({ args, collection, ...call }) => {
  if (call.overrideAccess) return
  const { where, data } = args as { where?: unknown; data?: unknown }
  const isWritten = call.operation === 'create' || call.operation === 'update'
  if (isWritten && !isPlainObject(data)) {
    throw new ReviewRefusal(
      'INCOMPLETE',
      '送られた内容を読めません。項目の名前と値の組にしてください。',
    )
  }
  if (where !== undefined && where !== null) checkFilter(where, collection.flattenedFields)
}

/** Refuses a filter that is none; `fields` say whether places on a map can be asked for. *Pure.* */
export function checkFilter(where: unknown, fields: readonly FlattenedField[], depth = 0): void {
  if (!isPlainObject(where) || depth > DEEPEST) throw unreadable()
  for (const [name, condition] of Object.entries(where)) {
    if (/^(and|or)$/i.test(name) && Array.isArray(condition)) {
      for (const part of condition) checkFilter(part, fields, depth + 1)
    } else {
      checkCondition(name, condition, { fields, depth })
    }
  }
}

interface Inside {
  fields: readonly FlattenedField[]
  depth: number
}

function checkCondition(name: string, condition: unknown, { fields, depth }: Inside): void {
  if (!NAME.test(name) || !isPlainObject(condition)) throw unreadable(name)
  for (const [operator, value] of Object.entries(condition)) {
    const isMap = ON_A_MAP.has(operator) && fields.some(({ type }) => type === 'point')
    if (!OPERATORS.has(operator) && !isMap) throw unreadable(`${name}[${operator}]`)
    if (!isPlainObject(value)) continue
    if (operator !== 'contains') throw unreadable(`${name}[${operator}]`)
    checkFilter(value, fields, depth + 1)
  }
}

/** Whether a value is an object of names and values, not a list, a date or nothing. *Pure.* */
export function isPlainObject(value: unknown): value is Record<string, unknown> {
  return Object.prototype.toString.call(value) === '[object Object]'
}

function unreadable(what?: string): ReviewRefusal {
  const found = what === undefined ? '' : `(「${shorten(what, 100)}」)`
  return new ReviewRefusal(
    'INCOMPLETE',
    `絞り込みの条件を読めません${found}。where[項目][equals]=値 のように、項目・比べ方・値の組にしてください。`,
  )
}
