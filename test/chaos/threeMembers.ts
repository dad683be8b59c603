// A replica set of three on this machine, one of which fails at a time.
import { spawn, type ChildProcess } from 'node:child_process'
import { mkdir } from 'node:fs/promises'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'

import { freePort } from '../../src/local/port'
import { REPLICA_SET, withMongod } from '../../src/local/primary'
import { exitOf } from './childExit'
import { endTransactionsSoon, type FailingDatabase } from './failingDatabase'
import type { Random } from './random'

/** How one of the three fails. */
export type MemberFault = 'primaryKilled' | 'primarySteppedDown' | 'memberCutOff'

const FAULT_NAMES: readonly MemberFault[] = ['primaryKilled', 'primarySteppedDown', 'memberCutOff']

interface SetOptions {
  binary: string
  /** Absolute path. */
  folder: string
  random: Random
}

interface Member {
  port: number
  child: ChildProcess
  /** Starts it again on its port and data. */
  restart: () => ChildProcess
}

interface Set {
  members: Member[]
  random: Random
}

/** Starts the three and waits for their primary. */
export async function openThreeMembers({
  binary,
  folder,
  random,
}: SetOptions): Promise<FailingDatabase> {
  const members: Member[] = []
  for (const number of [1, 2, 3]) members.push(await openMember(binary, join(folder, `${number}`)))
  const set = { members, random }
  await initiate(set)
  const hosts = members.map(({ port }) => `127.0.0.1:${port}`).join()
  return {
    url: `mongodb://${hosts}/chaos?replicaSet=${REPLICA_SET}`,
    fail: () => FAULTS[random.pick(FAULT_NAMES)](set),
    stop: async () => {
      for (const { child } of members) child.kill('SIGKILL')
      await Promise.all(members.map(({ child }) => exitOf(child)))
    },
  }
}

async function openMember(binary: string, folder: string): Promise<Member> {
  await mkdir(folder, { recursive: true })
  const port = await freePort()
  const args = [
    ...['--replSet', REPLICA_SET, '--bind_ip', '127.0.0.1', '--port', String(port)],
    ...['--dbpath', folder, '--logpath', join(folder, 'log'), '--logappend'],
    ...['--wiredTigerCacheSizeGB', '0.25', '--oplogSize', '50'],
    ...['--setParameter', 'diagnosticDataCollectionEnabled=false'],
  ]
  const restart = () => spawn(binary, args, { stdio: 'ignore' })
  return { port, restart, child: restart() }
}

async function initiate({ members }: Set): Promise<void> {
  for (const { port } of members) await untilAnswering(port)
  const config = {
    _id: REPLICA_SET,
    members: members.map(({ port }, _id) => ({ _id, host: `127.0.0.1:${port}` })),
    settings: { electionTimeoutMillis: 2000, heartbeatIntervalMillis: 500 },
  }
  await withMongod(members[0]!.port, (client) =>
    client.db('admin').command({ replSetInitiate: config }),
  )
  await primaryOf({ members })
  for (const { port } of members) await endTransactionsSoon(port)
}

async function untilAnswering(port: number): Promise<void> {
  const giveUpAt = performance.now() + WITHIN_MS
  const ask = () => withMongod(port, (client) => client.db('admin').command({ hello: 1 }))
  while (!(await ask().catch(() => null))) {
    if (performance.now() > giveUpAt) throw new Error('A member of the set does not answer')
  }
}

/** An election, and a member that reads its journal first, on a busy machine. */
const WITHIN_MS = 60_000

/** The member that can be written to, besides one that is told not to. */
async function primaryOf({ members }: Pick<Set, 'members'>, but?: Member): Promise<Member> {
  const giveUpAt = performance.now() + WITHIN_MS
  while (performance.now() < giveUpAt) {
    for (const member of members.filter((one) => one !== but)) {
      if (await isPrimary(member)) return member
    }
    await sleep(50)
  }
  throw new Error('The set has no primary')
}

async function isPrimary({ port }: Member): Promise<boolean> {
  const ask = withMongod(port, (client) => client.db('admin').command({ hello: 1 }), {
    socketTimeoutMS: 1000,
  })
  return ask.then(
    ({ isWritablePrimary }) => isWritablePrimary === true,
    () => false,
  )
}

const FAULTS: Record<MemberFault, (set: Set) => Promise<void>> = {
  primaryKilled: async (set) => {
    const primary = await primaryOf(set)
    primary.child.kill('SIGKILL')
    await exitOf(primary.child)
    await primaryOf(set, primary)
    primary.child = primary.restart()
    await untilAnswering(primary.port)
    await endTransactionsSoon(primary.port)
  },
  primarySteppedDown: async (set) => {
    const primary = await primaryOf(set)
    await withMongod(primary.port, (client) =>
      client.db('admin').command({ replSetStepDown: 10, secondaryCatchUpPeriodSecs: 5 }),
    ).catch(() => undefined) // it may close the connection instead
    await primaryOf(set)
  },
  // halted, it answers nobody and hears nobody; when it goes on it still thinks it is what it was
  memberCutOff: async (set) => {
    const member = set.random.pick(set.members)
    member.child.kill('SIGSTOP')
    await primaryOf(set, member)
    await sleep(CUT_OFF_MS)
    member.child.kill('SIGCONT')
    await primaryOf(set)
  },
}

/** Longer than an election takes. */
const CUT_OFF_MS = 3000
