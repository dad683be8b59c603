import type { PayloadRequest, Where } from 'payload'

import { ReviewRefusal } from '../../cms/refusal'
import { hasRole } from '../../people/roles'
import { findNewestRelease, releaseKey } from '../../release/findReleases'
import { japaneseMoment } from '../../stage/japaneseDate'
import type { StoredDocument } from '../rules/freeze'
import type { ReviewedCollection } from './load'

/** Days that a text lies in the trash before it ends: a fiscal year and the month after. */
export const KEPT_TRASH_DAYS = 400

/** A text in the trash, for the person who looks at it. */
export interface TrashStatus {
  /** Who put it there, and when. */
  sentence: string
  /** How it comes back, or who can bring it back. */
  restore: string
  /** What comes of it. */
  end: string
  /** Whether this person may delete it for good. */
  canRemove: boolean
}

/** Whether a person may delete for good what is in the trash and never went out. *Pure.* */
export function canRemove(user: PayloadRequest['user']): boolean {
  return hasRole(user, 'chief', 'admin')
}

/** Who takes texts of a collection out of the trash, for people who cannot. */
export const RESTORERS: Readonly<Record<ReviewedCollection, string>> = {
  'kizuna-manuscripts': '編集者',
  'kizuna-add-ons': 'その自治体の編集担当',
}

interface Target {
  collection: ReviewedCollection
  id: string
}

/** Which texts a person may put into the trash, by the collection's own rule. */
export async function mayTrash(
  req: PayloadRequest,
  collection: ReviewedCollection,
): Promise<true | Where | false> {
  const data = { deletedAt: new Date(0).toISOString() } // any moment tells it from an end for good
  return req.payload.collections[collection].config.access.delete({ req, data })
}

/** Whether a person may take a text out of the trash: what one may throw away. */
export async function mayRestore(
  req: PayloadRequest,
  { collection, id }: Target,
): Promise<boolean> {
  const allowed = await mayTrash(req, collection)
  const rule = typeof allowed === 'object' ? [allowed] : []
  const where: Where = { and: [{ id: { equals: id } }, ...rule] }
  return allowed !== false && (await req.payload.db.count({ collection, where, req })).totalDocs > 0
}

/** A text of the trash that the person may read. @throws ReviewRefusal NOT_FOUND */
export async function findTrashed(req: PayloadRequest, target: Target): Promise<StoredDocument> {
  const found = await seekTrashed(req, target)
  if (found) return found
  throw new ReviewRefusal('NOT_FOUND', 'ごみ箱に見つからないか、見る権限がありません。')
}

/** A text of the trash that the person may read, or null. */
export async function seekTrashed(
  req: PayloadRequest,
  { collection, id }: Target,
): Promise<StoredDocument | null> {
  const found = (await req.payload.findByID({
    collection,
    id,
    req,
    depth: 0,
    draft: true,
    trash: true,
    disableErrors: true,
    overrideAccess: false,
    showHiddenFields: true,
  })) as StoredDocument | null
  return found?.deletedAt ? found : null
}

/** Who put a text into the trash, and when. *Pure.* */
export function trashedWords({ deletedAt, trashedBy }: StoredDocument): string {
  // Payload's form cuts a message in two at its first colon.
  const when = `${japaneseMoment(String(deletedAt)).replace(':', '時')}分`
  return `${when}に、${String(trashedBy ?? '担当者')}さんがごみ箱に入れました。`
}

/** Describes a text of the trash. @throws ReviewRefusal NOT_FOUND */
export async function describeTrash(req: PayloadRequest, target: Target): Promise<TrashStatus> {
  const found = await findTrashed(req, target)
  const key = releaseKey(target.collection, target.id)
  const wentOut = (await findNewestRelease(req, key, { overrideAccess: true })) !== null
  return {
    sentence: trashedWords(found),
    restore: (await mayRestore(req, target))
      ? `「元に戻す」を押すと、${BACK}`
      : `元に戻せるのは、${RESTORERS[target.collection]}です。要るときは、頼んでください。元に戻すと、${BACK}`,
    end: wentOut
      ? '公開したことがある原稿なので、何を届けたかの記録として、ごみ箱にずっと残ります。'
      : `${KEPT_TRASH_DAYS} 日たつと、完全に削除されます。`,
    canRemove: !wentOut && canRemove(req.user),
  }
}

const BACK = '履歴・承認・書いた人も、入れる前のまま戻ります。'
