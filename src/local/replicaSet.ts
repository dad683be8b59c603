import { spawn, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { mkdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'

import { z } from 'zod'

import { freePort, isFree } from './port'
import { becomePrimary, REPLICA_SET, withMongod } from './primary'

/** A running single-node replica set on this machine. */
export interface LocalReplicaSet {
  /** Connection string for one database of it. */
  url: (database: string) => string
  pid: number
  /** False when it was already running and belongs to another process of ours. */
  isOwner: boolean
  /** Shuts the mongod down and waits until its files are closed; does nothing when not the owner. */
  stop: () => Promise<void>
}

interface StartOptions {
  binary: string
  /** Folder that holds the data, the log and the pid file. */
  folder: string
  /** Ends a mongod that is still coming up, or is up. */
  signal?: AbortSignal | undefined
}

const runningSchema = z.object({ pid: z.number(), port: z.number() })

/** Where the mongod of a folder can be reached; its pid file holds this. */
type Running = z.infer<typeof runningSchema>

/**
 * Starts a persistent single-node replica set in a folder, or joins the one already running there.
 *
 * @throws Error with the last lines of mongod's log when it does not come up within 30 s; no mongod
 * is left behind then.
 */
export async function startReplicaSet(options: StartOptions): Promise<LocalReplicaSet> {
  const { folder } = options
  const present = await findRunning(folder)
  if (present) return describe(present, { isOwner: false, stop: async () => undefined })
  await mkdir(join(folder, 'data'), { recursive: true })
  const port = await choosePort(folder)
  const mongod = spawnMongod(options, port)
  const running = { pid: mongod.pid ?? 0, port }
  await untilPrimary(mongod, { running, folder })
  await writeFile(pidFile(folder), JSON.stringify(running))
  mongod.unref()
  return describe(running, { isOwner: true, stop: () => stopMongod(running) })
}

/** The mongod that the folder's pid file names, if it still answers. */
async function findRunning(folder: string): Promise<Running | null> {
  const running = await readPidFile(folder)
  if (!running || !isAlive(running.pid)) return null
  const answer = withMongod(running.port, (client) => client.db('admin').command({ ping: 1 }))
  return answer.then(
    () => running,
    () => null,
  )
}

/** The port of last time where it is free, so that connection strings people kept stay true. */
async function choosePort(folder: string): Promise<number> {
  const previous = (await readPidFile(folder))?.port
  if (previous && (await isFree(previous))) return previous
  return freePort()
}

/** In a process group of its own: Ctrl-C must not end it before the programs that write to it. */
function spawnMongod({ binary, folder, signal }: StartOptions, port: number): ChildProcess {
  const options: Readonly<Record<string, string>> = {
    replSet: REPLICA_SET,
    bind_ip: '127.0.0.1',
    port: String(port),
    dbpath: join(folder, 'data'),
    wiredTigerCacheSizeGB: '1',
    logpath: logFile(folder),
    setParameter: 'diagnosticDataCollectionEnabled=false',
  }
  const args = Object.entries(options).flatMap(([name, value]) => [`--${name}`, value])
  return spawn(binary, [...args, '--logappend'], { stdio: 'ignore', detached: true, signal })
}

async function untilPrimary(
  mongod: ChildProcess,
  { running, folder }: { running: Running; folder: string },
): Promise<void> {
  const asking = new AbortController()
  const ended = once(mongod, 'exit').then(async () => {
    throw new Error(await startFailure(folder))
  })
  try {
    await Promise.race([becomePrimary(running.port, asking.signal), ended])
  } catch (error) {
    if (mongod.kill()) await untilEnded(running.pid)
    throw error
  } finally {
    asking.abort()
  }
}

async function startFailure(folder: string): Promise<string> {
  const log = await readFile(logFile(folder), 'utf8').catch(() => '')
  return `mongod が起動しませんでした。${logFile(folder)} の終わり:\n${log.split('\n').slice(-6).join('\n')}`
}

function describe(
  { pid, port }: Running,
  owner: Pick<LocalReplicaSet, 'isOwner' | 'stop'>,
): LocalReplicaSet {
  const url = (database: string) =>
    `mongodb://127.0.0.1:${port}/${database}?replicaSet=${REPLICA_SET}`
  return { url, pid, ...owner }
}

async function stopMongod({ pid, port }: Running): Promise<void> {
  await withMongod(port, (client) =>
    client.db('admin').command({ shutdown: 1, force: true, timeoutSecs: 5 }),
  ).catch(() => undefined) // mongod closes the connection instead of answering
  await untilEnded(pid)
}

async function untilEnded(pid: number): Promise<void> {
  while (isAlive(pid)) await sleep(25)
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0)
    return true
  } catch {
    return false
  }
}

async function readPidFile(folder: string): Promise<Running | null> {
  const text = await readFile(pidFile(folder), 'utf8').catch(() => null)
  return text === null ? null : runningSchema.parse(JSON.parse(text))
}

function pidFile(folder: string): string {
  return join(folder, 'mongod.json')
}

function logFile(folder: string): string {
  return join(folder, 'mongod.log')
}
