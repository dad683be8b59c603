import type { Db } from 'mongodb'

/** Where a restore notes that it has begun; it is gone when all is there. */
export const RESTORING = 'restoring'

/** A restore that has begun. */
export interface RestoreMark {
  _id: 'restore'
  startedAt: Date
}

/**
 * A database that a broken-off restore has left is used by nobody.
 *
 * @throws Error with the sentence what to do.
 */
export async function assertRestoreFinished(db: Db): Promise<void> {
  if (!(await db.collection<RestoreMark>(RESTORING).findOne({ _id: 'restore' }))) return
  throw new Error(
    '控えから戻す途中で止まったデータベースです。このままでは使えません。npm run --silent kizuna -- restore フォルダー を、もう一度実行してください。',
  )
}
