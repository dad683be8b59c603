import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync } from 'node:fs'
import { mkdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'

import { MongoClient, type Document } from 'mongodb'

import { freePort, isFree } from './port'

const REPLICA_SET = 'kizuna'

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

/** Where a running mongod of this folder can be reached, as its pid file says. */
interface PidFile {
  pid: number
  port: number
}

/**
 * Starts a persistent single-node replica set in a folder, or joins the one already running there.
 *
 * @throws Error with the last lines of mongod's log when it does not come up within 30 s; no mongod
 * is left behind then.
 */
export async function startReplicaSet({
  binary,
  folder,
  signal,
}: StartOptions): Promise<LocalReplicaSet> {
  const running = await findRunning(folder)
  if (running) return describe({ ...running, isOwner: false, stop: async () => undefined })
  await mkdir(join(folder, 'data'), { recursive: true })
  const port = await choosePort(folder)
  const child = spawn(
    binary,
    [
      '--replSet',
      REPLICA_SET,
      '--bind_ip',
      '127.0.0.1',
      '--port',
      String(port),
      '--dbpath',
      join(folder, 'data'),
      '--wiredTigerCacheSizeGB',
      '1',
      '--logpath',
      join(folder, 'mongod.log'),
      '--logappend',
      '--setParameter',
      'diagnosticDataCollectionEnabled=false',
    ],
    { stdio: 'ignore', detached: true, signal },
  )
  const exited = once(child, 'exit')
  const pid = child.pid ?? 0
  const asking = new AbortController()
  try {
    await Promise.race([
      becomePrimary(port, asking.signal),
      exited.then(async () => {
        throw new Error(await startFailure(folder))
      }),
    ])
  } catch (error) {
    asking.abort()
    if (child.kill()) await untilEnded(pid)
    throw error
  }
  await writeFile(join(folder, 'mongod.json'), JSON.stringify({ pid, port } satisfies PidFile))
  child.unref()
  return describe({ pid, port, isOwner: true, stop: () => stopMongod({ pid, port }) })
}

/** The replica set that is already running in a folder, or null. */
export async function findRunning(folder: string): Promise<PidFile | null> {
  const file = await readPidFile(folder)
  if (!file || !isAlive(file.pid)) return null
  try {
    await withClient(file.port, (client) => client.db('admin').command({ ping: 1 }))
    return file
  } catch {
    return null
  }
}

function describe(running: PidFile & Pick<LocalReplicaSet, 'isOwner' | 'stop'>): LocalReplicaSet {
  const { pid, port, isOwner, stop } = running
  const url = (database: string) =>
    `mongodb://127.0.0.1:${port}/${database}?replicaSet=${REPLICA_SET}`
  return { url, pid, isOwner, stop }
}

async function readPidFile(folder: string): Promise<PidFile | null> {
  const path = join(folder, 'mongod.json')
  if (!existsSync(path)) return null
  return JSON.parse(await readFile(path, 'utf8')) as PidFile
}

async function choosePort(folder: string): Promise<number> {
  const previous = (await readPidFile(folder))?.port
  if (previous && (await isFree(previous))) return previous
  return freePort()
}

async function withClient<T>(port: number, use: (client: MongoClient) => Promise<T>): Promise<T> {
  const client = new MongoClient(`mongodb://127.0.0.1:${port}/?directConnection=true`, {
    serverSelectionTimeoutMS: 2000,
  })
  try {
    return await use(await client.connect())
  } finally {
    await client.close()
  }
}

async function becomePrimary(port: number, asking: AbortSignal): Promise<void> {
  const giveUpAt = Date.now() + 30_000
  while (!asking.aborted) {
    try {
      if (await withClient(port, (client) => ensurePrimary(client, port))) return
    } catch (error) {
      if (Date.now() > giveUpAt) throw error
    }
    if (Date.now() > giveUpAt) throw new Error('mongod が 30 秒以内に書き込めるようになりません')
    await sleep(50)
  }
}

async function ensurePrimary(client: MongoClient, port: number): Promise<boolean> {
  const admin = client.db('admin')
  const host = `127.0.0.1:${port}`
  const config = await admin.command({ replSetGetConfig: 1 }).catch(() => null)
  if (!config) {
    const members = [{ _id: 0, host }]
    await admin.command({ replSetInitiate: { _id: REPLICA_SET, members } })
  } else if (config.config.members[0].host !== host) {
    await admin.command({ replSetReconfig: movedTo(config.config, host), force: true })
  }
  return (await admin.command({ hello: 1 })).isWritablePrimary === true
}

function movedTo(config: Document, host: string): Document {
  return {
    ...config,
    version: Number(config.version) + 1,
    members: [{ ...config.members[0], host }],
  }
}

async function stopMongod({ pid, port }: PidFile): Promise<void> {
  await withClient(port, (client) =>
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

async function startFailure(folder: string): Promise<string> {
  const log = await readFile(join(folder, 'mongod.log'), 'utf8').catch(() => '')
  return `mongod が起動しませんでした。${join(folder, 'mongod.log')} の終わり:\n${log.split('\n').slice(-6).join('\n')}`
}
