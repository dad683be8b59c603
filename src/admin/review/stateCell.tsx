import { headers } from 'next/headers'
import { createLocalReq } from 'payload'
import type { DefaultServerCellComponentProps } from 'payload'
import { cache } from 'react'

import { findEditing } from '../../review/gate/editing'
import type { ReviewedCollection } from '../../review/queries/load'
import { stateLabel, stateLook } from '../../review/rules/state'
import { findRowsOf, type TextRow } from '../../review/queries/textStates'
import { Scheduled } from './scheduled'
import { shortMomentLabel } from '../../stage/japaneseDate'
import { settingsOf } from '../pages/settingsOf'

type CellProps = Pick<DefaultServerCellComponentProps, 'payload' | 'collectionSlug'> & {
  /** Absent when Payload renders a form: it renders the cells of such a field then, too. */
  rowData?: DefaultServerCellComponentProps['rowData']
}

/** Where a document of a list stands; all rows of a page are read together. */
export async function StateCell({ payload, rowData, collectionSlug }: CellProps) {
  if (!rowData) return null
  if (rowData.deletedAt) return <span>{trashed(rowData)}</span>
  const id = String(rowData.id)
  const batch = batchOf(collectionSlug as ReviewedCollection)
  const { rows, editingOf } = await batch.read(payload, id)
  const row = rows.get(id)
  if (!row) return <span>—</span>
  const editing = editingOf(id)
  return (
    <>
      <span className={`kizuna-state kizuna-state--${stateLook(row)}`}>{stateLabel(row)}</span>
      <Scheduled publishAt={row.publishAt} />
      {editing && <span className="kizuna-editing">{editing}</span>}
    </>
  )
}

/** A text of the trash has no state, but somebody who put it there. */
function trashed({ deletedAt, trashedBy }: Readonly<Record<string, unknown>>): string {
  return `${shortMomentLabel(String(deletedAt))} ${String(trashedBy ?? '担当者')}さんがごみ箱に`
}

/** What the cells of one list show. */
interface Batch {
  rows: Map<string, TextRow>
  editingOf: (id: string) => string
}

/** One for each list on a page: the ids of its cells are collected, then read in one go. */
const batchOf = cache((collection: ReviewedCollection) => {
  const ids: string[] = []
  let reading: Promise<Batch> | null = null
  return {
    read: (payload: CellProps['payload'], id: string): Promise<Batch> => {
      ids.push(id)
      reading ??= afterAllCells().then(() => readAll(payload, collection, ids))
      return reading
    },
  }
})

/** The cells of a list are rendered one after the other in one turn of the event loop. */
function afterAllCells(): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, 0))
}

async function readAll(
  payload: CellProps['payload'],
  collection: ReviewedCollection,
  ids: readonly string[],
): Promise<Batch> {
  const { user } = await payload.auth({ headers: await headers() })
  const req = await createLocalReq(user ? { user } : {}, payload)
  const texts = ids.map((id) => ({ collection, id }))
  const [rows, editingOf] = await Promise.all([
    findRowsOf(req, { collection, ids }, settingsOf(payload).now()),
    findEditing(req, texts),
  ])
  return { editingOf, rows: new Map(rows.map((row) => [row.id, row])) }
}
