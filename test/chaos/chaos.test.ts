// Twenty kill -9 of real worker processes, with the providers' own logs as the oracle.
import { afterAll, beforeAll, expect, test } from '@jest/globals'

import { liveThrough, type Aftermath, type Disturbance } from './dataSet'
import { evidenceBreaches, lostOf, problemsOf } from './judge'
import { buildPrograms, type Programs } from './programs'

/** Repeat a failure, or look for others: `CHAOS_SEED=7 npm test -- test/chaos`. */
const SEED = Number(process.env.CHAOS_SEED ?? 1)

/** Longer than a day's own limit, which tells what it is stuck at. */
const DAY_MS = 300_000

/** Of the full number of families. */
const SMALL = 0.4

const DAYS: Disturbance[] = [
  { seed: SEED * 10, workers: 1, kills: 8, size: SMALL },
  { seed: SEED * 10 + 1, workers: 2, kills: 8, size: SMALL, isFreezing: true },
  {
    seed: SEED * 10 + 2,
    workers: 2,
    kills: 6,
    size: SMALL,
    startAt: '2026-10-06T19:54:30+09:00',
  },
]

let programs: Programs
let kills = 0

beforeAll(async () => {
  programs = await buildPrograms()
})
afterAll(() => programs.remove())

test.each(DAYS)(
  'a day under kill -9 loses nobody, sends nothing twice and leaves nothing open: %j',
  async (day) => {
    const after = await liveThrough(programs, day)
    kills += after.kills
    process.stdout.write(`${told(day, after)}\n`)
    const problems = [...problemsOf(after, day), ...lostOf(after, day)]
    expect({ ...day, problems }).toEqual({ ...day, problems: [] })
  },
  DAY_MS,
)

test('twenty workers were killed', () => {
  expect(kills).toBeGreaterThanOrEqual(20)
})

test(
  'control: a LINE that never sees the same retry key twice gets copies, and they are found',
  async () => {
    const faults = [{ event: 'line multicast', nth: 30, moment: 'after' as const }]
    const after = await liveThrough(programs, {
      seed: SEED,
      workers: 1,
      isForgetful: true,
      faults,
    })
    const twice = evidenceBreaches(after).filter((breach) => breach.endsWith(': 2 copies'))
    expect(twice).not.toEqual([])
  },
  DAY_MS,
)

function told({ seed, workers }: Disturbance, { ledger, kills: fell, lost }: Aftermath): string {
  const counts = new Map<string, number>()
  for (const { status } of ledger) counts.set(status, (counts.get(status) ?? 0) + 1)
  const statuses = [...counts].map(([status, count]) => `${status} ${count}`).join(', ')
  const crashed = `unknown mails by crash ${lost.join(' ')}`
  return `chaos seed ${seed}: ${workers} at once, ${fell} kills; ${statuses}; ${crashed}`
}
