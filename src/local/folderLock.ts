import { existsSync } from 'node:fs'
import { readFile, rm, writeFile } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'

import { z } from 'zod'

import { japaneseMoment } from '../stage/japaneseDate'
import { takeFileLock, type FileLock } from './fileLock'
import { isAlive, processesWithOpen } from './liveProcess'
import { placesSchema, type Places } from './places'

const schema = placesSchema.extend({
  pid: z.number().int().positive(),
  /** Epoch milliseconds. */
  since: z.number(),
  /** Its practice clock stood at `at` at the real instant `since`; null is the machine's own clock. */
  clock: z.object({ at: z.number(), since: z.number() }).nullable().default(null),
})

/** The `npm start` that holds a data folder, and where its programs are. */
export type FolderHolder = z.infer<typeof schema>

/** A data folder cannot be written or locked; the message says why. */
export class FolderUnusableError extends Error {
  readonly code = 'FOLDER_UNUSABLE'
}

/** Another start holds the data folder; the message says which, and what to do. */
export class FolderInUseError extends Error {
  readonly code = 'FOLDER_IN_USE'
}

interface LockOptions {
  dataDir: string
  places: Places
  /** @default null */
  clock?: FolderHolder['clock']
  now: () => Date
  /** Called once when the last start was cut short and its programs are still ending. */
  onWait?: () => void
  /** How long those may take. @default 30000 */
  endingMs?: number
}

interface HeldFolder {
  /** File that a program of this start inherits, so that no other start begins before it has ended. */
  file: number
  release: () => Promise<void>
}

/**
 * Takes a data folder for one `npm start`, until it is released, or the process and all programs that
 * inherited the lock's file are gone.
 *
 * @throws FolderInUseError when another one that runs has it.
 * @throws FolderUnusableError when it cannot be written, or its file system has no locks.
 */
export async function lockDataFolder(options: LockOptions): Promise<HeldFolder> {
  const dataDir = resolve(options.dataDir)
  const { places, clock = null, now } = options
  const mine = { pid: process.pid, since: now().getTime(), ...places, clock }
  const lock = await untilLocked(dataDir, options)
  // Readable by its owner only, as the folder's secrets are.
  await writeFile(holderFile(dataDir), JSON.stringify(mine), { mode: 0o600 })
  return {
    file: lock.file,
    release: async () => {
      await rm(holderFile(dataDir), { force: true })
      lock.release()
    },
  }
}

async function untilLocked(dataDir: string, options: LockOptions): Promise<FileLock> {
  const { onWait, endingMs = ENDING_MS } = options
  const beganAt = performance.now()
  let isTold = false
  for (;;) {
    const lock = take(dataDir)
    if (lock) return lock
    const holder = await readHolder(dataDir)
    if (holder && isAlive(holder.pid)) throw new FolderInUseError(inUse(dataDir, holder))
    const waited = performance.now() - beganAt
    if (waited > (holder ? endingMs : ASKED_FOR_MS)) {
      throw new FolderInUseError(holder ? await notEnding(dataDir) : inUse(dataDir, null))
    }
    if (holder && !isTold) onWait?.()
    isTold ||= holder !== null
    await sleep(25)
  }
}

function take(dataDir: string): FileLock | null {
  try {
    return takeFileLock(lockFile(dataDir), 'alone')
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException
    throw new FolderUnusableError(
      `データのフォルダー ${dataDir} に書き込めないか、その置き場所ではファイルの鍵が使えません(${code ?? message})。この利用者が書き込める、この機械の中のフォルダーを KIZUNA_DATA_DIR に設定してください。`,
      { cause: error },
    )
  }
}

/** One who has just taken it has not written its name yet; one who only asks is gone at once. */
const ASKED_FOR_MS = 2000

/** Programs of a start that was killed end by themselves, after what they were about to send. */
const ENDING_MS = 30_000

/** The `npm start` that has a data folder now, or null; a file that was copied along names nobody. */
export async function holderOf(dataDir: string): Promise<FolderHolder | null> {
  if (!existsSync(lockFile(dataDir))) return null
  const lock = takeFileLock(lockFile(dataDir), 'shared')
  lock?.release()
  const holder = lock ? null : await readHolder(dataDir)
  return holder && isAlive(holder.pid) ? holder : null
}

async function notEnding(dataDir: string): Promise<string> {
  const pids = await processesWithOpen(lockFile(dataDir))
  const where = `データのフォルダー ${dataDir} は、`
  if (pids.length === 0) {
    // Numbers of another container's processes are not to be seen here.
    return `${where}ほかのコンテナーか、ほかの利用者の kizuna が使っています。そちらを止めてから、もう一度始めてください。`
  }
  return `${where}途中で切れた前回の kizuna のプログラム(プロセス番号 ${pids.join('、')})が、まだ使っています。終わるのを待つか、kill -9 ${pids.join(' ')} で終わらせてから、もう一度始めてください。`
}

function inUse(dataDir: string, holder: FolderHolder | null): string {
  const who = holder
    ? `プロセス番号 ${holder.pid}、${japaneseMoment(new Date(holder.since))} から`
    : 'プロセス番号は分かりません'
  const place = holder && `管理画面は http://localhost:${holder.ports.cms}/admin です。`
  const stop = holder ? `(その画面で Ctrl-C、または kill ${holder.pid})` : ''
  return `データのフォルダー ${dataDir} では、もう kizuna が動いています(${who})。${place ?? ''}一つのフォルダーで同時に動かせるのは一つだけです。動いているほうをそのまま使うか、止めてから${stop}もう一度始めてください。もう一つ動かしたいときは、別のフォルダーを KIZUNA_DATA_DIR に、別の番号を CMS_PORT・WEB_PORT・SANDBOX_PORT に設定してください。`
}

async function readHolder(dataDir: string): Promise<FolderHolder | null> {
  const text = await readFile(holderFile(dataDir), 'utf8').catch(() => '')
  try {
    return schema.safeParse(JSON.parse(text)).data ?? null
  } catch {
    return null // not there, or only half of it is written
  }
}

function lockFile(dataDir: string): string {
  return join(dataDir, 'start.lock')
}

function holderFile(dataDir: string): string {
  return join(dataDir, 'start.json')
}
