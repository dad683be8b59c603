import { createLocalReq, initTransaction, ValidationError } from 'payload'
import type { Payload, PayloadRequest } from 'payload'

import { recordAudit } from '../review/audit'
import { freezeAddOn, freezeManuscript } from '../review/freeze'
import { contentProblems } from '../review/problems'
import { ReviewRefusal } from '../review/refusal'
import { inTransaction, isTransient } from '../review/transaction'
import { planAddOns } from './addOns'
import { changedFields } from './compare'
import { loadImportContext } from './context'
import type { ImportCollection } from './context'
import type { ImportProblem } from './csv'
import { findExisting } from './existing'
import type { Existing } from './existing'
import { planManuscripts } from './manuscripts'
import type { ImportItem } from './plan'
import { reportOf } from './report'
import type { ImportOutcome, ImportReport } from './report'

/** What to import, and for whom. */
export interface ImportArgs {
  payload: Payload
  /** Whose rights and authorship count; null for the operator at the shell, who may do all. */
  user: PayloadRequest['user']
  kind: 'manuscripts' | 'addons'
  text: string
  isDryRun: boolean
  now: () => Date
}

/**
 * Imports a CSV as drafts, all of it or nothing; importing the same file again changes nothing.
 *
 * It never publishes, and writes through the collections' own access, checks and publish gate. A
 * dry run does the same and takes it back.
 */
export async function runImport(args: ImportArgs): Promise<ImportReport> {
  const { payload, user, kind, isDryRun } = args
  const req = await createLocalReq(user ? { user } : {}, payload)
  try {
    const outcomes = await inTransaction(req, async () => {
      const result = await writeAll(req, args)
      if (isDryRun || result.problems.length > 0) throw new TakenBack(result)
      await auditImport(req, args, result.outcomes)
      return result.outcomes
    })
    return reportOf({ kind, isDryRun, isWritten: true, outcomes, problems: [] })
  } catch (error) {
    if (error instanceof TakenBack) return reportOf({ kind, isDryRun, ...error.result })
    throw error
  }
}

interface Result {
  isWritten: false
  outcomes: ImportOutcome[]
  problems: ImportProblem[]
}

/** Rolls the transaction back and carries out what was found. */
class TakenBack extends Error {
  readonly code = 'TAKEN_BACK'
  readonly result: Result

  constructor(result: Result) {
    super('The import was taken back.')
    this.result = result
  }
}

interface Target {
  collection: ImportCollection
  isUsersOwn: boolean
  existing: ReadonlyMap<string, Existing>
}

async function writeAll(req: PayloadRequest, { kind, text }: ImportArgs): Promise<Result> {
  const collection = kind === 'manuscripts' ? 'manuscripts' : 'add-ons'
  const context = await loadImportContext(req, collection)
  const plan = (kind === 'manuscripts' ? planManuscripts : planAddOns)(text, context)
  const existing = await findExisting(req, collection)
  const target = { collection, existing, isUsersOwn: req.user !== null } as const
  const result: Result = { isWritten: false, outcomes: [], problems: [...plan.problems] }
  for (const item of plan.items) {
    const problems = await tryItem(req, item, { target, outcomes: result.outcomes })
    result.problems.push(...problems)
  }
  return result
}

/**
 * Writes one item. A refusal ends Payload's transaction; a new one is opened so that the other
 * rows can be checked as well, and it is rolled back with everything in it at the end.
 */
async function tryItem(
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

async function auditImport(
  req: PayloadRequest,
  { kind, now }: ImportArgs,
  outcomes: readonly ImportOutcome[],
): Promise<void> {
  const { created, changed } = reportOf({
    ...{ kind, isDryRun: false, isWritten: true, problems: [] },
    outcomes: [...outcomes],
  })
  if (created + changed === 0) return
  const collection = kind === 'manuscripts' ? 'manuscripts' : 'add-ons'
  const hashes = { beforeHash: null, afterHash: null }
  const note = `CSV: 新規 ${created} 件、変更 ${changed} 件`
  await recordAudit(req, {
    ...{ action: 'import', collection, documentId: 'csv', ...hashes, note },
    at: now(),
  })
}
