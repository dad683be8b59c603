import type { ClientSession } from 'mongodb'

import { grouped } from '../../src/release/grouped'
import { readImportTable } from '../../src/table/importFile'
import { ImportFileError } from '../../src/table/importFileError'
import { WHOLE_FILE } from '../../src/table/problemGroups'
import { placedProblem, readSheet, type ImportProblem, type Sheet } from '../../src/table/sheet'
import { changePeople, type Changing } from './changeNumber'
import { readerCollections, type StoreContext } from './collections'
import { inTransaction } from '../database/transaction'
import { suppressionId } from './identity'
import { announceTo, type FindAnnouncement, type ImportAnnouncement } from './importedAnnouncement'
import { contradictions, doubles } from './importedDoubles'
import {
  disagreements,
  groupByReader,
  importedChildIds,
  importedChildren,
  type ImportedReader,
} from './importedReader'
import { checkRow, type ImportChecks } from './importedRow'
import {
  planImport,
  readerFinder,
  type AlreadyStored,
  type ImportCounts,
  type ImportDiff,
  type ImportPlan,
} from './importPlan'
import { READER_SHEET } from './readerColumns'

/** What an import did, or would do in a dry run. */
export type ImportOutcome =
  | {
      status: 'refused'
      rows: number
      errors: ImportProblem[]
      /** Name of the workbook's sheet; absent in a CSV. */
      sheet?: string
    }
  | {
      status: 'imported' | 'dryRun'
      rows: number
      counts: ImportCounts
      /** Who of the new readers is told that texts come from here now, town by town. */
      announcements?: ImportAnnouncement[]
      /** What becomes of each row, of a dry run. */
      diff?: ImportDiff
      /** Rows that were not added, or not as they look: absent when there are none. */
      notes?: ImportProblem[]
    }

/** A file of readers, and what to do with it. */
export interface ImportRequest extends Pick<ImportChecks, 'municipalities' | 'consent'> {
  bytes: Uint8Array
  isDryRun: boolean
  /** What new readers are told, once. @default nothing */
  findAnnouncement?: FindAnnouncement
}

/**
 * Imports a list of readers (CSV or XLSX): all of it or nothing. Ids are derived from the keyed blind index, so
 * the same file again adds nothing, even after dates were changed or a child was stopped.
 */
export async function importReaders(
  context: StoreContext,
  { bytes, municipalities, consent, isDryRun, findAnnouncement }: ImportRequest,
): Promise<ImportOutcome> {
  const { sheet, ...read } = await sheetOf(bytes)
  const { rows, errors, readers, placed } = checkSheet(context, read, {
    municipalities,
    ...(consent && { consent }),
    now: context.now(),
  })
  if (errors.length > 0) return { status: 'refused', rows, errors, ...(sheet && { sheet }) }
  const plan: AnnouncedPlan = await inTransaction(context.db, async (session) => {
    const stored = await storedOf(context, readers, session)
    const { ring } = context
    const now = context.now()
    const added = planImport(readers, { ring, now, stored })
    const told = findAnnouncement
      ? announceTo(added.readers, added.children, { find: findAnnouncement, now })
      : {}
    const planned = { ...added, ...told }
    if (!isDryRun) await writePlan({ ...context, session }, planned)
    return planned
  })
  const notes = [
    ...(read.notes ?? []),
    ...readers.flatMap(doubles),
    ...inTwoTowns(readers),
    ...plan.notes,
  ].sort(byLine)
  return {
    status: isDryRun ? 'dryRun' : 'imported',
    rows,
    counts: plan.counts,
    ...(plan.announcements && { announcements: plan.announcements }),
    ...(isDryRun && { diff: plan.diff }),
    ...(notes.length > 0 && { notes: notes.map(placed) }),
  }
}

/** What an import writes, with the announcements of those whom it adds. */
type AnnouncedPlan = ImportPlan & { announcements?: ImportAnnouncement[] }

async function writePlan(changing: Changing, plan: ImportPlan): Promise<void> {
  const { db, session } = changing
  const { readers, children } = readerCollections(db)
  const readersOf = grouped(plan.readers, ({ municipality }) => municipality)
  const childrenOf = grouped(plan.children, ({ municipality }) => municipality)
  for (const code of [...new Set([...readersOf.keys(), ...childrenOf.keys()])].sort()) {
    await changePeople(changing, code, async (stamp) => {
      const stamped = <T>(all: T[] = []): T[] => all.map((one) => ({ ...one, ...stamp }))
      const own = stamped(readersOf.get(code))
      if (own.length > 0) await readers.insertMany(own, { session })
      const born = stamped(childrenOf.get(code))
      if (born.length > 0) await children.insertMany(born, { session })
    })
  }
  if (plan.apart.length === 0) return
  const marked = { $set: { isApart: true } }
  await children.updateMany({ _id: { $in: plan.apart } }, marked, { session })
}

async function sheetOf(bytes: Uint8Array): Promise<Sheet & { sheet?: string | null }> {
  try {
    const { source, sheet } = await readImportTable(bytes)
    return { ...readSheet(source, READER_SHEET), sheet }
  } catch (error) {
    if (!(error instanceof ImportFileError)) throw error
    return { rows: [], problems: [{ line: WHOLE_FILE, column: null, message: error.message }] }
  }
}

function checkSheet({ ring }: StoreContext, sheet: Sheet, checks: ImportChecks) {
  const placed = (problem: ImportProblem) => placedProblem(problem, sheet.headings)
  if (sheet.problems.length > 0) {
    return { rows: 0, errors: sheet.problems.map(placed), readers: [], placed }
  }
  const results = sheet.rows.map((row) => checkRow(row, checks))
  const sound = results.flatMap((result) => ('row' in result ? [result.row] : []))
  const readers = groupByReader(ring, sound)
  const errors = [
    ...results.flatMap((result) => ('errors' in result ? result.errors : [])),
    ...readers.flatMap(disagreements),
    ...readers.flatMap(contradictions),
  ].sort(byLine)
  return { rows: sheet.rows.length, errors: errors.map(placed), readers, placed }
}

/** One address in rows of two municipalities: possible, and often a mistake. */
function inTwoTowns(readers: readonly ImportedReader[]): ImportProblem[] {
  return [...grouped(readers, ({ index }) => index).values()].flatMap(([one, ...others]) =>
    others.map(({ first: { line } }) => {
      const message = `${one?.first.line} 行目と同じ連絡先ですが、自治体が違います。両方に登録します。引っ越した人なら、前の自治体の行を消してください。`
      return { line, column: 'municipality', message }
    }),
  )
}

function byLine(a: ImportProblem, b: ImportProblem): number {
  return a.line - b.line
}

async function storedOf(
  { db }: StoreContext,
  imported: ImportedReader[],
  session: ClientSession,
): Promise<AlreadyStored> {
  const { readers, children, suppressions } = readerCollections(db)
  const indexes = imported.map(({ index }) => index)
  const storedReaders = await readers
    .find(
      { $or: [{ 'identities.index': { $in: indexes } }, { 'former.index': { $in: indexes } }] },
      { session },
    )
    .toArray()
  const find = readerFinder(storedReaders)
  const childIds = imported.flatMap((reader) => {
    const id = find(reader)?._id ?? reader.id
    return importedChildren(reader).flatMap((child) => importedChildIds(id, child))
  })
  const readerIds = storedReaders.map(({ _id }) => _id)
  const $in = readerIds
  const ofThem = { $or: [{ readers: { $in } }, { left: { $in } }, { _id: { $in: childIds } }] }
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
