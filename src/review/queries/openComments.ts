import type { PayloadRequest } from 'payload'

import { findNames } from '../../people/names'
import { canComment } from '../rules/rights'
import { findManyThreads } from './commentThreads'
import type { Review } from './load'

/** What was said about a document and is not settled, as far as a person may read it. */
export interface OpenComments {
  count: number
  /** Names of who began it, each once. */
  authors: string[]
}

/** What is not settled about each of the documents, by the document's id. */
export async function findOpenComments(
  req: PayloadRequest,
  reviews: readonly Review[],
): Promise<(id: string) => OpenComments> {
  const readable = reviews.filter((review) => canComment(req.user, review))
  const threads = await findManyThreads(req, readable)
  const openOf = (id: string) => (threads.get(id) ?? []).filter(({ isResolved }) => !isResolved)
  const authors = readable.flatMap(({ id }) => openOf(id).map(({ author }) => author))
  const names = await findNames(req, authors)
  return (id) => {
    const open = openOf(id)
    return { count: open.length, authors: [...new Set(open.map(({ author }) => names(author)))] }
  }
}
