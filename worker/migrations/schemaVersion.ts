import type { Collection, Db } from 'mongodb'

import { ConfigError } from '../../src/config/config'
import { MIGRATIONS, type Migration } from './migrations'

/** A migration that was done. */
export interface DoneMigration {
  /** Its version. */
  _id: number
  what: string
  at: Date
  tookMs: number
}

/** The newest schema version this program knows. */
export const OWN_VERSION = latestOf(MIGRATIONS)

/** The version a list of migrations leads to. *Pure.* */
export function latestOf(migrations: readonly Migration[]): number {
  return migrations.at(-1)?.version ?? 0
}

/** The migrations that were done. */
export function doneMigrations(db: Db): Collection<DoneMigration> {
  return db.collection<DoneMigration>('migrations')
}

/** The versions whose migrations were done; what else is in the collection has a word as its id. */
export async function doneVersions(db: Db): Promise<number[]> {
  const done = await doneMigrations(db)
    .find({ _id: { $gt: 0 } })
    .toArray()
  return done.map(({ _id }) => _id)
}

/** The schema version of a delivery database; 0 of one from before versions, and of an empty one. */
export async function schemaVersionOf(db: Db): Promise<number> {
  return Math.max(0, ...(await doneVersions(db)))
}

/**
 * An older program does not know what a newer one has made of the database.
 *
 * @throws ConfigError with the sentence what to do.
 */
export async function assertVersionKnown(db: Db, own: number = OWN_VERSION): Promise<void> {
  const found = await schemaVersionOf(db)
  if (found <= own) return
  throw new ConfigError(
    `配信のデータベースは版 ${found} ですが、このプログラムが知っているのは版 ${own} までです。` +
      '新しいほうのプログラムで始めてください。前のプログラムに戻すなら、新しくする前に取った控えを restore で戻してから始めます。',
  )
}
