import { canonicalJson } from '../release/canonical'
import type { Json } from '../release/canonical'

/** Fields a store adds to rows and blocks. */
const STORED_ONLY = new Set(['id', 'blockName'])

/** Names of the fields whose stored value differs from the file's. *Pure.* */
export function changedFields(
  stored: Readonly<Record<string, unknown>>,
  given: Readonly<Record<string, unknown>>,
): string[] {
  return Object.keys(given).filter(
    (field) => comparable(stored[field]) !== comparable(given[field]),
  )
}

function comparable(value: unknown): string {
  return canonicalJson(plain(value))
}

/** Empty texts and lists, null and missing values are one. */
function plain(value: unknown): Json {
  if (value === undefined || value === null || value === '') return null
  if (typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean')
    return value
  if (Array.isArray(value)) return value.length === 0 ? null : value.map(plain)
  const entries = Object.entries(value).filter(([key]) => !STORED_ONLY.has(key))
  return Object.fromEntries(
    entries.map(([key, part]) => [key, plain(part)]).filter(([, part]) => part !== null),
  ) as Json
}
