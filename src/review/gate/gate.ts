import type {
  CollectionAfterChangeHook,
  CollectionBeforeChangeHook,
  CollectionBeforeDeleteHook,
  CollectionBeforeOperationHook,
  PayloadRequest,
} from 'payload'

import { isPerson } from '../../people/roles'
import { contentHash } from '../../release/hash'
import { recordAudit } from '../../cms/audit'
import type { StoredDocument } from '../rules/freeze'
import { coAuthorsOf } from './coAuthors'
import { auditEdits } from './gateAudit'
import { isGatesOwnWrite } from './gateKey'
import { markDraftRestore, takeDraftRestore, withProtected } from './gateRestore'
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
  now: () => Date
}

/** The gate's hooks, to be put before any of the collection's own. */
export interface PublishGateHooks {
  beforeOperation: CollectionBeforeOperationHook[]
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
    beforeOperation: [refuseLiveWrites(options)],
    beforeChange: [writeDraftsOnly(options)],
    afterChange: [auditEdits(options)],
    beforeDelete: [keepWhatIsLive(options)],
  }
}

interface WriteArgs {
  id?: unknown
  data?: StoredDocument
  draft?: boolean
  publishAllLocales?: unknown
  publishSpecificLocale?: unknown
  unpublishAllLocales?: unknown
}

function refuseLiveWrites(options: PublishGateOptions): CollectionBeforeOperationHook {
  return async ({ args: anyArgs, operation, req }) => {
    const args = anyArgs as WriteArgs
    if (operation === 'restoreVersion') {
      if (!args.draft) throw closed('以前の版は、下書きとしてだけ戻せます。')
      await markDraftRestore(req, options.collection, String(args.id))
      return
    }
    if (operation !== 'create' && operation !== 'update') return
    if (isGatesOwnWrite(req, { collection: options.collection, id: args.id })) return
    if (args.data?._status === 'published') throw await publishRefusal(options, args, req)
    if (operation === 'update' && isLive(args)) {
      throw closed('公開中の内容はそのまま書き換えられません。下書きとして保存してください。')
    }
  }
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

function closed(sentence: string): ReviewRefusal {
  return new ReviewRefusal('GATE_CLOSED', sentence)
}

function writeDraftsOnly(options: PublishGateOptions): CollectionBeforeChangeHook {
  return async ({ data: given, collection, context, operation, originalDoc, req }) => {
    const own = { collection: options.collection, id: originalDoc?.id }
    if (operation === 'update' && isGatesOwnWrite(req, own)) return given
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
  const after = await freezeDocument(req, collection, { ...originalDoc, ...data })
  return contentHash(after) !== contentHash(await freezeDocument(req, collection, originalDoc))
}

function keepWhatIsLive({ collection, now }: PublishGateOptions): CollectionBeforeDeleteHook {
  return async ({ id, req }) => {
    const release = await findLatestRelease(req, releaseKey(collection, String(id)))
    if (release?.action === 'publish') {
      throw closed('公開中の原稿は削除できません。先に監修責任者が取り下げてください。')
    }
    const hashes = { beforeHash: release?.contentHash ?? null, afterHash: null }
    const title = titleOf(await findStored(req, collection, String(id)))
    const entry = { action: 'delete', documentId: String(id), title, ...hashes, at: now() } as const
    await recordAudit(req, { ...entry, collection })
  }
}

function findStored(req: PayloadRequest, collection: ReviewedCollection, id: string) {
  return req.payload.findByID({
    collection,
    id,
    req,
    depth: 0,
    draft: true,
    disableErrors: true,
    overrideAccess: true,
  }) as Promise<StoredDocument | null>
}
