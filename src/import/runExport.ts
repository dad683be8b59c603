import type { PayloadRequest, SanitizedCollectionConfig, Where } from 'payload'
import { mergeListSearchAndWhere } from 'payload/shared'

import {
  CONTENT_KINDS,
  kindOfSheet,
  type ContentKind,
  type SheetWord,
} from '../release/contentKind'
import { inTurns } from '../cms/inTurns'
import type { Steps } from '../table/steps'
import { asStored } from '../cms/stored'
import { slotSortKey, parseSlot } from '../stage/slot'
import { cellLists } from './cellChoices'
import { COLUMNS } from './columns'
import { loadImportContext } from './context'
import { addOnRows, manuscriptCells } from './exportCells'
import type { Cells, ExportNames, Stored } from './exportCells'
import { exportMark } from './exportMark'
import type { ImportContext } from './plan'
import { writeSheet } from './writeSheet'
import type { SheetFormat } from './writeSheet'

/** What to export. */
export interface ExportArgs {
  kind: SheetWord
  format: SheetFormat
  /** Id of a series or municipality to keep to; null takes all. */
  owner: string | null
  /** Ids to keep to; null or left out takes all. */
  ids?: readonly string[] | null
  /** What the collection's own list is narrowed to. */
  list?: ListQuestion
  /** Whether the request's user's rights count; the operator at the shell sees everything. */
  isUsersOwn: boolean
}

/** How Payload's list of a collection is narrowed. */
export interface ListQuestion {
  where?: Where
  /** Words in the list's field for them. */
  search?: string
}

/** A file and how many documents are in it. */
export interface ExportedFile {
  bytes: Uint8Array
  documents: number
}

/** Writes the newest drafts a person may read to a file that the import reads back unchanged. */
export async function runExport(req: PayloadRequest, args: ExportArgs): Promise<ExportedFile> {
  const kind = kindOfSheet(args.kind)
  const { collection, label } = CONTENT_KINDS[kind]
  const context = await loadImportContext(req, collection)
  const names = namesIn(context)
  const documents = inOrder(await findAll(req, args), names)
  const lists = cellLists(kind, context)
  const sheet = { columns: COLUMNS[kind], format: args.format, name: label, lists }
  const bytes = await writeSheet(await inTurns(rowsOf(documents, names, ROWS[kind])), sheet)
  return { bytes, documents: documents.length }
}

/** The rows of one document, and its number in the file. */
type RowsOf = (document: Stored, names: ExportNames, number: string) => Cells[]

const ROWS: Readonly<Record<ContentKind, RowsOf>> = {
  manuscript: (document, names) => [
    { ...manuscriptCells(document, names), mark: exportMark('manuscript', document) },
  ],
  addOn: (document, names, number) => {
    const [first, ...others] = addOnRows(document, names, number)
    return [{ ...first, mark: exportMark('addOn', document) }, ...others]
  },
}

/** The rows of a whole file, a document at a step. */
function* rowsOf(documents: readonly Stored[], names: ExportNames, rows: RowsOf): Steps<Cells[]> {
  const cells: Cells[] = []
  for (const [index, document] of documents.entries()) {
    cells.push(...rows(document, names, String(index + 1)))
    yield
  }
  return cells
}

/** Codes and file names by id, and the choices. *Pure.* */
export function namesIn(context: ImportContext): ExportNames {
  const { series, municipalities, choices, pictures = new Map<string, string>() } = context
  const codes = new Map([
    ...[...series].map(([code, id]) => [id, code] as const),
    ...[...municipalities].map(([code, { id }]) => [id, code] as const),
  ])
  const files = new Map([...pictures].map(([file, id]) => [id, file] as const))
  return {
    choices,
    codeOf: (id) => codes.get(id) ?? '',
    pictureOf: (id) => files.get(id) ?? id,
  }
}

async function findAll(req: PayloadRequest, args: ExportArgs): Promise<Stored[]> {
  const { owner, ids = null, list = {}, isUsersOwn } = args
  const { collection, ownerField } = CONTENT_KINDS[kindOfSheet(args.kind)]
  const where: Where = {
    and: [
      ...(owner === null ? [] : [{ [ownerField]: { equals: owner } }]),
      ...(ids === null ? [] : [{ id: { in: [...ids] } }]),
      ...(list.where || list.search
        ? [inList(req.payload.collections[collection].config, list)]
        : []),
    ],
  }
  const { docs } = await req.payload.find({
    collection,
    req,
    where,
    draft: true,
    depth: 0,
    pagination: false,
    overrideAccess: !isUsersOwn,
  })
  return asStored<Stored[]>(docs)
}

/** The same rows as Payload's list, which reads its words in the same way. *Pure.* */
function inList(
  collectionConfig: SanitizedCollectionConfig,
  { where, search }: ListQuestion,
): Where {
  return mergeListSearchAndWhere({ collectionConfig, search: search ?? '', where: where ?? {} })
}

/** By series or municipality, then as readers get them. */
function inOrder(documents: readonly Stored[], { codeOf }: ExportNames): Stored[] {
  const keys = new Map(
    documents.map((document) => {
      const owner = codeOf(String(document.series ?? document.municipality ?? ''))
      return [document, [owner, sortKey(document.slot ?? document.from)] as const]
    }),
  )
  return documents.toSorted((a, b) => {
    const [ownerA = '', slotA = 0] = keys.get(a) ?? []
    const [ownerB = '', slotB = 0] = keys.get(b) ?? []
    return compare(ownerA, ownerB) || slotA - slotB || compare(String(a.id), String(b.id))
  })
}

function sortKey(slot: unknown): number {
  try {
    return slotSortKey(parseSlot(String(slot)))
  } catch {
    return 0
  }
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0
}
