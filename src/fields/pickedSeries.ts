import type { RelationshipFieldSingleValidation } from 'payload'
import { relationship } from 'payload/shared'

/**
 * The filter is for the picker alone: a series that was closed or put away must not keep what is in
 * it from being saved. And Payload would ask it once a row of an array, all at the same time: the
 * first reads of a MongoDB transaction, which fail unless they come one by one.
 */
export const checkPickedSeries: RelationshipFieldSingleValidation = (
  value,
  { filterOptions: _, ...options },
) => relationship(value, options)

/** The same for a draft, which may have none yet; handing in asks for it. */
export const checkSeriesOfDraft: RelationshipFieldSingleValidation = (
  value,
  { filterOptions: _, required, ...options },
) => {
  const isOut = (options.data as { _status?: unknown })._status === 'published'
  return relationship(value, { ...options, ...(isOut && required ? { required } : {}) })
}
