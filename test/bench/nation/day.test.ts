// A small nation: some towns by two worker programs, so that the command is known to run to its end.
import { execFile } from 'node:child_process'
import { promisify } from 'node:util'

import { expect, test } from '@jest/globals'

const run = promisify(execFile)

test('npm run bench:nation sends a day with the fewest calls there can be', async () => {
  const size = ['--readers', '50000', '--towns', '4', '--workers', '2']
  const args = ['--import', 'tsx', 'test/bench/nation/main.ts', ...size]
  const env = { ...process.env, MONGOMS_SYSTEM_BINARY: process.env.TEST_MONGOD }
  const { stdout } = await run(process.execPath, args, { env })
  const { towns, whole, phases } = JSON.parse(stdout)
  expect(towns).toBe(4)
  expect(whole).toMatchObject({ workers: 2, callsOfLeast: 1, rate429s: 0 })
  expect({ calls: whole.calls, mails: whole.mails }).toEqual(whole.least)
  expect(whole.calls).toBeGreaterThan(0)
  expect(phases.calls).toBeGreaterThan(0)
  expect(phases.ratio).toBeGreaterThan(0)
}, 180_000)
