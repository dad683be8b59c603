import type { CollectionBeforeOperationHook, FlattenedField, PayloadRequest } from 'payload'

import { ReviewRefusal } from './refusal'

/** Columns that Payload adds to versions; they tell nothing of a document's content. */
const OF_VERSIONS: readonly string[] = ['parent', 'latest', 'autosave', 'snapshot']

/** More names than this are no order that a person asked for. */
const MAX_NAMES = 5

/**
 * Keeps whoever may not read a field from ordering rows by it: rows in the order of a hidden mail
 * address give it away letter by letter. Payload checks `where` so, but `sort` only as far as the
 * field of a related document, not whether that document may be read. An order is made of fields of
 * the collection itself, and of those only that the person may read. It is asked before every
 * operation that is not the server's own, whatever the door.
 *
 * @throws ReviewRefusal INCOMPLETE (in the operation), naming what cannot be ordered by.
 */
export const checkAskedOrder: CollectionBeforeOperationHook = async (call) => {
  const { args, collection, overrideAccess, req } = call
  const { sort } = args as { sort?: unknown }
  if (overrideAccess || sort === undefined || sort === null || sort === '') return
  for (const name of namesIn(sort)) {
    if (!(await isOpen(name, { fields: collection.flattenedFields, req }))) throw unordered(name)
  }
}

/** The names of an order without their direction. */
function namesIn(sort: unknown): string[] {
  const asked: unknown[] = Array.isArray(sort) ? sort : String(sort).split(',')
  if (asked.length > MAX_NAMES || asked.some((name) => typeof name !== 'string')) {
    throw new ReviewRefusal(
      'INCOMPLETE',
      `並べ替えは ${MAX_NAMES} 項目までの名前で指定してください。`,
    )
  }
  return asked.map((name) => String(name).trim().replace(/^-/, '').replaceAll('__', '.'))
}

interface Place {
  fields: readonly FlattenedField[]
  req: PayloadRequest
}

async function isOpen(name: string, { fields, req }: Place): Promise<boolean> {
  if (name === 'id' || name === '_id') return true
  if (OF_VERSIONS.includes(name)) return true
  let inside: readonly FlattenedField[] = fields
  const segments = name.replace(/^version\./, '').split('.')
  for (const [index, segment] of segments.entries()) {
    const field = inside.find((one) => one.name === segment)
    if (!field || !(await isReadable(field, req))) return false
    const isLast = index === segments.length - 1
    if (isLast) return true
    // What a relation points to has rules of its own; json has no fields anybody could name.
    if (!('flattenedFields' in field)) return isOwnPart(field, segments[index + 1])
    inside = field.flattenedFields
  }
  return false
}

/** The two parts of a relation to several collections are stored in the document itself. */
function isOwnPart(field: FlattenedField, part: string | undefined): boolean {
  const isRelation = field.type === 'relationship' || field.type === 'upload'
  return (
    isRelation && Array.isArray(field.relationTo) && (part === 'value' || part === 'relationTo')
  )
}

async function isReadable(field: FlattenedField, req: PayloadRequest): Promise<boolean> {
  if ('hidden' in field && field.hidden) return false
  if ('virtual' in field && field.virtual) return false
  const read = 'access' in field ? field.access?.read : undefined
  return read === undefined || (await read({ req }))
}

function unordered(name: string): ReviewRefusal {
  return new ReviewRefusal(
    'INCOMPLETE',
    `「${name}」では並べ替えられません。一覧に出ている項目の名前を指定してください。`,
  )
}
