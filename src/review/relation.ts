/** A relationship's value at any depth: the id, the document, or the polymorphic pair. */
export type Related =
  string | number | { id: string | number } | { value: Related } | null | undefined

/** Id a relationship points to, or null. *Pure.* */
export function relatedId(related: Related): string | null {
  if (related === null || related === undefined) return null
  if (typeof related !== 'object') return String(related)
  return 'value' in related ? relatedId(related.value) : String(related.id)
}

/** Ids of a relationship to many. *Pure.* */
export function relatedIds(related: readonly Related[] | null | undefined): string[] {
  return (related ?? []).map(relatedId).filter((id) => id !== null)
}
