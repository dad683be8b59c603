import { randomBytes } from 'node:crypto'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

import type { Db } from 'mongodb'

import { parseKeyRing } from '../../src/secret/seal'
import { createReaderStore } from '../readers/store'
import type { Reader } from '../readers/reader'
import { restoreBackup } from './restoreBackup'
import { BackupError, connect, type BackupPlaces } from './takeBackup'

interface VerifyOptions extends BackupPlaces {
  folder: string
  now: () => Date
  onProgress: (sentence: string) => Promise<void>
}

/** What a restore on trial came to. */
export interface VerifiedBackup {
  takenAt: Date
  documents: number
  files: number
  /** Readers whose contact was opened with the keys. */
  opened: number
}

/** Contacts that are opened: one wrong key shows in the first. */
const OPENED = 1000

/**
 * Puts a backup on trial into databases of its own beside the real ones, opens contacts with the keys and
 * throws all of it away again; the real databases are neither read nor written.
 *
 * @throws BackupError when the backup cannot be put back, with the sentence why.
 */
export async function verifyBackup(options: VerifyOptions): Promise<VerifiedBackup> {
  const suffix = randomBytes(4).toString('hex')
  const names = { cms: `kizuna_verify_cms_${suffix}`, delivery: `kizuna_verify_${suffix}` }
  const home = await mkdtemp(join(tmpdir(), 'kizuna-verify-'))
  try {
    const mediaFolder = join(home, 'media')
    const manifest = await restoreBackup({ ...options, mediaFolder, names, isReplacing: false })
    return {
      takenAt: manifest.takenAt,
      documents: manifest.collections.reduce((sum, one) => sum + one.documents, 0),
      files: manifest.media.length,
      opened: await withDb(options.deliveryUrl, names.delivery, (db) => openSome(db, options)),
    }
  } finally {
    await withDb(options.cmsUrl, names.cms, (db) => db.dropDatabase())
    await withDb(options.deliveryUrl, names.delivery, (db) => db.dropDatabase())
    await rm(home, { recursive: true })
  }
}

async function withDb<T>(url: string, name: string, work: (db: Db) => Promise<T>): Promise<T> {
  const client = await connect(url)
  try {
    return await work(client.db(name))
  } finally {
    await client.close()
  }
}

async function openSome(db: Db, { secrets, now }: VerifyOptions): Promise<number> {
  const { openAddress } = createReaderStore({ db, ring: parseKeyRing(secrets.keys), now })
  const readers = await db
    .collection<Reader>('readers')
    .find({ 'identities.0': { $exists: true } })
    .limit(OPENED)
    .toArray()
  for (const { identities } of readers) {
    try {
      for (const identity of identities) openAddress(identity)
    } catch {
      throw new BackupError(
        '控えの連絡先を、いまの KIZUNA_KEYS で開けません。控えを取ったときの鍵を残しておかないと、この控えからは届けられません。',
      )
    }
  }
  return readers.length
}
