/** A form's document, as it was opened and as it was saved last. */
export interface FormDocument {
  /** Undefined while it is new. */
  id?: unknown
  initialData?: { isActive?: unknown } | undefined
  savedDocumentData?: { isActive?: unknown } | undefined
}

/**
 * Whether the deliveries of the municipality stand still by now; what was saved since the form was
 * opened counts before what it was opened with. *Pure.*
 */
export function isPaused({ id, initialData, savedDocumentData }: FormDocument): boolean {
  return id !== undefined && (savedDocumentData ?? initialData)?.isActive === false
}
