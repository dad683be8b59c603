import { changedFields } from './compare'
import type { ImportProblem } from '../table/sheet'
import { findStored } from './existing'
import type { ExistingDocuments } from './existing'
import type { ImportItem } from './plan'

/** Before MongoDB ends the transaction: then the person gets a sentence and not an error. */
export const MAX_WRITING_MS = 50_000

/** What is said when {@link MAX_WRITING_MS} have passed. */
export const TOO_SLOW: ImportProblem = {
  line: 1,
  column: null,
  message:
    '時間内に取り込みきれませんでした。行を半分ずつのファイルに分けて、もう一度取り込んでください。',
}

/**
 * MongoDB ends a transaction after 60 seconds (`transactionLifetimeLimitSeconds`), and all of a file
 * is one. A new text costs some 10 ms of two cores, a changed one 17: this many are 15 to 25 seconds
 * for a machine that does nothing else, and two to three times that for one that does.
 */
export const MAX_DOCUMENTS = 1500

/**
 * A problem when more would be written than a transaction has time for; rows that stay as they are
 * cost next to nothing, so a whole export may come back with a few changes. *Pure.*
 */
export function tooManyProblem(
  items: readonly ImportItem[],
  existing: ExistingDocuments,
): ImportProblem | null {
  if (items.length <= MAX_DOCUMENTS) return null
  const written = items.filter((item) => isWritten(item, existing))
  const last = written[MAX_DOCUMENTS - 1]?.line
  if (last === undefined || written.length === MAX_DOCUMENTS) return null
  const message = `新しい原稿と変わる原稿が、合わせて ${written.length} 件あります。1 回に取り込めるのは ${MAX_DOCUMENTS} 件までです。${last} 行目までとその後で、ファイルを分けてください。`
  return { line: last + 1, column: null, message }
}

function isWritten(item: ImportItem, existing: ExistingDocuments): boolean {
  const found = findStored(existing, item)
  return !found || changedFields(found.document, item.data).length > 0
}
