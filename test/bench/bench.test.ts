import { execFile } from 'node:child_process'
import { promisify } from 'node:util'

import { expect, test } from '@jest/globals'

const run = promisify(execFile)

const measured: unknown = expect.any(Number)
const pair = {
  rounds: 1,
  perRound: measured,
  barePerSecond: measured,
  perSecond: measured,
  ratio: measured,
}
const memory = { due: measured, idleMb: measured, peakMb: measured }

test('npm run bench prints every figure with its ratio as one JSON document', async () => {
  const args = ['--import', 'tsx', 'test/bench/main.ts', '--quick']
  const env = { ...process.env, MONGOMS_SYSTEM_BINARY: process.env.TEST_MONGOD }
  const { stdout } = await run(process.execPath, args, { env })
  const document = JSON.parse(stdout)
  expect(document).toMatchObject({
    isQuick: true,
    limiter: {
      calls: 367,
      recipientsPerSecond: measured,
      shareOfLimit: measured,
      rate429s: measured,
    },
    line: { ...pair, recipientsPerCall: 2, ratioWithPlanning: measured },
    mail: { ...pair, connections: measured },
    planning: { ...pair, deliveries: measured, batches: measured },
    memory: {
      runs: [
        { readers: 500, ...memory },
        { readers: 1000, ...memory },
      ],
    },
  })
  for (const name of ['line', 'mail', 'planning']) {
    expect(document[name].ratio).toBeGreaterThan(0)
    expect(document[name].perSecond).toBeGreaterThan(0)
  }
  expect(document.limiter.shareOfLimit).toBeLessThanOrEqual(1)
}, 180_000)
