import type { ClientSession } from 'mongodb'

import { readImportFile } from '../../src/table/importFile'
import { ImportFileError } from '../../src/table/importFileError'
import { visible } from '../../src/table/invisible'
import { readSheet, type ImportProblem, type Sheet } from '../../src/table/sheet'
import { readerCollections, type StoreContext } from './collections'
import { inTransaction } from '../database/transaction'
import { suppressionId } from './identity'
import {
  disagreements,
  groupByReader,
  importedChildren,
  type ImportedReader,
} from './importedReader'
import { checkRow, type ImportChecks } from './importedRow'
import { planImport, readerFinder, type AlreadyStored, type ImportCounts } from './importPlan'
import { READER_SHEET } from './readerColumns'

/** What an import did, or would do in a dry run. */
export type ImportOutcome =
  | { status: 'refused'; rows: number; errors: ImportProblem[] }
  | { status: 'imported' | 'dryRun'; rows: number; counts: ImportCounts }

/** A file of readers, and what to do with it. */
export interface ImportRequest extends Pick<ImportChecks, 'municipalities'> {
  bytes: Uint8Array
  isDryRun: boolean
}

/**
 * Imports a list of readers (CSV or XLSX): all of it or nothing. Ids are derived from the keyed blind index, so
 * the same file again adds nothing, even after dates were changed or a child was stopped.
 */
export async function importReaders(
  context: StoreContext,
  { bytes, municipalities, isDryRun }: ImportRequest,
): Promise<ImportOutcome> {
  const { rows, errors, readers } = checkSheet(context, await sheetOf(bytes), {
    municipalities,
    now: context.now(),
  })
  if (errors.length > 0) return { status: 'refused', rows, errors }
  const counts = await inTransaction(context.db, async (session) => {
    const stored = await storedOf(context, readers, session)
    const { ring } = context
    const plan = planImport(readers, { ring, now: context.now(), stored })
    const collections = readerCollections(context.db)
    if (!isDryRun && plan.readers.length > 0) {
      await collections.readers.insertMany(plan.readers, { session })
    }
    if (!isDryRun && plan.children.length > 0) {
      await collections.children.insertMany(plan.children, { session })
    }
    return plan.counts
  })
  return { status: isDryRun ? 'dryRun' : 'imported', rows, counts }
}

async function sheetOf(bytes: Uint8Array): Promise<Sheet> {
  try {
    return readSheet(await readImportFile(bytes), READER_SHEET)
  } catch (error) {
    if (!(error instanceof ImportFileError)) throw error
    return { rows: [], problems: [{ line: 1, column: null, message: error.message }] }
  }
}

function checkSheet({ ring }: StoreContext, sheet: Sheet, checks: ImportChecks) {
  if (sheet.problems.length > 0) {
    return { rows: 0, errors: sheet.problems.map(asShown), readers: [] }
  }
  const results = sheet.rows.map((row) => checkRow(row, checks))
  const sound = results.flatMap((result) => ('row' in result ? [result.row] : []))
  const readers = groupByReader(ring, sound)
  const errors = [
    ...results.flatMap((result) => ('errors' in result ? result.errors : [])),
    ...readers.flatMap(disagreements),
  ].sort((a, b) => a.line - b.line)
  return { rows: sheet.rows.length, errors: errors.map(asShown), readers }
}

function asShown(problem: ImportProblem): ImportProblem {
  return { ...problem, message: visible(problem.message) }
}

async function storedOf(
  { db, now }: StoreContext,
  imported: ImportedReader[],
  session: ClientSession,
): Promise<AlreadyStored> {
  const { readers, children, suppressions } = readerCollections(db)
  const indexes = imported.map(({ index }) => index)
  const storedReaders = await readers
    .find({ 'identities.index': { $in: indexes } }, { session })
    .toArray()
  const find = readerFinder(storedReaders)
  const childIds = imported.flatMap((reader) => {
    const id = find(reader)?._id ?? reader.id
    return importedChildren(reader.rows, id, now()).map(({ _id }) => _id)
  })
  const readerIds = storedReaders.map(({ _id }) => _id)
  const ofThem = { $or: [{ readers: { $in: readerIds } }, { _id: { $in: childIds } }] }
  const suppressionIds = imported.map(({ index, first: { address } }) =>
    suppressionId({ channel: address.channel, account: address.account, index }),
  )
  const suppressed = await suppressions
    .find({ _id: { $in: suppressionIds } }, { session })
    .toArray()
  return {
    readers: storedReaders,
    children: await children.find(ofThem, { session }).toArray(),
    suppressionIds: new Set(suppressed.map(({ _id }) => _id)),
  }
}
