// A folder of data that was copied with `cp -r` while its mongod ran: whole, torn, or cut short.
import { cp, mkdtemp, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

import { afterAll, afterEach, beforeAll, expect, test } from '@jest/globals'
import { MongoClient } from 'mongodb'

import { TornCopyError } from '../../../src/local/copiedData'
import { isAlive } from '../../../src/local/liveProcess'
import { startReplicaSet, type LocalReplicaSet } from '../../../src/local/replicaSet'
import { endAll } from '../../e2e/processes'

let home = ''
let original: LocalReplicaSet
let running: LocalReplicaSet[] = []

beforeAll(async () => {
  home = await mkdtemp(join(tmpdir(), 'kizuna-copy-'))
  original = await startReplicaSet({ binary: process.env.TEST_MONGOD!, folder: join(home, 'ours') })
  await withTexts(original, (texts) => texts.insertMany([{ text: 'one' }, { text: 'two' }]))
}, 60_000)
afterAll(async () => {
  await original.stop()
  await endAll(home) // what a test that failed has left
  await rm(home, { recursive: true })
}, 60_000)
afterEach(async () => {
  await Promise.allSettled(running.map(({ stop }) => stop()))
  running = []
})

test('one that holds together is read through, said to be one, and nothing of it is kept twice', async () => {
  const folder = await copy('whole')
  const said: string[] = []
  const started = await start(folder, (sentence) => said.push(sentence))
  expect(started.isJoined).toBe(false)
  expect(said.join('')).toMatch(/動いている間に写された.*壊れていませんでした/)
  expect(await textsOf(started)).toEqual(['one', 'two'])
  expect(await readdir(folder)).not.toContainEqual(expect.stringContaining('as-copied'))
  process.kill(started.pid, 'SIGKILL')
  await started.stop()
  // It is this folder's own by now, and a crash is no copy.
  said.length = 0
  await start(folder, (sentence) => said.push(sentence))
  expect(said).toEqual([])
}, 60_000)

test.each([
  ['a file of another moment', (data: string) => overwriteTexts(data)],
  ['no table of contents', (data: string) => rm(join(data, 'WiredTiger.wt'))],
])(
  '%s: refused with what to do, and left as it was found',
  async (name, tear) => {
    const folder = await copy(name)
    const data = join(folder, 'data')
    await tear(data)
    const before = await contents(data)
    for (const attempt of [1, 2]) {
      const error = await start(folder).catch((reason: Error) => reason)
      expect([attempt, error]).toEqual([attempt, expect.any(TornCopyError)])
      expect((error as Error).message).toMatch(/動いている間に写された.*止めてから.*もう一度写して/)
    }
    expect(await contents(data)).toEqual(before)
    const { pid } = JSON.parse(await readFile(join(folder, 'mongod.json'), 'utf8'))
    expect(isAlive(pid)).toBe(false)
  },
  120_000,
)

test('a check that was cut short begins again from what was found', async () => {
  const folder = await copy('cut short')
  const found = await contents(join(folder, 'data'))
  await rename(join(folder, 'data'), join(folder, 'data-as-copied'))
  await cp(join(home, 'ours', 'data'), join(folder, 'data'), { recursive: true })
  await writeFile(join(folder, 'data', 'half'), 'opened')
  const started = await start(folder)
  expect(await textsOf(started)).toEqual(['one', 'two'])
  expect(await readdir(join(folder, 'data'))).not.toContain('half')
  expect(Object.keys(found)).toContain('WiredTiger.wt')
}, 60_000)

/** As `cp -r` does while the mongod runs. */
async function copy(name: string): Promise<string> {
  const folder = join(home, name)
  await checkpoint()
  await cp(join(home, 'ours'), folder, { recursive: true })
  return folder
}

/** Puts what was written into the files; it is in the journal alone before. */
async function checkpoint(): Promise<void> {
  await withClient(original, (client) => client.db('admin').command({ fsync: 1 }))
}

async function fileOfTexts(data: string): Promise<string> {
  const { wiredTiger } = (await withClient(original, (client) =>
    client.db('shop').command({ collStats: 'texts' }),
  )) as { wiredTiger: { uri: string } }
  return join(data, `${wiredTiger.uri.replace('statistics:table:', '')}.wt`)
}

/** Its blocks have been used for something else since the table of contents was copied. */
async function overwriteTexts(data: string): Promise<void> {
  const path = await fileOfTexts(data)
  const bytes = await readFile(path)
  await writeFile(path, bytes.fill(0xab, 4096))
}

async function contents(data: string): Promise<Record<string, string>> {
  const files = (await readdir(data, { withFileTypes: true })).filter((entry) => entry.isFile())
  const bytes = await Promise.all(files.map(({ name }) => readFile(join(data, name), 'base64')))
  return Object.fromEntries(files.map(({ name }, at) => [name, bytes[at] ?? '']))
}

async function start(
  folder: string,
  onProgress?: (sentence: string) => void,
): Promise<LocalReplicaSet> {
  const binary = process.env.TEST_MONGOD!
  const started = await startReplicaSet({ binary, folder, onProgress })
  running.push(started)
  return started
}

function textsOf(database: LocalReplicaSet): Promise<string[]> {
  return withTexts(database, async (texts) =>
    (await texts.find().toArray()).map(({ text }) => text),
  )
}

type Texts = ReturnType<ReturnType<MongoClient['db']>['collection']>

function withTexts<T>(database: LocalReplicaSet, use: (texts: Texts) => Promise<T>): Promise<T> {
  return withClient(database, (client) => use(client.db('shop').collection('texts')))
}

async function withClient<T>(
  { url }: LocalReplicaSet,
  use: (client: MongoClient) => Promise<T>,
): Promise<T> {
  const client = await new MongoClient(url('shop')).connect()
  try {
    return await use(client)
  } finally {
    await client.close()
  }
}
