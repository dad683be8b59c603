// A planning whose numbers do not add up: nothing goes out, and a person is told why.
import { expect, jest, test } from '@jest/globals'

import { addDays } from '../../../src/stage/day'
import { childTexts, TODAY, TOWN } from '../../src/plan/town'
import type { WorkerUnderTest } from '../app/openWorker'

const state = { isBroken: true }
const real = await import('../../../worker/planning/planner')
jest.unstable_mockModule('../../../worker/planning/planner', () => ({
  ...real,
  createPlanner: (options: Parameters<typeof real.createPlanner>[0]) => {
    const plan = real.createPlanner(options)
    const broken: typeof plan = async (input, sink) => {
      const tally = await plan(input, sink)
      if (state.isBroken) throw new real.AccountingError('候補 2 件が、合計と合いません。')
      return tally
    }
    return broken
  },
}))
const { runIn } = await import('./io')
const { lineUser, openWorker, received, register } = await import('../app/openWorker')

const RUN = `${TOWN}:${TODAY}`

async function kizuna({ env, clock }: WorkerUnderTest, ...args: string[]) {
  const { code, out, err } = await runIn({ env, now: () => clock.now }, args)
  return { code, out: out.join('\n'), err: err.join('\n') }
}

test('numbers that do not add up stop the run with a sentence, until a person asks again', async () => {
  const worker = await openWorker({ releases: childTexts() })
  const { delivery, sandbox, alerts } = worker
  const child = { birthDate: addDays(TODAY, -45) }
  const [{ readerId }] = await Promise.all([
    register(delivery, { address: lineUser(1), child }),
    register(delivery, { address: lineUser(2), child }),
  ])
  const delivered = await kizuna(worker, 'deliver', '--date', TODAY)
  expect(delivered.code).toBe(1)
  expect(delivered.err).toContain(
    'みなと町: 止めました。ACCOUNTING: 候補 2 件が、合計と合いません。',
  )
  expect(received(sandbox).size).toBe(0)
  expect(await delivery.runs.find(RUN)).toMatchObject({ state: 'held', sealed: [] })
  expect((await delivery.alerts.all()).map(({ _id }) => _id)).toContain('ACCOUNTING')

  // nobody tries it again by himself
  expect(await delivery.worker.work(RUN, () => false)).toEqual({ status: 'taken' })
  expect(await delivery.runs.claimable()).toEqual([])

  const explained = await kizuna(worker, 'explain', '--reader', readerId, '--date', TODAY)
  expect(explained.out).toContain('この日の配信回は止まっています。ACCOUNTING: 候補 2 件が')
  expect((await kizuna(worker, 'verify', '--date', TODAY)).code).toBe(1)

  state.isBroken = false
  expect((await kizuna(worker, 'deliver', '--date', TODAY)).code).toBe(0)
  expect([...received(sandbox).values()]).toEqual([1, 1])
  const after = await kizuna(worker, 'explain', '--reader', readerId, '--date', TODAY)
  expect(after.out).not.toContain('止まっています')
  expect(alerts).toEqual([])
})
