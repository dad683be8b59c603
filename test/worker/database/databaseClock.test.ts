import { expect, test } from '@jest/globals'
import type { Db } from 'mongodb'

import { apartMsOf, createClockWatch } from '../../../worker/database/databaseClock'

test.each([
  { what: 'within the answer', before: 0, after: 90, databaseMs: 50, apart: 0 },
  {
    what: 'of a process that was stopped meanwhile',
    before: 0,
    after: 99_000,
    databaseMs: 1,
    apart: 0,
  },
  { what: 'that is ahead', before: 9000, after: 9100, databaseMs: 1000, apart: 8000 },
  { what: 'that is behind', before: 1000, after: 1100, databaseMs: 9100, apart: -8000 },
])('a clock $what is apart by at least $apart ms', ({ apart, ...read }) => {
  expect(apartMsOf(read)).toBe(apart)
})

/** A watch of a machine whose clock is so far ahead of the database's. */
function openWatch() {
  const machine = { aheadMs: 0, elapsedMs: 0, asked: 0 }
  const alerts: [string, unknown][] = []
  const command = async () => {
    machine.asked += 1
    return { localTime: new Date(1_000_000) }
  }
  const { isRight } = createClockWatch({
    db: { command } as unknown as Pick<Db, 'command'>,
    ownNow: () => new Date(1_000_000 + machine.aheadMs),
    elapsed: () => machine.elapsedMs,
    onAlert: (code, { seconds }) => alerts.push([code, seconds]),
  })
  return { machine, alerts, isRight }
}

test.each([
  [4000, true],
  [-4000, true],
  [6000, false],
  [-6000, false],
])('a clock that is %s ms ahead is relied on: %s', async (aheadMs, isRelied) => {
  const { machine, alerts, isRight } = openWatch()
  machine.aheadMs = aheadMs
  expect(await isRight()).toBe(isRelied)
  expect(alerts).toEqual(isRelied ? [] : [['clock-apart', aheadMs / 1000]])
})

test('the database is asked every ten seconds, and a person is told every minute', async () => {
  const { machine, alerts, isRight } = openWatch()
  machine.aheadMs = 9000
  const answers: boolean[] = []
  for (let second = 0; second < 65; second += 1) {
    machine.elapsedMs = second * 1000
    if (second === 62) machine.aheadMs = 0
    answers.push(await isRight())
  }
  expect([machine.asked, alerts.length]).toEqual([7, 2])
  machine.elapsedMs = 70_000
  expect(await isRight()).toBe(true)
  expect(answers).not.toContain(true)
})

test('while the database does not answer nobody knows', async () => {
  const command = () => Promise.reject(new Error('gone'))
  const db = { command } as unknown as Pick<Db, 'command'>
  const { isRight } = createClockWatch({ db, onAlert: () => undefined })
  await expect(isRight()).rejects.toThrow('gone')
})
