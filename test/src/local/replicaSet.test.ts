import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { cp, mkdtemp, readFile, rm, symlink, writeFile } from 'node:fs/promises'
import { createServer as createHttpServer } from 'node:http'
import { createServer, type AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

import { afterEach, beforeEach, expect, test } from '@jest/globals'
import { MongoClient } from 'mongodb'

import { isAlive } from '../../../src/local/liveProcess'
import { findRunning, mongodOptions } from '../../../src/local/runningMongod'
import { startReplicaSet, type LocalReplicaSet } from '../../../src/local/replicaSet'
import { endAll } from '../../e2e/processes'

let home = ''
let running: LocalReplicaSet[] = []

beforeEach(async () => {
  home = await mkdtemp(join(tmpdir(), 'kizuna-rs-'))
  running = []
})
afterEach(async () => {
  await Promise.allSettled(running.map(({ stop }) => stop()))
  await endAll(home) // what a test that failed has left
  await rm(home, { recursive: true })
})

test('data written before a clean stop is there after a start on another port', async () => {
  const first = await start('ours')
  await keep(first, 'kept')
  await first.stop()
  await pidFile('ours', { pid: 999_999_999, port: 1 })
  const second = await start('ours')
  expect(second.isJoined).toBe(false)
  expect(await kept(second)).toEqual(['kept'])
})

test('a copied folder never joins the database it was copied from', async () => {
  const before = await start('ours')
  await keep(before, 'from before')
  await before.stop()
  await cp(join(home, 'ours'), join(home, 'copy'), { recursive: true })
  const ours = await start('ours')
  // As in a copy made while ours runs: process and port named are alive, and answer.
  await cp(join(home, 'ours', 'mongod.json'), join(home, 'copy', 'mongod.json'))

  const copy = await start('copy')
  expect([copy.isJoined, copy.pid === ours.pid, portOf(copy) === portOf(ours)]).toEqual([
    false,
    false,
    false,
  ])
  await keep(copy, 'of the copy')
  await keep(ours, 'of ours')
  expect(await kept(copy)).toEqual(['from before', 'of the copy'])
  expect(await kept(ours)).toEqual(['from before', 'of ours'])
  await copy.stop()
  expect(await kept(ours)).toEqual(['from before', 'of ours'])
})

test('a folder and its copy that start at the same moment get a port each', async () => {
  const before = await start('ours')
  await keep(before, 'from before')
  await before.stop()
  await cp(join(home, 'ours'), join(home, 'copy'), { recursive: true })
  const [ours, copy] = await Promise.all([start('ours'), start('copy')])
  await keep(copy, 'of the copy')
  expect(portOf(copy)).not.toBe(portOf(ours))
  expect(await kept(ours)).toEqual(['from before'])
})

test('a folder that starts after its copy took its port has its own data still', async () => {
  const before = await start('ours')
  await keep(before, 'from before')
  await before.stop()
  await cp(join(home, 'ours'), join(home, 'copy'), { recursive: true })
  const copy = await start('copy')
  expect(portOf(copy)).toBe(portOf(before))
  await keep(copy, 'of the copy')
  expect(await kept(await start('ours'))).toEqual(['from before'])
})

test('two starts on one folder share one mongod, also by another name of the folder', async () => {
  await symlink(join(home, 'ours'), join(home, 'alias'))
  const [one, two] = await Promise.all([start('ours'), start('ours')])
  const three = await start('alias')
  expect([two.pid, three.pid]).toEqual([one.pid, one.pid])
  expect([one.isJoined, two.isJoined].toSorted()).toEqual([false, true])
  expect(three.isJoined).toBe(true)
})

test('the one that started it may leave first; the last to leave stops it', async () => {
  const command = await start('ours')
  const launcher = await start('ours')
  await command.stop()
  await keep(launcher, 'still here')
  expect(await kept(launcher)).toEqual(['still here'])
  await launcher.stop()
  expect(isAlive(launcher.pid)).toBe(false)
})

test('half a pid file is none', async () => {
  await (await start('ours')).stop()
  await writeFile(join(home, 'ours', 'mongod.json'), '{"pid":')
  expect((await start('ours')).isJoined).toBe(false)
})

test('a mongod whose start was cut short before it was noted is taken over', async () => {
  const first = await start('ours')
  await keep(first, 'kept')
  await rm(join(home, 'ours', 'mongod.json'))
  const second = await start('ours')
  expect([second.isJoined, second.pid]).toEqual([true, first.pid])
  expect(await kept(second)).toEqual(['kept'])
  expect(JSON.parse(await readFile(join(home, 'ours', 'mongod.json'), 'utf8'))).toMatchObject({
    pid: first.pid,
  })
})

test('a mongod left over by a process that was killed is taken over, and stopped by the last', async () => {
  const pid = await leftOver('ours')
  const next = await start('ours')
  expect([next.isJoined, next.pid]).toEqual([true, pid])
  await next.stop()
  expect(isAlive(pid)).toBe(false)
})

test('what a killed program had begun to write holds nobody up', async () => {
  await killAt('ours', 'writing')
  const next = await start('ours')
  expect(next.isJoined).toBe(true)
  await withDocuments(next, (documents) => documents.insertOne({ _id: 1 as never, text: 'again' }))
  expect(await kept(next)).toEqual(['again'])
})

test('one that does not answer is ended when nobody uses it, and named when somebody does', async () => {
  const folder = join(home, 'ours')
  const first = await start('ours')
  process.kill(first.pid, 'SIGSTOP')
  const isUsed = () => true
  await expect(findRunning(folder, { isUsed, silentMs: 0 })).rejects.toThrow(
    `プロセス番号 ${first.pid}`,
  )
  expect(isAlive(first.pid)).toBe(true)
  process.kill(first.pid, 'SIGKILL')
  await first.stop()

  const pid = await leftOver('ours')
  process.kill(pid, 'SIGSTOP')
  const none = findRunning(folder, { isUsed: () => false, silentMs: 0 })
  expect(await none).toBeNull()
  expect(isAlive(pid)).toBe(false)
}, 90_000)

test.each([
  ['another program that speaks HTTP', () => createHttpServer((_, answer) => answer.end('no'))],
  ['something that says nothing', () => createServer()],
])('%s on the remembered port is left alone', async (_, open) => {
  const server = open().listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as AddressInfo
  await (await start('ours')).stop()
  // As after a restart of the machine: the number is somebody else's by now, and so is the port.
  await pidFile('ours', { pid: process.pid, port })
  const ours = await start('ours')
  expect([ours.isJoined, portOf(ours) === String(port)]).toEqual([false, false])
  server.close()
})

test('a mongod of somebody else on the remembered port is left alone', async () => {
  const theirs = await start('theirs')
  await keep(theirs, 'theirs')
  await (await start('ours')).stop()
  await pidFile('ours', { pid: theirs.pid, port: Number(portOf(theirs)) })
  const ours = await start('ours')
  expect([ours.isJoined, ours.pid === theirs.pid]).toEqual([false, false])
  expect(await kept(ours)).toEqual([])
  await ours.stop()
  expect(await kept(theirs)).toEqual(['theirs'])
})

test('ports that are meant for other programs are not taken', async () => {
  const first = await start('ours')
  await first.stop()
  const reservedPorts = [Number(portOf(first))]
  const second = await start('ours', { reservedPorts })
  expect(portOf(second)).not.toBe(portOf(first))
})

test('killed at any moment of its start, a folder starts again with what was written', async () => {
  const before = await start('ours')
  await keep(before, 'kept')
  await before.stop()
  for (const reached of ['opening', 'noted', 'joined']) {
    await killAt('ours', reached)
    const next = await start('ours')
    expect(await kept(next)).toEqual(['kept'])
    await next.stop()
    expect(isAlive(next.pid)).toBe(false)
  }
}, 90_000)

test.each([
  [
    '/usr/bin/mongod --replSet kizuna --port 24001 --dbpath /a b/data --logappend',
    24001,
    '/a b/data',
  ],
  ['mongod --dbpath=/srv --port=1', 1, '/srv'],
  ['vim --portrait', 0, ''],
])('what a command line says: %s', (line, port, dbPath) => {
  expect(mongodOptions(line)).toEqual({ port, dbPath })
})

/** Starts a folder's mongod in a process that is killed then, and gives the mongod's number. */
async function leftOver(name: string): Promise<number> {
  await killAt(name, 'joined')
  const { pid } = JSON.parse(await readFile(join(home, name, 'mongod.json'), 'utf8'))
  expect(isAlive(pid)).toBe(true)
  return pid
}

async function killAt(name: string, reached: string): Promise<void> {
  const script = join(import.meta.dirname, 'mongodStarter.ts')
  const starter = spawn(process.execPath, ['--import', 'tsx', script, join(home, name), reached], {
    env: { ...process.env, NODE_OPTIONS: '' },
    stdio: 'inherit',
  })
  const [, signal] = await once(starter, 'exit')
  expect(signal).toBe('SIGKILL')
}

async function start(
  name: string,
  options: { reservedPorts?: number[] } = {},
): Promise<LocalReplicaSet> {
  const started = await startReplicaSet({
    binary: process.env.TEST_MONGOD!,
    folder: join(home, name),
    ...options,
  })
  running.push(started)
  return started
}

async function pidFile(name: string, content: { pid: number; port: number }): Promise<void> {
  await writeFile(join(home, name, 'mongod.json'), JSON.stringify(content))
}

function portOf({ url }: LocalReplicaSet): string {
  return new URL(url('shop')).port
}

async function keep(database: LocalReplicaSet, text: string): Promise<void> {
  await withDocuments(database, (documents) => documents.insertOne({ text }))
}

async function kept(database: LocalReplicaSet): Promise<string[]> {
  const found = await withDocuments(database, (documents) => documents.find().toArray())
  return found.map(({ text }) => text)
}

type Documents = ReturnType<ReturnType<MongoClient['db']>['collection']>

async function withDocuments<T>(
  { url }: LocalReplicaSet,
  use: (documents: Documents) => Promise<T>,
) {
  const client = await new MongoClient(url('shop')).connect()
  try {
    return await use(client.db().collection('documents'))
  } finally {
    await client.close()
  }
}
