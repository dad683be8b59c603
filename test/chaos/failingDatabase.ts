// The delivery database of a day on which the database itself fails.
import { mkdir } from 'node:fs/promises'
import { setTimeout as sleep } from 'node:timers/promises'

import { isAlive } from '../../src/local/liveProcess'
import { dataFolder, expectedMongod, startMongod, stopMongod } from '../../src/local/mongodProcess'
import { isFree } from '../../src/local/port'
import { REPLICA_SET, withMongod } from '../../src/local/primary'
import type { Random } from './random'

/** How a database fails. */
export type DatabaseFault = 'killed' | 'steppedDown'

/** A mongod that can be made to fail. */
export interface FailingDatabase {
  url: string
  /** Kills it and starts it again, or makes it step down; resolves when it can be written to. */
  fail: () => Promise<DatabaseFault>
  stop: () => Promise<void>
}

interface FailingDatabaseOptions {
  binary: string
  /** Absolute path; its data stay in it over a death. */
  folder: string
  random: Random
}

/** Starts a mongod of its own for one day. */
export async function openFailingDatabase(
  options: FailingDatabaseOptions,
): Promise<FailingDatabase> {
  const { folder, random } = options
  await mkdir(dataFolder(folder), { recursive: true })
  let running = await startMongod(options)
  await endTransactionsSoon(running.port)
  const restart = async () => {
    process.kill(running.pid, 'SIGKILL')
    // else it would come up on another port
    while (isAlive(running.pid) || !(await isFree(running.port))) await sleep(20)
    running = await startMongod(options)
    await endTransactionsSoon(running.port)
  }
  return {
    url: `mongodb://127.0.0.1:${running.port}/chaos?replicaSet=${REPLICA_SET}`,
    fail: async () => {
      const fault = random.pick(['killed', 'steppedDown'] as const)
      await (fault === 'killed' ? restart() : stepDown(running.port))
      return fault
    },
    stop: () => stopMongod(expectedMongod(folder, running)),
  }
}

/** What a killed worker had begun is ended soon: else it blocks its successors for a minute. */
export function endTransactionsSoon(port: number): Promise<unknown> {
  const parameter = { setParameter: 1, transactionLifetimeLimitSeconds: 3 }
  return withMongod(port, (client) => client.db('admin').command(parameter))
}

/** The only member of its set steps down for a second, and is elected again. */
async function stepDown(port: number): Promise<void> {
  await withMongod(port, async (client) => {
    const admin = client.db('admin')
    const command = { replSetStepDown: 1, secondaryCatchUpPeriodSecs: 0, force: true }
    await admin.command(command).catch(() => undefined) // it may close the connection instead
    while (!(await admin.command({ hello: 1 })).isWritablePrimary) await sleep(50)
  })
}
