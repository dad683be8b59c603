import { mkdir } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'

import { isOnTrial, startChecked, TornCopyError } from './copiedData'
import { takeFileLock, type FileLock } from './fileLock'
import { dataFolder, expectedMongod, stopMongod } from './mongodProcess'
import type { Running } from './pidFile'
import { REPLICA_SET, withMongod } from './primary'
import { findRunning } from './runningMongod'

/** A running single-node replica set on this machine. */
export interface LocalReplicaSet {
  /** Connection string for one database of it. */
  url: (database: string) => string
  pid: number
  /** Whether it was already running for another process of ours. */
  isJoined: boolean
  /** File that a child program inherits to be counted among those who use it, as long as it lives. */
  userFile: number
  /** Leaves it; the last one to leave shuts the mongod down and waits until its files are closed. */
  stop: () => Promise<void>
}

interface StartOptions {
  binary: string
  /** Folder that holds the data, the log and the pid file. */
  folder: string
  /** Ports the mongod must leave to programs that come up after it. */
  reservedPorts?: readonly number[]
  /** Ends a start that is under way, with the mongod that is coming up. */
  signal?: AbortSignal | undefined
  /** Called with one Japanese sentence about what takes long. */
  onProgress?: ((sentence: string) => void) | undefined
}

/**
 * Starts a persistent single-node replica set in a folder, or joins the one already running there.
 * Only a mongod that proves to have this folder's data is joined; data that were copied while in use
 * are read through first.
 *
 * @throws Error with the last lines of mongod's log when it does not come up within 30 s; no mongod
 * is left behind then.
 */
export async function startReplicaSet(options: StartOptions): Promise<LocalReplicaSet> {
  const folder = resolve(options.folder)
  const { signal } = options
  await mkdir(dataFolder(folder), { recursive: true })
  return oneByOne({ folder, signal }, async () => {
    const { running, isJoined } = await joinOrStart({ ...options, folder })
    const user = await enter(folder)
    return {
      url: (database) =>
        `mongodb://127.0.0.1:${running.port}/${database}?replicaSet=${REPLICA_SET}`,
      pid: running.pid,
      isJoined,
      userFile: user.file,
      stop: () => oneByOne({ folder }, () => leaveMongod({ folder, running, user })),
    }
  })
}

async function joinOrStart(
  options: StartOptions,
): Promise<{ running: Running; isJoined: boolean }> {
  const { folder, signal } = options
  const find = () => findRunning(folder, { isUsed: () => isUsedByOthers(folder), signal })
  const present = await find()
  if (present && isOnTrial(folder)) {
    await stopMongod(expectedMongod(folder, present)) // nobody uses it before the outcome is known
  } else if (present) {
    if (!isUsedByOthers(folder)) await endLeftTransactions(present)
    return { running: present, isJoined: true }
  }
  try {
    return { running: await startChecked(options), isJoined: false }
  } catch (error) {
    if (error instanceof TornCopyError) throw error
    // One whose start was cut short a moment ago had not yet taken its data when it was looked for.
    const late = signal?.aborted ? null : await find()
    if (!late) throw error
    return { running: late, isJoined: true }
  }
}

/**
 * What a program that was killed had begun holds its documents for a minute, and whoever writes them
 * meanwhile fails.
 */
async function endLeftTransactions({ port }: Running): Promise<void> {
  await withMongod(port, (client) => client.db('admin').command({ killAllSessions: [] }))
}

/** Two that start, join or stop on one folder at the same time would each find half a mongod. */
async function oneByOne<T>(
  { folder, signal }: Pick<StartOptions, 'folder' | 'signal'>,
  work: () => Promise<T>,
): Promise<T> {
  for (;;) {
    signal?.throwIfAborted()
    const turn = takeFileLock(join(folder, 'opening.lock'), 'alone')
    if (turn) return work().finally(turn.release)
    await sleep(50)
  }
}

/** Counts this call among those that use the mongod, until what it gives is released. */
async function enter(folder: string): Promise<FileLock> {
  for (;;) {
    const user = takeFileLock(usersFile(folder), 'shared')
    if (user) return user
    await sleep(25) // whoever has it alone is only asking
  }
}

/** To be asked in turn only, by one who does not use it. */
function isUsedByOthers(folder: string): boolean {
  const alone = takeFileLock(usersFile(folder), 'alone')
  alone?.release()
  return alone === null
}

interface Leaving {
  folder: string
  running: Running
  user: FileLock
}

async function leaveMongod({ folder, running, user }: Leaving): Promise<void> {
  user.release()
  if (!isUsedByOthers(folder)) await stopMongod(expectedMongod(folder, running))
}

/** All that use the mongod share a lock on it. */
function usersFile(folder: string): string {
  return join(folder, 'users.lock')
}
