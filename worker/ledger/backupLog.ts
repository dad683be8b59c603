import type { Db } from 'mongodb'

/** When a backup was last taken, and last put back on trial, as stored in `backupLog`. */
export interface BackupNote {
  _id: 'taken' | 'verified'
  at: Date
}

/** Where it is stored. */
function logOf(db: Db) {
  return db.collection<BackupNote>('backupLog')
}

/** Notes that it was done. */
export async function noteBackup(db: Db, what: BackupNote['_id'], at: Date): Promise<void> {
  await logOf(db).updateOne({ _id: what }, { $set: { at } }, { upsert: true })
}

/** When each was last done; null where it never was. */
export async function readBackupLog(
  db: Db,
): Promise<{ takenAt: Date | null; verifiedAt: Date | null }> {
  const notes = new Map((await logOf(db).find().toArray()).map(({ _id, at }) => [_id, at]))
  return { takenAt: notes.get('taken') ?? null, verifiedAt: notes.get('verified') ?? null }
}
