// The delivery database of a day on which the database itself fails.
import { mkdir } from 'node:fs/promises'
import { setTimeout as sleep } from 'node:timers/promises'

import { isAlive } from '../../src/local/liveProcess'
import { dataFolder, expectedMongod, startMongod, stopMongod } from '../../src/local/mongodProcess'
import type { Running } from '../../src/local/pidFile'
import { isFree } from '../../src/local/port'
import { REPLICA_SET, withMongod } from '../../src/local/primary'
import type { Random } from './random'
import { mountSmallDisk, type SmallDisk } from './tmpfs'

/** How a database of one member fails. */
export type DatabaseFault = 'killed' | 'steppedDown' | 'diskFull' | 'readOnly'

/** A database that can be made to fail. */
export interface FailingDatabase {
  url: string
  /** Makes it fail in one of the ways; resolves when it can be written to again. */
  fail: () => Promise<void>
  stop: () => Promise<void>
}

interface FailingDatabaseOptions {
  binary: string
  /** Absolute path; its data stay in it over a death. */
  folder: string
  random: Random
  /** How it fails. */
  faults: readonly DatabaseFault[]
}

interface Member extends FailingDatabaseOptions {
  running: Running
  /** What it writes to, where that is to fail. */
  disk: SmallDisk | null
}

/** Starts a mongod of its own for one day. */
export async function openFailingDatabase(
  options: FailingDatabaseOptions,
): Promise<FailingDatabase> {
  const { folder, random, faults } = options
  const needsDisk = faults.some((fault) => fault === 'diskFull' || fault === 'readOnly')
  const disk = needsDisk ? await mountSmallDisk(folder) : null
  await mkdir(dataFolder(folder), { recursive: true })
  const running = await startMongod(options).catch(async (error: unknown) => {
    await disk?.remove()
    throw error
  })
  const member: Member = { ...options, disk, running }
  await endTransactionsSoon(running.port)
  return {
    url: `mongodb://127.0.0.1:${running.port}/chaos?replicaSet=${REPLICA_SET}`,
    fail: () => FAULTS[random.pick(faults)](member),
    stop: async () => {
      await stopMongod(expectedMongod(folder, member.running))
      await disk?.remove()
    },
  }
}

const FAULTS: Record<DatabaseFault, (member: Member) => Promise<void>> = {
  killed: async (member) => {
    await kill(member)
    await start(member)
  },
  steppedDown: ({ running }) => stepDown(running.port),
  diskFull: fillDisk,
  readOnly: async (member) => {
    await kill(member)
    await member.disk?.setReadOnly(true)
    const isUp = await startMongod(member).then(
      () => true,
      () => false,
    )
    await member.disk?.setReadOnly(false)
    if (isUp) throw new Error('A mongod came up on a disk that cannot be written to')
    await start(member)
  },
}

async function kill({ running }: Member): Promise<void> {
  if (isAlive(running.pid)) process.kill(running.pid, 'SIGKILL')
  await untilGone(running)
}

/** Else it would come up on another port. */
async function untilGone({ pid, port }: Running): Promise<void> {
  while (isAlive(pid) || !(await isFree(port))) await sleep(20)
}

async function start(member: Member): Promise<void> {
  member.running = await startMongod(member)
  await endTransactionsSoon(member.running.port)
}

/** In which a mongod that finds no room ends, when somebody else writes as well. */
const FULL_MS = 20_000

/** What others write on the same disk takes all of it; somebody makes room, and it is started again. */
async function fillDisk(member: Member): Promise<void> {
  const { running, disk } = member
  await disk?.fill()
  await withMongod(running.port, (client) =>
    client.db('admin').command({ setParameter: 1, syncdelay: 1 }),
  ).catch(() => undefined)
  await writeUntilGone(running)
  await disk?.empty()
  if (isAlive(running.pid)) return
  await untilGone(running)
  await start(member)
}

async function writeUntilGone({ pid, port }: Running): Promise<void> {
  const giveUpAt = performance.now() + FULL_MS
  const words = 'x'.repeat(100_000)
  await withMongod(port, async (client) => {
    const others = client.db('others').collection('files')
    while (isAlive(pid) && performance.now() < giveUpAt) await others.insertOne({ words })
  }).catch(() => undefined)
  while (isAlive(pid) && performance.now() < giveUpAt) await sleep(50)
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
