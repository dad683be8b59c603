import type { PayloadRequest } from 'payload'

/** Lives in this module only: no request, context or argument of a caller can forge an entry. */
const coAuthors = new WeakMap<PayloadRequest, readonly string[]>()

/**
 * Lets one request write a text that others wrote: whose wording is taken, whose text is copied.
 * They are its authors as the person of the request is.
 */
export async function withCoAuthors<T>(
  req: PayloadRequest,
  people: readonly string[],
  work: () => Promise<T>,
): Promise<T> {
  coAuthors.set(req, people)
  try {
    return await work()
  } finally {
    coAuthors.delete(req)
  }
}

/** Ids of those who wrote what this request writes, besides its own person. */
export function coAuthorsOf(req: PayloadRequest): readonly string[] {
  return coAuthors.get(req) ?? []
}
