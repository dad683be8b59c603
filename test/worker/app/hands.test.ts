import { expect, test } from '@jest/globals'

import { createHands } from '../../../worker/app/hands'
import type { Run } from '../../../worker/ledger/documents'

const DAY = '2026-11-28'

/** Runs of so many towns, all open. */
function runsOf(towns: number): Run[] {
  const open = { line: new Date(0), mail: new Date(0) }
  return Array.from({ length: towns }, (_, at) => ({ _id: `${at}:${DAY}`, opensAt: open }) as Run)
}

const turn = () => new Promise((resolve) => setImmediate(resolve))

/** A worker whose runs are planned at once, and sent when it is told to. */
function handsOver(runs: Run[], sent: Promise<void> = Promise.resolve()) {
  const worked: string[] = []
  const seen = { atOnce: 0, most: 0, polls: 0 }
  const hands = createHands({
    runs: {
      claimable: () => {
        seen.polls += 1
        return Promise.resolve([...runs])
      },
    },
    worker: {
      work: async (id, _isStopping, onPlanned = () => undefined) => {
        worked.push(id)
        seen.atOnce += 1
        seen.most = Math.max(seen.most, seen.atOnce)
        await turn()
        onPlanned()
        await sent
        seen.atOnce -= 1
        return { status: 'finished' }
      },
    },
    now: () => new Date(`${DAY}T03:00:00Z`),
    log: { info: () => undefined, warn: () => undefined, error: () => undefined },
    onAlert: () => undefined,
  })
  return { hands, worked, seen }
}

test('one poll is enough for all runs it finds: a hand that is done takes the next one', async () => {
  const { hands, worked, seen } = handsOver(runsOf(40))
  await hands.takeFreeRuns()
  await hands.idle()
  expect(worked).toEqual(runsOf(40).map(({ _id }) => _id))
  expect(seen).toMatchObject({ atOnce: 0, polls: 1 })
})

test('a worker that is stopping takes up no further run', async () => {
  const { hands, worked } = handsOver(runsOf(40))
  await hands.takeFreeRuns()
  hands.stop()
  await hands.idle()
  expect(worked).toHaveLength(4)
})

test('few runs are planned at once, and those that only send keep no others from it', async () => {
  let end: () => void = () => undefined
  const { hands, worked, seen } = handsOver(runsOf(40), new Promise((resolve) => (end = resolve)))
  await hands.takeFreeRuns()
  expect(worked).toHaveLength(4)
  for (let turns = 0; turns < 10; turns += 1) await turn()
  expect({ worked: worked.length, most: seen.most }).toEqual({ worked: 16, most: 16 })
  end()
  await hands.idle()
  expect(worked).toHaveLength(40)
})
