import type { CollectionAfterChangeHook, PayloadRequest, Where } from 'payload'

import { recordAudit } from '../../cms/audit'
import { ReviewRefusal } from '../../cms/refusal'
import { nameOf } from '../../people/names'
import { findNewestRelease, releaseKey } from '../../release/findReleases'
import type { ReviewedCollection } from '../queries/load'
import { mayRestore, mayTrash, RESTORERS, seekTrashed, trashedWords } from '../queries/trashStatus'
import type { StoredDocument } from '../rules/freeze'
import { titleOf } from '../rules/title'

/** What is done with a text and the trash, and whether the write asks nobody for rights. */
interface TrashAct {
  collection: ReviewedCollection
  kind: 'trash' | 'restore'
  overrideAccess: boolean
}

/**
 * The act of this write; the context travels along, and the hooks get a proxy of the request. No
 * symbol: at each call of the local API Payload throws a context without names away. What a caller
 * has put there is gone before anybody looks.
 */
const ACT = 'kizunaTrashAct'

type TrashContext = { [ACT]?: TrashAct | null }

/** What a write asks for, as far as the trash is concerned. */
export interface AskedWrite {
  id?: unknown
  data?: StoredDocument
  draft?: boolean
  autosave?: boolean
  publishAllLocales?: unknown
  publishSpecificLocale?: unknown
  unpublishAllLocales?: unknown
}

/** Forgets the act before: all that one GraphQL request asks for has the same context. */
export function forgetTrashAct(req: PayloadRequest): void {
  const context: TrashContext = req.context
  context[ACT] = null
}

/** The act of this write on this collection, or null. */
export function trashActOf(
  context: object,
  collection: ReviewedCollection,
): TrashAct['kind'] | null {
  const act = (context as TrashContext)[ACT]
  return act?.collection === collection ? act.kind : null
}

/** Payload's own button sends the state along; all else is content. */
const OF_ACT = new Set(['deletedAt', '_status'])

/**
 * What a write does with the trash. Nothing else goes with it: no content, no state, no draft. *Pure.*
 *
 * @throws ReviewRefusal GATE_CLOSED.
 */
export function readTrashAct({ data, ...asked }: AskedWrite): TrashAct['kind'] | null {
  if (!data || !('deletedAt' in data) || data.deletedAt === undefined) return null
  const isAlone = Object.keys(data).every((name) => OF_ACT.has(name))
  const isPlain =
    !asked.draft &&
    !asked.autosave &&
    !asked.publishAllLocales &&
    !asked.publishSpecificLocale &&
    !asked.unpublishAllLocales
  const isPure = isAlone && isPlain && data._status !== 'published'
  if (data.deletedAt === null) return isPure ? 'restore' : null
  if (isPure) return 'trash'
  throw new ReviewRefusal(
    'GATE_CLOSED',
    'ごみ箱に入れるのと同時に、内容や公開の状態は変えられません。何も変えていません。先に保存してから、ごみ箱に入れてください。',
  )
}

interface Noted {
  collection: ReviewedCollection
  kind: TrashAct['kind']
  overrideAccess: boolean
  id?: unknown
}

/**
 * Notes the act for the hooks that see each document, and tells at once what cannot go where one
 * text is meant and its person may read it: Payload would only say that it is forbidden.
 */
export async function noteTrashAct(req: PayloadRequest, { id, ...act }: Noted): Promise<void> {
  const context: TrashContext = req.context
  context[ACT] = act
  if (act.kind !== 'trash' || id === undefined || act.overrideAccess) return
  if (!(await mayTrash(req, act.collection))) return
  const { collection } = act
  const document = (await req.payload.findByID({
    ...{ collection, id: String(id), req, depth: 0, draft: true },
    disableErrors: true,
    overrideAccess: false,
  })) as StoredDocument | null
  if (document) await refuseWhatIsOut(req, collection, document)
}

/** What families get stays where it is. */
async function refuseWhatIsOut(
  req: PayloadRequest,
  collection: ReviewedCollection,
  document: StoredDocument,
): Promise<void> {
  const id = String(document.id)
  const newest = await findNewestRelease(req, releaseKey(collection, id), { overrideAccess: true })
  const where: Where = { and: [{ id: { equals: id } }, { _status: { equals: 'published' } }] }
  const isRowLive = (await req.payload.db.count({ collection, where, req })).totalDocs > 0
  if (newest?.action !== 'publish' && !isRowLive) return
  throw new ReviewRefusal(
    'GATE_CLOSED',
    `「${titleOf(document)}」は公開されているので、ごみ箱に入れられません。先に監修責任者が取り下げてください。`,
  )
}

/** One document of such a write, as Payload hands it to `beforeChange`. */
interface TrashWrite {
  collection: ReviewedCollection
  data: StoredDocument
  originalDoc: StoredDocument
  now: () => Date
}

/**
 * What is written where a text goes into the trash or comes back: all of it as it was, its authors
 * and what its approvals rest on among it. In the trash it holds no key that another could need.
 *
 * @throws ReviewRefusal GATE_CLOSED, NOT_ALLOWED.
 */
export async function writeTrashAct(
  req: PayloadRequest,
  { collection, data, originalDoc, now }: TrashWrite,
): Promise<StoredDocument> {
  const act = (req.context as TrashContext)[ACT]
  const isThere = Boolean(originalDoc.deletedAt)
  const kept = { submission: originalDoc.submission ?? null, authors: originalDoc.authors ?? [] }
  if (act?.kind === 'trash') {
    if (isThere) throw closed(`「${titleOf(originalDoc)}」は、もうごみ箱にあります。`)
    await refuseWhatIsOut(req, collection, originalDoc)
    const who = nameOf(req.user) ?? 'プログラム'
    const gone = { deletedAt: now().toISOString(), trashedBy: who }
    const keys = originalDoc.copyKey ? { copyKey: `trash|${String(originalDoc.id)}` } : {}
    return { ...data, ...kept, ...gone, ...keys, _status: 'draft' }
  }
  if (!isThere) throw closed(`「${titleOf(originalDoc)}」は、ごみ箱にありません。`)
  await refuseUnlessMayTrash(req, { collection, id: String(originalDoc.id), act })
  return { ...data, ...kept, deletedAt: null, trashedBy: null, _status: 'draft' }
}

/** Payload asks only for the right to write; what is taken out again is what one may throw away. */
async function refuseUnlessMayTrash(
  req: PayloadRequest,
  { collection, id, act }: { collection: ReviewedCollection; id: string; act?: TrashAct | null },
): Promise<void> {
  if (act?.overrideAccess) return
  if (await mayRestore(req, { collection, id })) return
  throw new ReviewRefusal(
    'NOT_ALLOWED',
    'ごみ箱から元に戻せるのは、ごみ箱に入れることのできる人(原稿は編集者、自治体原稿は自治体の編集担当)だけです。',
  )
}

/**
 * Tells who saves a text that somebody put into the trash meanwhile; Payload would only say that it
 * is forbidden.
 *
 * @throws ReviewRefusal IN_TRASH.
 */
export async function refuseSaveInTrash(
  req: PayloadRequest,
  target: { collection: ReviewedCollection; id: string },
): Promise<void> {
  const { collection, id } = target
  const where: Where = { and: [{ id: { equals: id } }, { deletedAt: { exists: true } }] }
  if ((await req.payload.db.count({ collection, where, req })).totalDocs === 0) return
  const found = await seekTrashed(req, target)
  if (!found) return
  throw new ReviewRefusal(
    'IN_TRASH',
    `保存していません。${trashedWords(found)}書いたものは、この画面に残っています。要るところを書き写しておいてください。ごみ箱から元に戻せるのは、${RESTORERS[collection]}です。`,
  )
}

/** What is in the trash is only looked at. */
export function refuseInTrash(originalDoc: StoredDocument | undefined): void {
  if (!originalDoc?.deletedAt) return
  throw closed(
    `「${titleOf(originalDoc)}」はごみ箱にあります。書き換えるには、先にごみ箱の「元に戻す」を押します。`,
  )
}

/** Tells of each text that went into the trash or came back. */
export function auditTrash({
  collection,
  now,
}: {
  collection: ReviewedCollection
  now: () => Date
}): CollectionAfterChangeHook {
  return async ({ context, doc, previousDoc, req }) => {
    const action = trashActOf(context, collection)
    if (!action) return
    const title = titleOf(previousDoc as StoredDocument)
    const entry = { action, documentId: String(doc.id), title, at: now() } as const
    await recordAudit(req, { ...entry, collection })
  }
}

function closed(sentence: string): ReviewRefusal {
  return new ReviewRefusal('GATE_CLOSED', sentence)
}
