import { expect, test } from '@jest/globals'

import { runNow } from '../../../worker/runs/runNow'
import { childTexts, TODAY, TOWN } from '../../src/plan/town'
import { families, lookAndWork, never, openService, statuses } from '../app/day'
import { openWorker, received } from '../app/openWorker'

const open = async (time: string) => {
  const worker = await openWorker({ releases: childTexts(), now: `${TODAY}T${time}:00+09:00` })
  await families(worker, { line: 3, mail: 2 })
  return { worker, service: openService(worker) }
}

/** As a start does before its worker lives. */
const askedFor = { date: TODAY, municipalities: [TOWN], isStopping: never }

test.each(['21:30', '23:30', '03:10'])(
  'what a start asks for at %s goes out, and the worker’s first tick leaves it so',
  async (time) => {
    const { worker, service } = await open(time)
    await runNow(worker.delivery, askedFor)
    await service.tick()
    await lookAndWork(service)
    expect(await statuses(worker)).toEqual({ accepted: 5 })
    expect([...received(worker.sandbox).values()]).toEqual([1, 1, 1, 1, 1])
  },
)

test('a tick after hours that nobody has asked before sends nothing', async () => {
  const { worker, service } = await open('21:30')
  await service.tick()
  await lookAndWork(service)
  expect(received(worker.sandbox).size).toBe(0)
  expect(await statuses(worker)).not.toHaveProperty('accepted')
})
