import { execFile } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'

import { expect, test } from '@jest/globals'

const PROBE = fileURLToPath(new URL('./timeZoneProbe.ts', import.meta.url))

async function probe(zone: string): Promise<{ hour: number; digest: string }> {
  const env = { ...process.env, TZ: zone }
  const { stdout } = await promisify(execFile)(process.execPath, ['--import', 'tsx', PROBE], {
    env,
  })
  return JSON.parse(stdout) as { hour: number; digest: string }
}

test('the answers are the same whatever zone the process runs in', async () => {
  const zones = ['UTC', 'Asia/Tokyo', 'America/New_York']
  const answers = await Promise.all(zones.map(probe))
  expect(answers.map(({ hour }) => hour)).toEqual([0, 9, 19]) // the zones were really set
  expect(new Set(answers.map(({ digest }) => digest)).size).toBe(1)
})
