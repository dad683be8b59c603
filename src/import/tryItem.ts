import { initTransaction, ValidationError } from 'payload'
import type { PayloadRequest } from 'payload'

import { freezeAddOn, freezeManuscript } from '../review/freeze'
import { contentProblems } from '../review/problems'
import { ReviewRefusal } from '../review/refusal'
import { isTransient } from '../review/transaction'
import { changedFields } from './compare'
import type { ImportCollection } from './context'
import type { ImportProblem } from './csv'
import type { Existing } from './existing'
import type { ImportItem } from './plan'
import type { ImportOutcome } from './report'

/** Where the items of a file go. */
export interface Target {
  collection: ImportCollection
  isUsersOwn: boolean
  existing: ReadonlyMap<string, Existing>
}

/**
 * Writes one item. A refusal ends Payload's transaction; a new one is opened so that the other
 * rows can be checked as well, and it is rolled back with everything in it at the end.
 */
export async function tryItem(
  req: PayloadRequest,
  item: ImportItem,
  { target, outcomes }: { target: Target; outcomes: ImportOutcome[] },
): Promise<ImportProblem[]> {
  const sentences = contentSentences(item, target)
  if (sentences.length > 0) {
    return sentences.map((message) => ({ line: item.line, column: null, message }))
  }
  try {
    outcomes.push(await writeItem(req, item, target))
    return []
  } catch (error) {
    if (isTransient(error)) throw error
    const problems = problemsOf(error, item)
    await initTransaction(req)
    return problems
  }
}

/** What is wrong with the content as a whole, as it would stand after the import. */
function contentSentences(item: ImportItem, { collection, existing }: Target): string[] {
  const document = { ...existing.get(item.key)?.document, ...item.data }
  const freeze = collection === 'manuscripts' ? freezeManuscript : freezeAddOn
  return contentProblems({ content: freeze(document, ''), variables: item.variables })
}

async function writeItem(
  req: PayloadRequest,
  { key, line, label, data }: ImportItem,
  { collection, existing, isUsersOwn }: Target,
): Promise<ImportOutcome> {
  const write = { draft: true, depth: 0, overrideAccess: !isUsersOwn, req } as const
  const found = existing.get(key)
  if (!found) {
    await req.payload.create({ collection, data: { ...data } as never, ...write })
    return { line, label, action: 'created', fields: [] }
  }
  const fields = changedFields(found.document, data)
  if (fields.length === 0) return { line, label, action: 'unchanged', fields }
  const changes = Object.fromEntries(fields.map((field) => [field, data[field]]))
  await req.payload.update({ collection, id: found.id, data: changes as never, ...write })
  return { line, label, action: 'changed', fields }
}

/** What a clerk can do about a refusal; anything unexpected is thrown on. */
function problemsOf(error: unknown, { line }: ImportItem): ImportProblem[] {
  if (error instanceof ValidationError) {
    return error.data.errors.map(({ path, message }) => ({ line, column: path, message }))
  }
  if (error instanceof ReviewRefusal) return [{ line, column: null, message: error.message }]
  if (error instanceof Error && 'status' in error && error.status === 403) {
    return [{ line, column: null, message: 'この原稿を書き込む権限がありません。' }]
  }
  throw error
}
