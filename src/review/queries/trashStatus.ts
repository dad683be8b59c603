import type { PayloadRequest } from 'payload'

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
  /** What comes of it. */
  end: string
  /** Whether this person may delete it for good. */
  canRemove: boolean
}

/** Whether a person may delete for good what is in the trash and never went out. *Pure.* */
export function canRemove(user: PayloadRequest['user']): boolean {
  return hasRole(user, 'chief', 'admin')
}

/** A text of the trash that the person may read. @throws ReviewRefusal NOT_FOUND */
export async function findTrashed(
  req: PayloadRequest,
  { collection, id }: { collection: ReviewedCollection; id: string },
): Promise<StoredDocument> {
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
  if (found?.deletedAt) return found
  throw new ReviewRefusal('NOT_FOUND', 'ごみ箱に見つからないか、見る権限がありません。')
}

/** Describes a text of the trash. @throws ReviewRefusal NOT_FOUND */
export async function describeTrash(
  req: PayloadRequest,
  target: { collection: ReviewedCollection; id: string },
): Promise<TrashStatus> {
  const { deletedAt, trashedBy } = await findTrashed(req, target)
  const key = releaseKey(target.collection, target.id)
  const wentOut = (await findNewestRelease(req, key, { overrideAccess: true })) !== null
  return {
    sentence: `${japaneseMoment(String(deletedAt))} に、${String(trashedBy ?? '担当者')}さんがごみ箱に入れました。`,
    end: wentOut
      ? '公開したことがある原稿なので、何を届けたかの記録として、ごみ箱にずっと残ります。'
      : `${KEPT_TRASH_DAYS} 日たつと、完全に削除されます。`,
    canRemove: !wentOut && canRemove(req.user),
  }
}
