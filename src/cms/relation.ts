/** A relationship's value at any depth: the id, the document, or the polymorphic pair. */
export type Related =
  string | number | { id: string | number } | { value: Related } | null | undefined

/** Id a relationship points to, however deep it was read; null where there is none. *Pure.* */
export function relatedId(related: unknown): string | null {
  if (typeof related === 'string') return related || null
  if (typeof related === 'number') return String(related)
  if (typeof related !== 'object' || related === null) return null
  if ('value' in related) return relatedId(related.value)
  return 'id' in related ? relatedId(related.id) : null
}

/** Ids of a relationship to many. *Pure.* */
export function relatedIds(related: readonly Related[] | null | undefined): string[] {
  return (related ?? []).map(relatedId).filter((id) => id !== null)
}
