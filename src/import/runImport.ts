import { createLocalReq } from 'payload'
import type { Payload, PayloadRequest } from 'payload'

import { recordAudit } from '../review/audit'
import { inTransaction } from '../review/transaction'
import { planAddOns } from './addOns'
import { loadImportContext } from './context'
import type { ImportProblem } from './csv'
import { findExisting } from './existing'
import { planManuscripts } from './manuscripts'
import { reportOf } from './report'
import type { ImportOutcome, ImportReport } from './report'
import { tryItem } from './tryItem'

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
