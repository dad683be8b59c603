import { once } from 'node:events'
import { request, type IncomingMessage } from 'node:http'

import type { Addresses } from './launcher'

/** The build and the first start take minutes on a machine that runs other tests too. */
export const FIXTURE_MS = 600_000

/**
 * The kizuna that all browser tests but the launcher's own share, with the sample in it; started
 * for the first that asks. Each test keeps to documents of its own.
 */
export async function openFixture(): Promise<Addresses> {
  return JSON.parse(await ask('/fixture')) as Addresses
}

/** What the first start of a kizuna left, which was stopped again. */
export interface FirstStart {
  /** The test that asks goes on from there. */
  dataDir: string
  printed: string
  /** From the start to the last line of the banner, without the build. */
  seconds: number
}

/** Tells of the first start, of which there is one in a run; its folder is one test's alone. */
export async function findFirstStart(): Promise<FirstStart> {
  return JSON.parse(await ask('/first')) as FirstStart
}

/**
 * Does what logs somebody in while no other test does: of two log-ins of one person at one moment
 * Payload keeps one.
 */
export async function inTurn<T>(logIn: () => Promise<T>): Promise<T> {
  const supervisor = process.env.TEST_SUPERVISOR
  if (!supervisor) return logIn()
  const turn = request(`${supervisor}/turn`)
  const [response] = (await once(turn.end(), 'response')) as [IncomingMessage]
  await once(response, 'data')
  return logIn().finally(() => turn.destroy())
}

function ask(path: string): Promise<string> {
  const supervisor = process.env.TEST_SUPERVISOR
  if (!supervisor) throw new Error('Run the tests through `npm test`, which starts the supervisor.')
  return new Promise((resolve, reject) => {
    const asked = request(supervisor + path, (response) => {
      let text = ''
      response.setEncoding('utf8').on('data', (part: string) => (text += part))
      response.on('end', () =>
        response.statusCode === 200 ? resolve(text) : reject(new Error(text)),
      )
    })
    asked.on('error', reject).end()
  })
}
