import { realpath } from 'node:fs/promises'
import { setTimeout as sleep } from 'node:timers/promises'

import { MongoClient, type Document } from 'mongodb'

/** Name of the embedded replica set. */
export const REPLICA_SET = 'kizuna'

/** How long a mongod may take until it can be written to. */
const UP_WITHIN_MS = 30_000

/** A mongod as it should be: what its own answer is held against. */
export interface ExpectedMongod {
  pid: number
  port: number
  /** Folder of its data files. */
  dbPath: string
}

/** Runs commands on the mongod of a port of this machine, whatever state its replica set is in. */
export async function withMongod<T>(
  port: number,
  use: (client: MongoClient) => Promise<T>,
  { socketTimeoutMS = 10_000 } = {},
): Promise<T> {
  const client = new MongoClient(`mongodb://127.0.0.1:${port}/?directConnection=true`, {
    serverSelectionTimeoutMS: 2000,
    // What takes the call and then says nothing is no mongod of ours.
    connectTimeoutMS: 2000,
    socketTimeoutMS,
  })
  try {
    return await use(await client.connect())
  } finally {
    await client.close()
  }
}

/**
 * Asserts by its own answer that the server connected to is the one expected: another installation's
 * mongod may answer on the same port.
 *
 * @throws Error that names both.
 */
export async function assertIs(expected: ExpectedMongod, client: MongoClient): Promise<void> {
  const admin = client.db('admin')
  const { pid } = await admin.command({ serverStatus: 1 })
  const { parsed } = await admin.command({ getCmdLineOpts: 1 })
  const dbPath: unknown = parsed?.storage?.dbPath
  if (Number(pid) === expected.pid && (await isSameFolder(dbPath, expected.dbPath))) return
  throw new Error(
    `ポート ${expected.port} で答えた mongod(プロセス番号 ${pid}、${String(dbPath)})は、このデータのもの(プロセス番号 ${expected.pid}、${expected.dbPath})ではありません。`,
  )
}

/** Whether two names are of one folder that exists. */
export async function isSameFolder(one: unknown, other: string): Promise<boolean> {
  if (typeof one !== 'string') return false
  const real = await Promise.all([one, other].map((path) => realpath(path).catch(() => null)))
  return real[0] !== null && real[0] === real[1]
}

/**
 * Waits until a mongod is the primary of its replica set, which is initiated where there is none and
 * moved to the port where it was on another one before.
 *
 * @throws Error when that takes longer than `withinMs`, by default 30 s; ends quietly when `asking` is aborted.
 */
export async function becomePrimary(
  expected: ExpectedMongod,
  asking: AbortSignal,
  withinMs = UP_WITHIN_MS,
): Promise<void> {
  const giveUpAt = Date.now() + withinMs
  while (!asking.aborted) {
    const answer = await withMongod(expected.port, (client) =>
      ensurePrimary(client, expected),
    ).catch((error: Error) => error)
    if (answer === true) return
    if (Date.now() > giveUpAt) throw answer instanceof Error ? answer : new Error(NOT_WRITABLE)
    await sleep(50)
  }
}

const NOT_WRITABLE = 'mongod が時間内に書き込めるようになりません。'

async function ensurePrimary(client: MongoClient, expected: ExpectedMongod): Promise<boolean> {
  await assertIs(expected, client) // before anything of it is changed
  const admin = client.db('admin')
  const host = `127.0.0.1:${expected.port}`
  const stored = await admin.command({ replSetGetConfig: 1 }).catch(() => null)
  if (!stored) {
    const members = [{ _id: 0, host }]
    await admin.command({ replSetInitiate: { _id: REPLICA_SET, members } })
  } else if (stored.config.members[0].host !== host) {
    await admin.command({ replSetReconfig: movedTo(stored.config, host), force: true })
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
