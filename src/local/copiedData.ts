import { existsSync } from 'node:fs'
import { cp, rename, rm, stat } from 'node:fs/promises'
import { join } from 'node:path'

import type { Db } from 'mongodb'

import { dataFolder, expectedMongod, startMongod, stopMongod } from './mongodProcess'
import type { MongodOptions } from './mongodProcess'
import { noteIsOfThisFolder, type Running } from './pidFile'
import { withMongod } from './primary'

/** Data that were copied while their mongod ran do not hold together; the message says what to do. */
export class TornCopyError extends Error {
  readonly code = 'TORN_COPY'
}

interface CheckedOptions extends MongodOptions {
  /** Called with one Japanese sentence before and after what takes long. */
  onProgress?: ((sentence: string) => void) | undefined
}

/**
 * Starts a folder's mongod. Files that were copied while their mongod wrote to them may be of
 * different moments, which shows at once, later or never: such a copy is read through first, and is
 * left as it was found when it does not hold together.
 *
 * @throws TornCopyError then; and as `startMongod` does.
 */
export async function startChecked(options: CheckedOptions): Promise<Running> {
  const { folder } = options
  await undoHalfDone(folder)
  if (!(await wasCopiedInUse(folder))) return startMongod(options)
  options.onProgress?.(
    'データベースは、動いている間に写されたもののようです。壊れていないか、すべて読んで確かめています…',
  )
  const running = await startOnTrial(options)
  options.onProgress?.(
    '写しは壊れていませんでした。写している間の変更は、入っていないことがあります。',
  )
  return running
}

/** A mongod that is shut down empties its lock file; the note beside it tells whose folder it is of. */
async function wasCopiedInUse(folder: string): Promise<boolean> {
  const lock = await stat(join(dataFolder(folder), 'mongod.lock')).catch(() => null)
  return (lock?.size ?? 0) > 0 && !(await noteIsOfThisFolder(folder))
}

/** Opening changes the files: what was found is kept until they have proved sound. */
async function startOnTrial(options: CheckedOptions): Promise<Running> {
  const { folder, signal } = options
  await keep(folder)
  try {
    const running = await startMongod(options)
    await assertSound(running, signal).catch(async (error: unknown) => {
      await stopMongod(expectedMongod(folder, running))
      throw error
    })
    await rename(keptFolder(folder), checkedFolder(folder))
    await rm(checkedFolder(folder), { recursive: true })
    return running
  } catch (error) {
    await undoHalfDone(folder)
    signal?.throwIfAborted()
    throw new TornCopyError(torn(folder, error))
  }
}

async function keep(folder: string): Promise<void> {
  const part = `${keptFolder(folder)}.part`
  try {
    await cp(dataFolder(folder), part, { recursive: true, preserveTimestamps: true })
  } catch (error) {
    await rm(part, { recursive: true, force: true })
    throw new Error(
      `写されたデータベース ${dataFolder(folder)} を確かめるには、それと同じ大きさの空きが ${folder} に要りますが、控えを作れませんでした(${(error as NodeJS.ErrnoException).code})。空きを作ってから、もう一度始めてください。写しには触れていません。`,
      { cause: error },
    )
  }
  await rename(part, keptFolder(folder))
}

/** Whether a check of copied data was cut short, so that its outcome is not known. */
export function isOnTrial(folder: string): boolean {
  return existsSync(keptFolder(folder))
}

async function undoHalfDone(folder: string): Promise<void> {
  for (const rest of [`${keptFolder(folder)}.part`, checkedFolder(folder)]) {
    await rm(rest, { recursive: true, force: true })
  }
  if (!isOnTrial(folder)) return
  await rm(dataFolder(folder), { recursive: true, force: true })
  await rename(keptFolder(folder), dataFolder(folder))
}

/** Reads every document and every index; a mongod that meets a torn file ends. */
async function assertSound({ port }: Running, signal?: AbortSignal): Promise<void> {
  await withMongod(
    port,
    async (client) => {
      const { databases } = await client.db('admin').admin().listDatabases({ nameOnly: true })
      for (const { name } of databases) await assertSoundDatabase(client.db(name), signal)
    },
    { socketTimeoutMS: 0 },
  )
}

async function assertSoundDatabase(db: Db, signal?: AbortSignal): Promise<void> {
  for (const { name } of await db.listCollections({ type: 'collection' }).toArray()) {
    signal?.throwIfAborted()
    const { valid, errors } = await db.command({ validate: name })
    if (!valid) throw new Error(`${db.databaseName}.${name}: ${String(errors)}`)
  }
}

function keptFolder(folder: string): string {
  return join(folder, 'data-as-copied')
}

function checkedFolder(folder: string): string {
  return join(folder, 'data-as-copied.checked')
}

function torn(folder: string, error: unknown): string {
  const [reason] = String(error instanceof Error ? error.message : error).split('\n')
  return `データベース ${dataFolder(folder)} は、動いている間に写されたもので、中身がそろっていないため開けません(${reason} くわしくは ${join(folder, 'mongod.log')})。この写しは、写されたままの形で残してあります。写した元の kizuna を止めてから(Ctrl-C)、データのフォルダーをもう一度写してください。`
}
