import { afterEach, expect, test } from '@jest/globals'

import { forcedRequest } from '../../../worker/due'
import { childTexts, pregnancyTexts, TODAY, TOWN } from '../fixture'
import {
  lineUser,
  mailUser,
  openWorker,
  received,
  register,
  type WorkerUnderTest,
} from '../openWorker'

let worker: WorkerUnderTest

afterEach(() => worker.close())

const never = () => false
const RUN = `${TOWN}:${TODAY}`

async function deliver({ delivery, clock }: WorkerUnderTest) {
  await delivery.runs.requestAgain(forcedRequest(TOWN, TODAY, clock.now))
  return delivery.worker.work(RUN, never)
}

test('everybody who is due gets one copy on their channel, and a second run sends nothing', async () => {
  worker = await openWorker({ releases: [...pregnancyTexts(), ...childTexts()] })
  const { delivery, sandbox } = worker
  for (let at = 0; at < 12; at += 1) {
    const dueDate = `2027-0${1 + (at % 5)}-1${at % 3}`
    await register(delivery, { address: lineUser(at), child: { dueDate } })
    await register(delivery, { address: mailUser(at), child: { dueDate } })
  }
  await register(delivery, { address: lineUser(99), child: { birthDate: '2020-01-01' } })

  expect(await deliver(worker)).toEqual({ status: 'finished' })

  const copies = received(sandbox)
  expect(copies.size).toBe(24)
  expect([...copies.values()].every((count) => count === 1)).toBe(true)
  const run = await delivery.runs.find(RUN)
  expect(run).toMatchObject({ state: 'done', plan: { candidates: 24, deliveries: 24 } })

  expect(await deliver(worker)).toEqual({ status: 'finished' })
  expect(received(sandbox)).toEqual(copies)
  expect(sandbox.mail.accepted).toHaveLength(12)
})
