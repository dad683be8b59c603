// A harness must never wait for a worker that is gone: small programs stand in for the worker here.
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { createServer, type AddressInfo, type Server } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

import { afterEach, beforeEach, expect, test } from '@jest/globals'

import { exitOf } from './childExit'
import { inOrder } from './faults'
import { createFleet, type Fleet, type News } from './fleet'

let folder: string
let outside: Server

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'kizuna-fleet-'))
  outside = createServer((socket) => socket.on('error', () => undefined).resume()) // answers nothing
  outside.listen(0, '127.0.0.1')
  await once(outside, 'listening')
})

afterEach(async () => {
  outside.close()
  await rm(folder, { recursive: true })
})

/** A fleet of workers that are this program. */
async function fleetOf(program: string): Promise<{ fleet: Fleet; told: Promise<News> }> {
  const path = join(folder, 'worker.mjs')
  await writeFile(path, program)
  const { port } = outside.address() as AddressInfo
  let tell: (news: News) => void = () => undefined
  const told = new Promise<News>((resolve) => (tell = resolve))
  const fleet = createFleet({
    program: [path],
    databaseUrl: `mongodb://127.0.0.1:${port}/none?replicaSet=none`,
    linePort: port,
    smtpPort: port,
    cmsUrl: 'http://127.0.0.1:9',
    keys: '',
    clock: { offsetMs: 0 },
    strikes: inOrder([{ event: 'line token', nth: 1, moment: 'after' }]),
    tell: (news) => tell(news),
  })
  return { fleet, told }
}

const ASK_AND_END = `
import { connect } from 'node:net'
const { port } = new URL(process.env.LINE_API_URL)
const socket = connect(port, '127.0.0.1')
socket.write('POST /oauth2/v3/token HTTP/1.1\\r\\n\\r\\n', () => process.exit(7))
`

test('a worker that ends before the answer it was to be killed at is told, and not among the living', async () => {
  const { fleet, told } = await fleetOf(ASK_AND_END)
  await fleet.start()
  expect(await told).toMatchObject({ kind: 'ended', code: 7 })
  expect(fleet.size()).toBe(0)
  expect(await fleet.stop()).toEqual([])
})

test('one that a signal ended already is not waited for', async () => {
  const child = spawn(process.execPath, ['--eval', 'setInterval(() => 0, 1000)'])
  child.kill('SIGKILL')
  expect(await exitOf(child)).toBeNull()
  expect(await exitOf(child)).toBeNull()
})
