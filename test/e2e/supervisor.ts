import { cp, mkdtemp, rm } from 'node:fs/promises'
import { createServer, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'

import { buildCms, isBuildStale } from '../../src/launch/build'
import type { FirstStart } from './fixture'
import { choosePlace, startKizuna, type RunningKizuna } from './launcher'
import { endAll } from './processes'

const root = resolve(import.meta.dirname, '../..')

/** Builds the CMS and starts the kizuna that the browser's tests share, when the first one asks. */
export interface Supervisor {
  /**
   * Where tests ask: `/first` for what the first start left, `/fixture` for the addresses, `/turn`
   * for a turn that lasts as long as the connection.
   */
  url: string
  close: () => Promise<void>
}

/** Opens the supervisor; it does nothing until it is asked. */
export async function openSupervisor(): Promise<Supervisor> {
  const folder = await mkdtemp(join(tmpdir(), 'kizuna-e2e-'))
  let first: Promise<FirstStart> | null = null
  let starting: Promise<RunningKizuna> | null = null
  const startFirst = () => (first ??= startOnce(folder))
  const start = () => (starting ??= startFirst().then(() => startIn(sharedIn(folder))))
  const giveTurn = createTurns()
  const server = createServer((request, response) => {
    if (request.url === '/turn') return giveTurn(response)
    const answer = request.url === '/first' ? startFirst() : start().then(addressesOf)
    answer.then(
      (body) => response.end(JSON.stringify(body)),
      (error: unknown) => response.writeHead(500).end(String(error)),
    )
  })
  server.requestTimeout = 0
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening))
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    close: async () => {
      server.closeAllConnections()
      server.close()
      await endAll(folder)
      await rm(folder, { recursive: true, force: true })
    },
  }
}

/** One after the other; who goes away, or breaks down, gives its turn up. */
function createTurns() {
  let turns = Promise.resolve()
  return (response: ServerResponse): void => {
    const gone = new Promise<void>((resolve) => response.once('close', resolve))
    turns = turns.then(() => {
      response.write('go')
      return gone
    })
  }
}

const sharedIn = (folder: string) => join(folder, 'shared')

/**
 * Builds the CMS and starts kizuna for the first time, to its end: filling it with the sample takes
 * longer than all else, and whoever goes on from a copy needs no other.
 */
async function startOnce(folder: string): Promise<FirstStart> {
  if (await isBuildStale(root)) await buildCms({ root, env: process.env })
  const kizuna = await startIn(sharedIn(folder))
  const code = await kizuna.interrupt()
  if (code !== 0) throw new Error(`The first start ended with ${code}:\n${kizuna.printed()}`)
  const dataDir = join(folder, 'first')
  await cp(sharedIn(folder), dataDir, { recursive: true })
  return { dataDir, printed: kizuna.printed(), seconds: kizuna.seconds }
}

async function startIn(dataDir: string): Promise<RunningKizuna> {
  return startKizuna(await choosePlace(dataDir))
}

function addressesOf({ admin, web, inbox, password }: RunningKizuna) {
  return { admin, web, inbox, password }
}
