import { initTransaction, ValidationError } from 'payload'
import type { PayloadRequest } from 'payload'

import { toStore } from '../cms/stored'
import { CONTENT_KINDS, type ContentKind } from '../release/contentKind'
import { ReviewRefusal } from '../cms/refusal'
import { isTransient } from '../cms/transaction'
import { contentProblems, furtherProblems } from './contentProblems'
import { describeChanges } from './changes'
import { changedFields, lostInFields, withStoredSigns } from './compare'
import { findStored } from './existing'
import type { ExistingDocuments } from './existing'
import type { ExportNames } from './exportCells'
import { placeInFile } from './placeInFile'
import type { HalfRead, ImportItem } from './plan'
import type { ImportOutcome, ImportProblem } from './report'
import { staleRowProblem } from './staleRow'

/** Where the items of a file go. */
export interface Target {
  kind: ContentKind
  isUsersOwn: boolean
  existing: ExistingDocuments
  names: ExportNames
}

/**
 * Writes one item. A refusal ends Payload's transaction; a new one is opened so that the other
 * rows can be checked as well, and it is rolled back with everything in it at the end.
 */
export async function importItem(
  req: PayloadRequest,
  item: ImportItem,
  { target, outcomes }: { target: Target; outcomes: ImportOutcome[] },
): Promise<ImportProblem[]> {
  const wrong = readProblems(item, target)
  if (isUnknown(item, target)) return wrong
  try {
    const written = await writeItem(req, item, target)
    if ('message' in written) return [...wrong, written]
    if (wrong.length === 0) outcomes.push(written)
    return wrong
  } catch (error) {
    if (isTransient(error)) throw error
    const problems = problemsOf(error, item)
    await initTransaction(req)
    return withoutTwice([...wrong, ...problems])
  }
}

/** What is wrong with an item before anything is written, all of it at once. *Pure.* */
function readProblems(item: ImportItem, target: Target): ImportProblem[] {
  const stored = findStored(target.existing, item)?.document
  return [
    ...unknownProblems(item, target),
    ...lostProblems(item, target),
    ...contentProblems(item, { kind: target.kind, stored }),
  ]
}

/** What else is wrong with an item some of whose cells are refused. *Pure.* */
export function problemsOfHalfRead(item: HalfRead, target: Target): ImportProblem[] {
  const stored = findStored(target.existing, item)?.document
  return [
    ...unknownProblems(item, target),
    ...lostProblems(item, target),
    ...furtherProblems(item, { kind: target.kind, stored }),
  ]
}

/** The form's checks say again what the file's have said. */
function withoutTwice(problems: readonly ImportProblem[]): ImportProblem[] {
  const keyOf = ({ line, column, message }: ImportProblem) => `${line} ${column} ${message}`
  return [...new Map(problems.map((problem) => [keyOf(problem), problem])).values()]
}

function isUnknown(item: ImportItem, { existing }: Target): boolean {
  return item.id !== null && !findStored(existing, item)
}

function unknownProblems(item: ImportItem, target: Target): ImportProblem[] {
  if (item.id === null || !isUnknown(item, target)) return []
  const column = target.kind === 'addOn' ? 'documentId' : 'id'
  return [{ line: item.line, column, message: unknownId(item.id), value: item.id }]
}

function unknownId(id: string): string {
  return `管理番号「${id}」の原稿はないか、見る権限がありません。新しい原稿なら、管理番号を空にしてください。`
}

/** Signs of the stored text that became `?` in the file: taken in, they would be gone for good. */
function lostProblems(item: ImportItem, { existing }: Target): ImportProblem[] {
  const stored = findStored(existing, item)?.document
  if (!stored) return []
  return lostInFields(stored, item.data).map(({ field, signs, value }) => {
    const named = signs.map((sign) => `「${sign}」`).join('')
    const message = `いまの原稿にある${named}が「?」になっています。Excel が、この文字のない文字コード(Shift_JIS)で保存したためです。元の文字に直し、「CSV UTF-8」か「Excel ブック」で保存し直してください。`
    return { line: item.line, column: field, message, value }
  })
}

async function writeItem(
  req: PayloadRequest,
  item: ImportItem,
  { kind, existing, isUsersOwn, names }: Target,
): Promise<ImportOutcome | ImportProblem> {
  const { collection } = CONTENT_KINDS[kind]
  const write = { draft: true, depth: 0, overrideAccess: !isUsersOwn, req } as const
  const { line, label } = item
  const found = findStored(existing, item)
  const data = found ? withStoredSigns(found.document, item.data) : item.data
  if (!found) {
    await req.payload.create({ collection, data: toStore({ ...data }), ...write })
    return { line, label, action: 'created', fields: [], changes: [] }
  }
  const fields = changedFields(found.document, data)
  if (fields.length === 0) return { line, label, action: 'unchanged', fields, changes: [] }
  const changes = Object.fromEntries(fields.map((field) => [field, data[field]]))
  const described = describeChanges(
    fields,
    { stored: found.document, given: data },
    { kind, names },
  )
  const stale = await staleRowProblem(req, item, { kind, found, changes: described })
  if (stale) return stale
  const { updatedAt } = found.document
  // Payload would take somebody's lock away even in a dry run: locks are outside the transaction.
  const target = { collection, id: found.id, overrideLock: false } as const
  await req.payload.update({ ...target, data: toStore({ ...changes, updatedAt }), ...write })
  return { line, label, action: 'changed', fields, changes: described }
}

/** What a clerk can do about a refusal; anything unexpected is thrown on. */
function problemsOf(error: unknown, item: ImportItem): ImportProblem[] {
  const { line } = item
  if (error instanceof ValidationError) {
    return error.data.errors.map(({ path, message }) => ({ ...placeInFile(item, path), message }))
  }
  if (error instanceof ReviewRefusal) return [{ line, column: null, message: error.message }]
  const status = error instanceof Error && 'status' in error ? Number(error.status) : 0
  const message = REFUSALS[status]
  if (message === undefined) throw error
  return [{ line, column: null, message }]
}

/** What Payload's own refusals mean for a row. */
const REFUSALS: Readonly<Record<number, string>> = {
  403: 'この原稿を書き込む権限がありません。',
  423: 'この原稿は、ほかの人がいま編集しています。終わってから、もう一度取り込んでください。',
}
