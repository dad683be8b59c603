import { commandLineOf, isAlive, processNumbers } from './liveProcess'
import { dataFolder, endMongod, expectedMongod } from './mongodProcess'
import { readPidFile, writePidFile, type Running } from './pidFile'
import { assertIs, becomePrimary, isSameFolder, withMongod } from './primary'

interface FindOptions {
  /** Whether a program that runs uses the folder's mongod. */
  isUsed: () => boolean
  signal?: AbortSignal | undefined
  /** How long one that runs may stay silent; after a crash it first reads its journal. @default 30000 */
  silentMs?: number
}

/**
 * The mongod that runs with a folder's data, or null. What the folder's files say of it is a hint:
 * they may be of a folder this one was copied from, or older than another program on that port. It
 * counts when its own answer (number, data folder) proves it, or its command line while it is still
 * coming up; one that never answers and nobody uses is ended.
 *
 * @throws Error that names its number when it does not answer and others use it.
 */
export async function findRunning(
  folder: string,
  { isUsed, signal, silentMs }: FindOptions,
): Promise<Running | null> {
  const named = await readPidFile(folder)
  if (named && isAlive(named.pid) && (await isOurs(folder, named))) return ready(folder, named)
  const present = await fromCommandLine(folder)
  if (!present) return null
  try {
    await ready(folder, present, { signal, silentMs })
    await writePidFile(folder, present) // its own start was cut short before it was noted
    return present
  } catch {
    signal?.throwIfAborted()
    if (isUsed()) throw new Error(notAnswering(folder, present))
    await endMongod(present.pid)
    return null
  }
}

async function ready(
  folder: string,
  running: Running,
  { signal, silentMs }: Pick<FindOptions, 'signal' | 'silentMs'> = {},
): Promise<Running> {
  const asking = signal ?? new AbortController().signal
  await becomePrimary(expectedMongod(folder, running), asking, silentMs)
  signal?.throwIfAborted()
  return running
}

function isOurs(folder: string, running: Running): Promise<boolean> {
  return withMongod(running.port, (client) =>
    assertIs(expectedMongod(folder, running), client),
  ).then(
    () => true,
    () => false,
  )
}

/** While it comes up a mongod neither answers nor has noted its number beside its data. */
async function fromCommandLine(folder: string): Promise<Running | null> {
  for (const pid of await processNumbers()) {
    const { port, dbPath } = mongodOptions(await commandLineOf(pid))
    if (port > 0 && (await isSameFolder(dbPath, dataFolder(folder)))) return { pid, port }
  }
  return null
}

/** Port and data folder that a command line of ours gives a mongod. *Pure.* */
export function mongodOptions(commandLine: string): { port: number; dbPath: string } {
  const option = (name: string) =>
    new RegExp(`(?:^| )--${name}[ =](.+?)(?= --|$)`).exec(commandLine)?.[1] ?? ''
  return { port: Number(option('port')), dbPath: option('dbpath') }
}

function notAnswering(folder: string, { pid, port }: Running): string {
  return `${dataFolder(folder)} のデータベース(mongod、プロセス番号 ${pid}、ポート ${port})が応答しません。ほかのプログラムが使っているので、そのままにしました。使っているプログラムを止めてから、もう一度始めてください。`
}
