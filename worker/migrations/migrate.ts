import { hostname } from 'node:os'
import { setTimeout as sleep } from 'node:timers/promises'

import type { Db } from 'mongodb'

import { ledgerCollections } from '../ledger/collections'
import { MIGRATIONS, type Migration } from './migrations'
import { assertVersionKnown, doneMigrations, doneVersions, latestOf } from './schemaVersion'
import { holderOf, keepTurn, takeTurn } from './turn'

/** How long a process that was killed keeps the others waiting. */
const LEASE_MS = 30_000

/** How often one that waits looks again. */
const LOOK_MS = 250

interface MigrateOptions {
  db: Db
  now: () => Date
  /** @default {@link MIGRATIONS} */
  migrations?: readonly Migration[]
  /** Tells this process from others. */
  owner?: string
  leaseMs?: number
  /** Is told what is done to a database that was used before, and whom this process waits for. */
  onProgress?: (sentence: string) => void
}

/**
 * Brings a delivery database forward, before anything else is read or written. Of processes that start
 * together one does it and the others wait; one that was killed at it is taken over.
 *
 * @throws ConfigError when the database is newer than this program.
 */
export async function migrate({
  migrations = MIGRATIONS,
  owner = `${hostname()}:${process.pid}`,
  leaseMs = LEASE_MS,
  onProgress = () => undefined,
  ...given
}: MigrateOptions): Promise<void> {
  const options = { ...given, migrations, owner, leaseMs, onProgress }
  let told = ''
  while ((await pending(options)).length > 0) {
    if (await takeTurn(options)) {
      await keepTurn(options, () => goForward(options))
      continue
    }
    const holder = await holderOf(options.db)
    if (holder !== told)
      onProgress(`データベースの移行を ${holder} がしています。終わるのを待ちます。`)
    told = holder
    await sleep(LOOK_MS)
  }
}

type Options = Required<MigrateOptions>

/** What is to be done; a newer program may have been faster while this one waited. */
async function pending({ db, migrations }: Options): Promise<Migration[]> {
  await assertVersionKnown(db, latestOf(migrations))
  const done = new Set(await doneVersions(db))
  return migrations.filter(({ version }) => !done.has(version))
}

/** Each is noted when it is done, so that the one that is broken off is the one that is done again. */
async function goForward(options: Options): Promise<void> {
  const { db, now, onProgress } = options
  const isNew = (await ledgerCollections(db).installation.findOne()) === null
  for (const { version, what, up } of await pending(options)) {
    if (!isNew) onProgress(`データベースを版 ${version} にします: ${what}`)
    const begun = performance.now()
    await up(db)
    const done = { what, at: now(), tookMs: Math.round(performance.now() - begun) }
    await doneMigrations(db).updateOne({ _id: version }, { $setOnInsert: done }, { upsert: true })
  }
}
