import { setImmediate } from 'node:timers/promises'

import { createLocalReq } from 'payload'
import type { Payload, PayloadRequest } from 'payload'

import {
  CONTENT_KINDS,
  kindOfSheet,
  type ContentKind,
  type SheetWord,
} from '../release/contentKind'
import { recordAudit } from '../cms/audit'
import { rememberContentOwners } from '../cms/requestMemory'
import { inTransaction, isTransient } from '../cms/transaction'
import { inTurns } from '../cms/inTurns'
import type { Steps } from '../table/steps'
import { addOnSteps } from './addOns'
import { loadImportContext } from './context'
import type { SheetSource } from '../table/sheet'
import { findExisting, findStored } from './existing'
import type { ExistingDocuments } from './existing'
import { MAX_WRITING_MS, TOO_SLOW, tooManyProblem } from './limits'
import { manuscriptSteps } from './manuscripts'
import type { ImportContext, ImportItem, ImportPlan } from './plan'
import { fingerprintOf, reportOf } from './report'
import type { ImportOutcome, ImportProblem, ImportReport } from './report'
import { namesIn } from './runExport'
import { importItem, problemsOfHalfRead } from './importItem'

/** What to import, and for whom. */
export interface ImportArgs {
  payload: Payload
  /** Whose rights and authorship count; null for the operator at the shell, who may do all. */
  user: PayloadRequest['user']
  kind: SheetWord
  /** A CSV's text or the lines of a sheet; see `readImportFile`. */
  source: SheetSource
  /** Name of the sheet the lines are from. */
  sheet?: string | null | undefined
  isDryRun: boolean
  /** Fingerprint of the dry run that was agreed to; another outcome is taken back. */
  agreedTo?: string | undefined
  now: () => Date
  /** After which nothing more is written and all is taken back. @default MAX_WRITING_MS */
  maxMs?: number
}

/**
 * Imports a file as drafts, all of it or nothing; importing the same file again changes nothing.
 *
 * It never publishes, and writes through the collections' own access, checks and publish gate. A
 * dry run does the same and takes it back.
 */
export async function runImport(args: ImportArgs): Promise<ImportReport> {
  const { payload, user, kind, isDryRun, sheet } = args
  const req = await createLocalReq(user ? { user } : {}, payload)
  try {
    const result = await inTransaction(req, async () => {
      const startedMs = performance.now()
      const result = await writeAll(req, args, startedMs).catch((error: unknown) => {
        throw isTransient(error) && isTooLate(args, startedMs) ? new Rollback(NOT_IN_TIME) : error
      })
      if (isDryRun || result.problems.length > 0) throw new Rollback(result)
      await auditImport(req, args, result.outcomes)
      return result
    })
    return reportOf({ kind, isDryRun, sheet, ...result, isWritten: true })
  } catch (error) {
    if (error instanceof Rollback) return reportOf({ kind, isDryRun, sheet, ...error.result })
    throw error
  }
}

interface Result extends Pick<ImportPlan, 'headings' | 'notes'> {
  isWritten: false
  outcomes: ImportOutcome[]
  problems: ImportProblem[]
}

/** Rolls the transaction back and carries out what was found. */
class Rollback extends Error {
  readonly code = 'TAKEN_BACK'
  readonly result: Result

  constructor(result: Result) {
    super('The import was taken back.')
    this.result = result
  }
}

/** How a file of each kind is read. */
const PLANS: Readonly<
  Record<ContentKind, (source: SheetSource, context: ImportContext) => Steps<ImportPlan>>
> = { manuscript: manuscriptSteps, addOn: addOnSteps }

/** What MongoDB has ended for its time is not tried again: it would take as long. */
const NOT_IN_TIME: Result = {
  ...{ isWritten: false, outcomes: [], headings: new Map(), notes: [] },
  problems: [TOO_SLOW],
}

function isTooLate({ maxMs = MAX_WRITING_MS }: ImportArgs, startedMs: number): boolean {
  return performance.now() - startedMs > maxMs
}

async function writeAll(req: PayloadRequest, args: ImportArgs, startedMs: number): Promise<Result> {
  const kind = kindOfSheet(args.kind)
  const { collection } = CONTENT_KINDS[kind]
  const context = await loadImportContext(req, collection)
  const plan = await inTurns(PLANS[kind](args.source, context))
  const { items: _, halfRead, ...read } = plan
  const result: Result = { ...read, isWritten: false, outcomes: [], problems: [...plan.problems] }
  if (plan.items.length + halfRead.length === 0) return result
  const memory = rememberContentOwners(req)
  const existing = await findExisting(req, collection, [...plan.items, ...halfRead])
  const tooMany = tooManyProblem(plan.items, existing)
  if (tooMany) return { ...result, problems: [...result.problems, tooMany] }
  if (kind === 'manuscript') memory.places = placesLeft(plan.items, existing)
  const names = namesIn(context)
  const target = { kind, existing, names, isUsersOwn: req.user !== null } as const
  // What is already refused is not written: a text that is there twice would be stale by itself.
  // What else is wrong with it is told all the same.
  const refused = new Set(plan.problems.map(({ line }) => line))
  for (const item of plan.items.filter(({ line }) => !refused.has(line))) {
    if (isTooLate(args, startedMs)) return { ...result, problems: [TOO_SLOW] }
    const problems = await importItem(req, item, { target, outcomes: result.outcomes })
    result.problems.push(...problems)
  }
  const told = plan.items.filter(({ line }) => refused.has(line))
  for (const item of [...halfRead, ...told.map((item) => ({ ...item, refused: [] }))]) {
    result.problems.push(...problemsOfHalfRead(item, target))
    await setImmediate() // none of it waits for the database: others come in between
  }
  if (isSurprise(args, result)) result.problems.push(SURPRISE)
  return result
}

/**
 * The places that stay taken. What the file moves away is not in the way, whatever the order of its
 * rows; that no two of them go to one place is asked before.
 */
function placesLeft(items: readonly ImportItem[], existing: ExistingDocuments) {
  const moved = items.flatMap((item) => {
    const found = findStored(existing, item)
    return found && found.key !== item.key ? [found.id] : []
  })
  const away = new Set(moved)
  return new Map(
    [...existing.byId.values()]
      .filter(({ id }) => !away.has(id))
      .map(({ key, id, document }) => [key, { id, title: String(document.title) }]),
  )
}

/** Whether something else would be written than what the person has seen in the dry run. */
function isSurprise({ agreedTo }: ImportArgs, { outcomes, problems }: Result): boolean {
  return agreedTo !== undefined && problems.length === 0 && fingerprintOf(outcomes) !== agreedTo
}

const SURPRISE: ImportProblem = {
  line: 1,
  column: null,
  message:
    '確認したあとで、ほかの人か、あなたの別の画面が、原稿を変えました。もう一度確認してから取り込んでください。',
}

async function auditImport(
  req: PayloadRequest,
  { kind, source, now }: ImportArgs,
  outcomes: readonly ImportOutcome[],
): Promise<void> {
  const { created, changed } = reportOf({
    kind,
    isDryRun: false,
    isWritten: true,
    problems: [],
    outcomes: [...outcomes],
  })
  if (created + changed === 0) return
  const { collection } = CONTENT_KINDS[kindOfSheet(kind)]
  const format = typeof source === 'string' ? 'CSV' : 'XLSX'
  const note = `${format}: 新規 ${created} 件、変更 ${changed} 件`
  await recordAudit(req, {
    action: 'import',
    collection,
    documentId: 'import',
    note,
    at: now(),
  })
}
