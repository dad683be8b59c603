import type { PayloadRequest } from 'payload'

import { relatedId } from '../../cms/relation'
import { findNames } from '../../people/names'
import { clockLabel } from '../../stage/japaneseDate'
import type { ReviewedCollection } from '../queries/load'
import { findLocks, type Lock } from './heldLocks'

/** A text of a list. */
interface Listed {
  collection: ReviewedCollection
  id: string
}

/**
 * Who else has each of some texts open for writing: 「花子さんが編集中(14:05から)」, empty where nobody
 * has. However many texts: one query for the locks of a collection, and one for names where there are any.
 */
export async function findEditing(
  req: PayloadRequest,
  texts: readonly Listed[],
): Promise<(id: string) => string> {
  const collections = [...new Set(texts.map(({ collection }) => collection))]
  const ids = new Set(texts.map(({ id }) => id))
  const found = await Promise.all(collections.map((collection) => findLocks(req, collection)))
  const locks = found
    .flat()
    .map((lock) => ({ ...lock, id: relatedId(lock.document.value) ?? '', by: editorOf(lock) }))
    .filter(({ id, by }) => ids.has(id) && by !== String(req.user?.id))
  const names = await findNames(
    req,
    locks.map(({ by }) => by),
  )
  const words = new Map(
    locks.map(({ id, by, createdAt }) => [id, editingWords(names(by), createdAt)]),
  )
  return (id) => words.get(id) ?? ''
}

/** 「花子さんが編集中(14:05から)」 *Pure.* */
export function editingWords(name: string, since: string): string {
  return `${name}さんが編集中(${clockLabel(since)}から)`
}

function editorOf({ user }: Lock): string {
  return relatedId(user.value) ?? ''
}
