import { initTransaction, ValidationError } from 'payload'
import type { PayloadRequest } from 'payload'

import { freezeAddOn, freezeManuscript } from '../review/freeze'
import { contentProblems } from '../review/problems'
import { ReviewRefusal } from '../review/refusal'
import { placeKey, rememberedPlaces } from '../review/remember'
import { isTransient } from '../review/transaction'
import { describeChanges } from './changes'
import { changedFields } from './compare'
import type { ImportCollection } from './context'
import type { ImportProblem } from './csv'
import { findStored } from './existing'
import type { ExistingDocuments } from './existing'
import type { ExportNames, Stored } from './exportCells'
import type { ImportItem } from './plan'
import type { ImportOutcome } from './report'

/** Where the items of a file go. */
export interface Target {
  collection: ImportCollection
  isUsersOwn: boolean
  existing: ExistingDocuments
  names: ExportNames
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
  if (item.id !== null && !findStored(target.existing, item)) {
    return [{ line: item.line, column: 'id', message: unknownId(item.id) }]
  }
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

function unknownId(id: string): string {
  return `管理番号「${id}」の原稿はないか、見る権限がありません。新しい原稿なら、管理番号を空にしてください。`
}

/** What is wrong with the content as a whole, as it would stand after the import. */
function contentSentences(item: ImportItem, { collection, existing }: Target): string[] {
  const document = { ...findStored(existing, item)?.document, ...item.data }
  const freeze = collection === 'manuscripts' ? freezeManuscript : freezeAddOn
  return contentProblems({ content: freeze(document, ''), variables: item.variables })
}

async function writeItem(
  req: PayloadRequest,
  item: ImportItem,
  { collection, existing, isUsersOwn, names }: Target,
): Promise<ImportOutcome> {
  const write = { draft: true, depth: 0, overrideAccess: !isUsersOwn, req } as const
  const { line, label, data } = item
  const found = findStored(existing, item)
  if (!found) {
    const made = await req.payload.create({ collection, data: { ...data } as never, ...write })
    movePlace(req, null, made)
    return { line, label, action: 'created', fields: [], changes: [] }
  }
  const fields = changedFields(found.document, data)
  if (fields.length === 0) return { line, label, action: 'unchanged', fields, changes: [] }
  const changes = Object.fromEntries(fields.map((field) => [field, data[field]]))
  await req.payload.update({ collection, id: found.id, data: changes as never, ...write })
  movePlace(req, found.document, { ...found.document, ...data })
  const kind = collection === 'manuscripts' ? 'manuscripts' : 'addons'
  const described = describeChanges(
    fields,
    { stored: found.document, given: data },
    { kind, names },
  )
  return { line, label, action: 'changed', fields, changes: described }
}

/** Keeps in step what the request knows of taken places. */
function movePlace(req: PayloadRequest, before: Stored | null, after: object): void {
  const places = rememberedPlaces(req)
  if (before) places?.delete(placeKey(before))
  const { id, title } = after as { id: string; title: string }
  places?.set(placeKey(after), { id, title })
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
