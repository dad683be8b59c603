import { randomUUID } from 'node:crypto'

import type {
  CollectionAfterChangeHook,
  CollectionBeforeChangeHook,
  CollectionBeforeDeleteHook,
  CollectionBeforeOperationHook,
  CollectionBeforeValidateHook,
  PayloadRequest,
  Where,
} from 'payload'

import { isPerson } from '../../people/roles'
import { contentHash } from '../../release/hash'
import { recordAudit } from '../../cms/audit'
import { besideOf, isSameBeside } from '../rules/beside'
import type { StoredDocument } from '../rules/freeze'
import { coAuthorsOf } from './coAuthors'
import { auditEdits } from './gateAudit'
import { isGatesOwnWrite } from './gateKey'
import { refuseWhileLocked } from './heldLocks'
import { removalReason } from './removal'
import { noteNamedVersion, refuseStaleSaves } from './staleSaves'
import {
  auditTrash,
  forgetTrashAct,
  noteTrashAct,
  readTrashAct,
  refuseInTrash,
  refuseSaveInTrash,
  trashActOf,
  writeTrashAct,
  type AskedWrite,
} from './trashActs'
import {
  forgetDraftRestore,
  markDraftRestore,
  takeDraftRestore,
  withProtected,
} from './gateRestore'
import { releaseKey } from '../../release/findReleases'
import { findLatestRelease, loadReview } from '../queries/load'
import type { ReviewedCollection } from '../queries/load'
import { freezeDocument } from '../queries/contentOwner'
import type { ReviewPolicy } from '../rules/policy'
import { publishProblems } from '../rules/problems'
import { ReviewRefusal } from '../../cms/refusal'
import { relatedIds } from '../../cms/relation'
import type { Related } from '../../cms/relation'
import { titleOf } from '../rules/title'

/** What the gate needs to know. */
export interface PublishGateOptions {
  collection: ReviewedCollection
  policy: ReviewPolicy
  editions: readonly { code: string; label: string }[]
  now: () => Date
}

/** The gate's hooks, to be put before any of the collection's own. */
export interface PublishGateHooks {
  beforeOperation: CollectionBeforeOperationHook[]
  beforeValidate: CollectionBeforeValidateHook[]
  beforeChange: CollectionBeforeChangeHook[]
  afterChange: CollectionAfterChangeHook[]
  beforeDelete: CollectionBeforeDeleteHook[]
}

/**
 * Hooks that keep a reviewed collection's live rows closed to every write but the review's own
 * (src/review/operations/publish.ts and withdraw.ts), whatever the route, the role or `overrideAccess`.
 *
 * Payload tells `beforeOperation` whether a write is a draft and tells `beforeChange` what is
 * written; so the first refuses by intent, the second by outcome.
 */
export function publishGate(options: PublishGateOptions): PublishGateHooks {
  return {
    beforeOperation: [refuseLiveWrites(options), keepToLocks(options)],
    beforeValidate: [refuseStaleSaves(options.collection)],
    beforeChange: [writeDraftsOnly(options)],
    afterChange: [auditEdits(options), auditTrash(options)],
    beforeDelete: [keepWhatWentOut(options)],
  }
}

interface WriteArgs extends AskedWrite {
  trash?: boolean
  where?: Where
}

function refuseLiveWrites(options: PublishGateOptions): CollectionBeforeOperationHook {
  return async ({ args: anyArgs, operation, overrideAccess, req }) => {
    const args = anyArgs as WriteArgs
    const { collection } = options
    if (operation === 'restoreVersion') {
      forgetTrashAct(req)
      if (!args.draft) throw closed('以前の版は、下書きとしてだけ戻せます。')
      await markDraftRestore(req, options.collection, String(args.id))
      return
    }
    if (operation !== 'create' && operation !== 'update') return
    forgetDraftRestore(req)
    forgetTrashAct(req)
    if (isGatesOwnWrite(req, { collection, id: args.id })) return
    if (args.data?._status === 'published') throw await publishRefusal(options, args, req)
    const kind = readTrashAct(args)
    if (kind && operation === 'update') {
      await noteTrashAct(req, {
        collection,
        kind,
        overrideAccess: Boolean(overrideAccess),
        id: args.id,
      })
      return
    }
    if (kind === 'trash') throw closed('ごみ箱に入った原稿は作れません。')
    if (operation === 'update' && args.id !== undefined && !args.trash && !overrideAccess) {
      await refuseSaveInTrash(req, { collection, id: String(args.id) })
    }
    if (operation === 'update' && args.id === undefined && !overrideAccess) throw closed(ONE_BY_ONE)
    if (operation === 'update' && isLive(args)) {
      throw closed('公開中の内容はそのまま書き換えられません。下書きとして保存してください。')
    }
  }
}

/**
 * Keeps people to the lock of whoever is writing, and notes whether they name the version they have
 * opened. Payload's own look at the lock can be switched off by whoever asks.
 */
function keepToLocks({ collection }: PublishGateOptions): CollectionBeforeOperationHook {
  return async ({ args: anyArgs, operation, overrideAccess, req }) => {
    const args = anyArgs as WriteArgs
    const isWrite = ['update', 'delete', 'restoreVersion'].includes(operation)
    if (!isWrite || !isPerson(req.user)) return anyArgs
    if (isGatesOwnWrite(req, { collection, id: args.id })) return anyArgs
    const where = await meantBy(req, collection, { args, operation })
    await refuseWhileLocked(req, { collection, where, overrideAccess: Boolean(overrideAccess) })
    if (operation === 'restoreVersion') {
      noteNamedVersion(req, req.data) // Payload's restore takes no data of its own
      return anyArgs
    }
    if (operation === 'update') noteNamedVersion(req, args.data)
    return { ...anyArgs, overrideLock: false } as typeof anyArgs
  }
}

/** The documents a write is about: one, those of a bulk, or that of the version to be restored. */
async function meantBy(
  req: PayloadRequest,
  collection: ReviewedCollection,
  { args, operation }: { args: WriteArgs; operation: string },
): Promise<Where> {
  if (args.id === undefined) return args.where ?? {}
  if (operation !== 'restoreVersion') return { id: { equals: args.id } }
  const where = { id: { equals: args.id } }
  const { docs } = await req.payload.db.findVersions({ collection, req, limit: 1, where })
  return { id: { equals: docs[0]?.parent ?? null } }
}

/** Payload writes the live row unless `draft` is set; the locale switches write it as well. */
function isLive(args: WriteArgs): boolean {
  return (
    !args.draft ||
    Boolean(args.publishAllLocales) ||
    Boolean(args.publishSpecificLocale) ||
    Boolean(args.unpublishAllLocales)
  )
}

async function publishRefusal(
  { collection, policy }: PublishGateOptions,
  args: WriteArgs,
  req: PayloadRequest,
): Promise<ReviewRefusal> {
  if (args.id === undefined || !req.user) return closed(PUBLISH_BY_BUTTON)
  const review = await loadReview(req, { collection, id: String(args.id) }, policy).catch(
    () => null,
  )
  const missing = review ? publishProblems(review, policy) : []
  return missing.length > 0
    ? new ReviewRefusal('MISSING_APPROVALS', 'まだ公開できません。', missing)
    : closed(PUBLISH_BY_BUTTON)
}

const PUBLISH_BY_BUTTON =
  'この方法では公開できません。承認がそろってから、監修責任者が「公開する」で公開します。'

// Payload's own switch against bulk edits would close the trash to many at once, too.
const ONE_BY_ONE = '原稿の内容は、まとめては書き換えられません。1 件ずつ開いて直してください。'

function closed(sentence: string): ReviewRefusal {
  return new ReviewRefusal('GATE_CLOSED', sentence)
}

function writeDraftsOnly(options: PublishGateOptions): CollectionBeforeChangeHook {
  return async ({ data: given, collection, context, operation, originalDoc, req }) => {
    const own = { collection: options.collection, id: originalDoc?.id }
    const savedBy = isPerson(req.user) ? String(req.user.id) : null
    if (operation === 'update' && isGatesOwnWrite(req, own)) return { ...given, savedBy }
    if (originalDoc && trashActOf(context, options.collection)) {
      const written = { collection: options.collection, data: given, originalDoc, now: options.now }
      return { ...(await writeTrashAct(req, written)), savedBy }
    }
    refuseInTrash(originalDoc)
    const restored = takeDraftRestore(context)
    if (!restored && given._status === 'published') throw closed(PUBLISH_BY_BUTTON)
    const data = restored
      ? await withProtected(req, collection, { version: given, now: originalDoc })
      : given
    const isChanged = await hasContentChanged(req, options.collection, { data, originalDoc })
    const before = relatedIds(originalDoc?.authors as Related[] | null)
    const writers = isChanged ? writersIn(req) : []
    return {
      ...data,
      _status: 'draft',
      savedBy,
      submission: isChanged ? randomUUID() : (originalDoc?.submission ?? null),
      authors: [...new Set([...before, ...(restored ?? []), ...writers])],
    }
  }
}

/** Who writes what a request writes: its person, and those it takes or copies the text from. */
function writersIn(req: PayloadRequest): string[] {
  return [...(isPerson(req.user) ? [String(req.user.id)] : []), ...coAuthorsOf(req)]
}

async function hasContentChanged(
  req: PayloadRequest,
  collection: ReviewedCollection,
  { data, originalDoc }: { data: StoredDocument; originalDoc?: StoredDocument },
): Promise<boolean> {
  if (!originalDoc?.id) return true
  const after = { ...originalDoc, ...data }
  if (!isSameBeside(besideOf(after), besideOf(originalDoc))) return true
  const hash = contentHash(await freezeDocument(req, collection, after))
  return hash !== contentHash(await freezeDocument(req, collection, originalDoc))
}

/**
 * What ever went out is kept with its versions: what families got can be shown, and who approved it.
 * Of the rest the record says why it went, and who wanted it.
 */
function keepWhatWentOut({ collection, now }: PublishGateOptions): CollectionBeforeDeleteHook {
  return async ({ id, req }) => {
    const release = await findLatestRelease(req, releaseKey(collection, String(id)))
    const title = titleOf(await findStored(req, collection, String(id)))
    if (release) {
      throw closed(
        `「${title}」は公開したことがあるので、完全には削除できません。何を届けたか、だれが承認したかの記録を残します。${release.action === 'publish' ? '先に監修責任者が取り下げてください。' : ''}`,
      )
    }
    const note = removalReason(req)
    const entry = { action: 'delete', documentId: String(id), title, at: now() } as const
    await recordAudit(req, { ...entry, collection, ...(note && { note }) })
  }
}

function findStored(req: PayloadRequest, collection: ReviewedCollection, id: string) {
  return req.payload.findByID({
    collection,
    id,
    req,
    depth: 0,
    draft: true,
    trash: true,
    disableErrors: true,
    overrideAccess: true,
  }) as Promise<StoredDocument | null>
}
