import { spawn, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'

import { commandLineOf, isAlive } from './liveProcess'
import { readPidFile, writePidFile, type Running } from './pidFile'
import { freePort, isFree } from './port'
import { assertIs, becomePrimary, REPLICA_SET, withMongod, type ExpectedMongod } from './primary'

/** What a mongod of a folder is started with. */
export interface MongodOptions {
  binary: string
  /** Absolute path of the folder that holds the data, the log and the pid file. */
  folder: string
  /** Ports the mongod must leave to programs that come up after it. */
  reservedPorts?: readonly number[]
  /** Ends a start that is under way, with the mongod that is coming up. */
  signal?: AbortSignal | undefined
}

/** What the mongod that runs in a folder has to answer. *Pure.* */
export function expectedMongod(folder: string, { pid, port }: Running): ExpectedMongod {
  return { pid, port, dbPath: dataFolder(folder) }
}

/** Where the mongod of a folder keeps its files. *Pure.* */
export function dataFolder(folder: string): string {
  return join(folder, 'data')
}

/**
 * Starts a mongod in a folder and waits until it can be written to.
 *
 * @throws Error with the last lines of its log when it does not come up within 30 s; it is ended then.
 */
export async function startMongod(options: MongodOptions): Promise<Running> {
  const port = await choosePort(options)
  try {
    return await startOn(options, port)
  } catch (error) {
    // Somebody took the port after it was found free; mongod ends in more than one way then.
    if (!(error instanceof MongodEndedError) || (await isFree(port))) throw error
    return startOn(options, await unreservedPort(options))
  }
}

/** The port of last time where it is free, so that connection strings people kept stay true. */
async function choosePort(options: MongodOptions): Promise<number> {
  const previous = (await readPidFile(options.folder))?.port
  const isReserved = previous !== undefined && options.reservedPorts?.includes(previous)
  if (previous && !isReserved && (await isFree(previous))) return previous
  return unreservedPort(options)
}

async function unreservedPort({ reservedPorts = [] }: MongodOptions): Promise<number> {
  for (;;) {
    const port = await freePort()
    if (!reservedPorts.includes(port)) return port
  }
}

async function startOn(options: MongodOptions, port: number): Promise<Running> {
  const mongod = spawnMongod(options, port)
  const running = { pid: mongod.pid ?? 0, port }
  await untilPrimary(mongod, { running, options })
  mongod.unref()
  return running
}

/** In a process group of its own: Ctrl-C must not end it before the programs that write to it. */
function spawnMongod({ binary, folder }: MongodOptions, port: number): ChildProcess {
  const options: Readonly<Record<string, string>> = {
    replSet: REPLICA_SET,
    bind_ip: '127.0.0.1',
    port: String(port),
    dbpath: dataFolder(folder),
    wiredTigerCacheSizeGB: '1',
    logpath: logFile(folder),
    setParameter: 'diagnosticDataCollectionEnabled=false',
  }
  const args = Object.entries(options).flatMap(([name, value]) => [`--${name}`, value])
  return spawn(binary, [...args, '--logappend'], { stdio: 'ignore', detached: true })
}

async function untilPrimary(
  mongod: ChildProcess,
  { running, options: { folder, signal } }: { running: Running; options: MongodOptions },
): Promise<void> {
  const asking = new AbortController()
  const waits = [comeUp({ running, folder, asking: asking.signal }), ended(mongod, folder)]
  if (signal) waits.push(calledOff(signal, asking.signal))
  try {
    await Promise.race(waits)
  } catch (error) {
    if (mongod.kill()) await endMongod(running.pid)
    throw error
  } finally {
    asking.abort()
  }
}

interface ComingUp {
  running: Running
  folder: string
  /** Aborts when the outcome is known. */
  asking: AbortSignal
}

/** The pid file comes first: after a crash in between, the next start finds this mongod. */
async function comeUp({ running, folder, asking }: ComingUp): Promise<void> {
  await writePidFile(folder, running)
  await becomePrimary(expectedMongod(folder, running), asking)
}

async function ended(mongod: ChildProcess, folder: string): Promise<never> {
  await once(mongod, 'exit')
  throw new MongodEndedError(await startFailure(folder))
}

async function calledOff(signal: AbortSignal, asking: AbortSignal): Promise<void> {
  signal.throwIfAborted()
  await once(signal, 'abort', { signal: asking }).catch(() => undefined)
  signal.throwIfAborted()
}

class MongodEndedError extends Error {
  readonly code = 'MONGOD_ENDED'
}

async function startFailure(folder: string): Promise<string> {
  const data = dataFolder(folder)
  const log = await readFile(logFile(folder), 'utf8').catch(() => '')
  const lines = log.trimEnd().split('\n')
  const holder = await readFile(join(data, 'mongod.lock'), 'utf8').then(Number, () => 0)
  const isInUse = lines.slice(-LINES_OF_A_START).some((line) => line.includes('DBPathInUse'))
  if (isInUse && holder > 0 && isAlive(holder)) {
    return `${data} は、動いている別の mongod(プロセス番号 ${holder})が使っています。それを使っているプログラムを止めるか、その mongod を止めてから(kill ${holder})、もう一度始めてください。`
  }
  return `mongod が起動しませんでした。${logFile(folder)} の終わり:\n${lines.slice(-6).join('\n')}`
}

/** A start that fails writes fewer; earlier ones say nothing about this one. */
const LINES_OF_A_START = 80

/**
 * Shuts a mongod down and waits until its files are closed. Another one that has taken its port since
 * is left alone; one that is there but does not answer is ended.
 */
export async function stopMongod(mongod: ExpectedMongod): Promise<void> {
  if (!isAlive(mongod.pid)) return
  const isStopping = await withMongod(mongod.port, async (client) => {
    await assertIs(mongod, client)
    const shutdown = client.db('admin').command({ shutdown: 1, force: true, timeoutSecs: 5 })
    await shutdown.catch(() => undefined) // it closes the connection instead of answering
  }).then(
    () => true,
    () => false,
  )
  if (isStopping) await untilEnded(mongod.pid, SHUT_DOWN_WITHIN_MS)
  const isOurs = (await commandLineOf(mongod.pid)).includes(mongod.dbPath)
  if (isOurs && isAlive(mongod.pid)) await endMongod(mongod.pid)
}

/** Ends a mongod that does not answer, at last the hard way: its journal keeps what it took. */
export async function endMongod(pid: number): Promise<void> {
  send(pid, 'SIGTERM')
  send(pid, 'SIGCONT') // one that was halted hears nothing else
  if (await untilEnded(pid, SHUT_DOWN_WITHIN_MS)) return
  send(pid, 'SIGKILL')
  await untilEnded(pid, SHUT_DOWN_WITHIN_MS)
}

const SHUT_DOWN_WITHIN_MS = 30_000

function send(pid: number, signal: NodeJS.Signals): void {
  try {
    process.kill(pid, signal)
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error
  }
}

async function untilEnded(pid: number, withinMs: number): Promise<boolean> {
  const giveUpAt = performance.now() + withinMs
  while (isAlive(pid)) {
    if (performance.now() > giveUpAt) return false
    await sleep(25)
  }
  return true
}

function logFile(folder: string): string {
  return join(folder, 'mongod.log')
}
