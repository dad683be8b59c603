import { readFile, rm, writeFile } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'

import { z } from 'zod'

import { japaneseMoment } from '../stage/japaneseDate'
import { takeFileLock } from './fileLock'
import { isAlive } from './liveProcess'

const schema = z.object({
  pid: z.number().int().positive(),
  /** Epoch milliseconds. */
  since: z.number(),
  ports: z.object({ cms: z.number(), web: z.number(), sandbox: z.number() }),
})

/** The `npm start` that holds a data folder, and the ports of its programs. */
export type FolderHolder = z.infer<typeof schema>

/** Another start holds the data folder; the message says which, and what to do. */
export class FolderInUseError extends Error {
  readonly code = 'FOLDER_IN_USE'
}

interface HeldFolder {
  /** Whether the start before this one was cut short: what it had started may still be ending. */
  isAfterCrash: boolean
  release: () => Promise<void>
}

/**
 * Takes a data folder for one `npm start`, until it is released or the process is gone.
 *
 * @throws FolderInUseError when another one that runs has it.
 */
export async function lockDataFolder(options: {
  dataDir: string
  ports: FolderHolder['ports']
  now: () => Date
}): Promise<HeldFolder> {
  const { ports, now } = options
  const dataDir = resolve(options.dataDir)
  const mine = { pid: process.pid, since: now().getTime(), ports }
  const giveUpAt = performance.now() + ASKED_FOR_MS
  for (;;) {
    const release = takeFileLock(lockFile(dataDir), 'alone')
    if (release) return hold(dataDir, { mine, release })
    const holder = await readHolder(dataDir)
    const isPassing = holder === null || !isAlive(holder.pid)
    if (!isPassing || performance.now() > giveUpAt) {
      throw new FolderInUseError(inUse(dataDir, holder))
    }
    await sleep(25)
  }
}

/** One who has just taken it has not written its name yet; one who only asks is gone at once. */
const ASKED_FOR_MS = 2000

async function hold(
  dataDir: string,
  { mine, release }: { mine: FolderHolder; release: () => void },
): Promise<HeldFolder> {
  const before = await readHolder(dataDir)
  await writeFile(holderFile(dataDir), JSON.stringify(mine))
  return {
    // In a copy of a folder that is in use, the one named lives and has nothing to do with it.
    isAfterCrash: before !== null && !isAlive(before.pid),
    release: async () => {
      await rm(holderFile(dataDir), { force: true })
      release()
    },
  }
}

/** The `npm start` that has a data folder now, or null; a file that was copied along names nobody. */
export async function holderOf(dataDir: string): Promise<FolderHolder | null> {
  const release = takeFileLock(lockFile(dataDir), 'shared')
  release?.()
  return release ? null : readHolder(dataDir)
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
