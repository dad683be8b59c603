import { setTimeout as sleep } from 'node:timers/promises'

import { MongoClient, type Document } from 'mongodb'

/** Name of the embedded replica set. */
export const REPLICA_SET = 'kizuna'

/** How long a mongod may take until it can be written to. */
const UP_WITHIN_MS = 30_000

/** Runs commands on the mongod of a port of this machine, whatever state its replica set is in. */
export async function withMongod<T>(
  port: number,
  use: (client: MongoClient) => Promise<T>,
): Promise<T> {
  const client = new MongoClient(`mongodb://127.0.0.1:${port}/?directConnection=true`, {
    serverSelectionTimeoutMS: 2000,
  })
  try {
    return await use(await client.connect())
  } finally {
    await client.close()
  }
}

/**
 * Waits until the mongod of a port is the primary of its replica set, which is initiated where there
 * is none and moved to the port where it was on another one before.
 *
 * @throws Error when that takes more than 30 s; ends quietly when `asking` is aborted.
 */
export async function becomePrimary(port: number, asking: AbortSignal): Promise<void> {
  const giveUpAt = Date.now() + UP_WITHIN_MS
  while (!asking.aborted) {
    const answer = await withMongod(port, (client) => ensurePrimary(client, port)).catch(
      (error: Error) => error,
    )
    if (answer === true) return
    if (Date.now() > giveUpAt) throw answer instanceof Error ? answer : new Error(NOT_WRITABLE)
    await sleep(50)
  }
}

const NOT_WRITABLE = 'mongod が 30 秒以内に書き込めるようになりません'

async function ensurePrimary(client: MongoClient, port: number): Promise<boolean> {
  const admin = client.db('admin')
  const host = `127.0.0.1:${port}`
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
