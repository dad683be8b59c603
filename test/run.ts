// `npm test`: starts a real mongod for the tests, runs jest with the arguments given, stops it.
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

import { MongoClient } from 'mongodb'

import { findMongod } from '../src/local/mongod'
import { startReplicaSet } from '../src/local/replicaSet'
import { ensureTools } from './debian'
import { PROMTOOL, SYSTEMD_ANALYZE } from './deploy/tools'
import { ensureChromium } from './e2e/chromium'
import { openSupervisor } from './e2e/supervisor'
import { makeFastFolder } from './fastFolder'
import { DOVECOT } from './worker/bounce/dovecot'

const hasBrowser = await ensureChromium(print)
const missing = await ensureTools([DOVECOT, PROMTOOL, SYSTEMD_ANALYZE], print)
if (process.env.CI && (!hasBrowser || missing.includes(DOVECOT))) {
  print('CI ではブラウザーとメールボックスのテストを飛ばせません。')
  process.exit(1)
}
const cacheDirectory = join(tmpdir(), 'kizuna-jest')
const folder = await makeFastFolder()
process.env.TMPDIR = folder // for all that the tests start, too
const summary = join(folder, 'summary.txt')
const { binary } = await findMongod({ env: process.env, onProgress: (line) => print(line) })
const database = await startReplicaSet({ binary, folder })
await forgetDroppedSoon(database.url('admin'))
process.env.TEST_MONGOD = binary
const supervisor = await openSupervisor()

const jest = spawn(
  process.execPath,
  [
    '--experimental-vm-modules',
    '--no-warnings',
    'node_modules/jest/bin/jest.js',
    // stays from run to run
    `--cacheDirectory=${cacheDirectory}`,
    ...process.argv.slice(2),
  ],
  {
    stdio: 'inherit',
    env: {
      ...process.env,
      TEST_MONGODB_URL: database.url('NAME'),
      TEST_SUPERVISOR: supervisor.url,
      TEST_SUMMARY: summary,
    },
  },
)
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
  process.on(signal, () => jest.kill(signal === 'SIGHUP' ? 'SIGTERM' : signal))
}
// The browser's tests come later (`sequencer.mjs`): what they share is made meanwhile.
const isWholeSuite = process.argv.length === 2
if (isWholeSuite) void fetch(`${supervisor.url}/fixture`).catch(() => undefined) // theirs to tell
const [code] = await once(jest, 'exit')
const cleanedUp = await Promise.allSettled([supervisor.close(), database.stop()])
for (const end of cleanedUp) if (end.status === 'rejected') print(String(end.reason))
print((await readFile(summary, 'utf8').catch(() => '0 passed, 1 failed')).trim())
await rm(folder, { recursive: true, force: true })
process.exit(code ?? 1)

/**
 * The files of what was dropped stay open for as long as history is kept, five minutes: over a whole
 * suite more than a process may have open.
 */
async function forgetDroppedSoon(url: string): Promise<void> {
  const client = await new MongoClient(url).connect()
  await client.db('admin').command({ setParameter: 1, minSnapshotHistoryWindowInSeconds: 30 })
  await client.close()
}

function print(line: string): void {
  process.stdout.write(`${line}\n`)
}
