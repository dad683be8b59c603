import { fieldsOfKind } from '../release/contentFields'
import { KINDS_OF_CONTENT } from '../release/contentKind'
import { canonicalJson } from '../release/canonical'
import type { Json } from '../release/canonical'
import { lostSigns } from '../table/lostSigns'
import { sameText, withSignsOf } from '../table/sameText'

/** Fields a store adds to rows and blocks, and what a hook writes of a picture's file. */
const STORED_ONLY = new Set(['id', 'blockName', 'pictureFile'])

/** Names of the fields whose stored value differs from the file's. *Pure.* */
export function changedFields(
  stored: Readonly<Record<string, unknown>>,
  given: Readonly<Record<string, unknown>>,
): string[] {
  return Object.keys(given).filter(
    (field) => comparable(stored[field] ?? UNSAID.get(field)) !== comparable(given[field]),
  )
}

/** What stands for nothing said: documents from before a field have none of its choices. */
const UNSAID = new Map(
  KINDS_OF_CONTENT.flatMap(fieldsOfKind).flatMap(([name, field]) =>
    field.kind === 'choice' && field.isFirstAbsent ? [[name, field.choices[0]?.value]] : [],
  ),
)

function comparable(value: unknown): string {
  return canonicalJson(plain(value))
}

/** The file's fields with the signs of the stored ones, see {@link withSignsOf}. *Pure.* */
export function withStoredSigns(
  stored: Readonly<Record<string, unknown>>,
  given: Readonly<Record<string, unknown>>,
): Record<string, unknown> {
  const pairs = Object.entries(given).map(([field, value]) => [field, signed(stored[field], value)])
  return Object.fromEntries(pairs) as Record<string, unknown>
}

function signed(stored: unknown, given: unknown): unknown {
  if (typeof given === 'string') {
    return typeof stored === 'string' ? withSignsOf(stored, given) : given
  }
  if (Array.isArray(given)) {
    return given.map((part, place) => signed(Array.isArray(stored) ? stored[place] : null, part))
  }
  if (typeof given !== 'object' || given === null) return given
  return withStoredSigns((stored ?? {}) as Record<string, unknown>, { ...given })
}

/** Fields of the file that lost signs on their way, each with the signs. *Pure.* */
export function lostInFields(
  stored: Readonly<Record<string, unknown>>,
  given: Readonly<Record<string, unknown>>,
): { field: string; signs: string[]; value: string }[] {
  return Object.keys(given).flatMap((field) => {
    const value = textOf(given[field])
    const signs = lostSigns(textOf(stored[field]), value)
    return signs.length > 0 ? [{ field, signs, value }] : []
  })
}

/** All texts within a value. */
function textOf(value: unknown): string {
  if (typeof value === 'string') return value
  if (typeof value !== 'object' || value === null) return ''
  return Object.values(value).map(textOf).join('\n')
}

/** Empty texts and lists, null and missing values are one; so are texts that look the same. *Pure.* */
export function plain(value: unknown): Json {
  if (value === undefined || value === null) return null
  if (typeof value === 'string') return sameText(value) || null
  if (typeof value === 'number' || typeof value === 'boolean') return value
  if (Array.isArray(value)) return value.length === 0 ? null : value.map(plain)
  const entries = Object.entries(value).filter(([key]) => !STORED_ONLY.has(key))
  return Object.fromEntries(
    entries.map(([key, part]) => [key, plain(part)]).filter(([, part]) => part !== null),
  ) as Json
}
