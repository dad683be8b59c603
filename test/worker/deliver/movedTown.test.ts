// A reader moves to another town on a day that is planned in both: each text comes from one of them.
import { expect, test } from '@jest/globals'

import { dailyRequest } from '../../../worker/runs/due'
import { DAY_45, differences, ledgerLines, lookAndWork, openService } from '../app/day'
import { mailUser, openWorker, register } from '../app/openWorker'
import { childTexts, settings, TODAY } from '../../src/plan/town'

const mailHours = (from: string, to: string) => ({
  windows: { line: { from: '09:00', to: '20:00' }, mail: { from, to } },
})
const OLD = '999016'
const THERE = '999024'

/** Two towns that are planned at nine, each with its hours. */
async function openTowns(oldHours: [string, string], newHours: [string, string]) {
  const towns = [
    settings({ code: OLD, ...mailHours(...oldHours) }),
    settings({ code: THERE, name: 'うみべ町', ...mailHours(...newHours) }),
  ]
  const worker = await openWorker({
    releases: childTexts(),
    municipalities: towns,
    now: `${TODAY}T08:00:00+09:00`,
  })
  const { delivery, clock } = worker
  const { readerId } = await register(delivery, { address: mailUser(1), child: DAY_45 })
  await register(delivery, { address: mailUser(2), child: DAY_45 })
  await register(delivery, { address: mailUser(3), child: DAY_45, municipality: THERE })
  for (const one of towns) await delivery.runs.requestAgain(dailyRequest(one, TODAY))
  const service = openService(worker)
  const go = async (time: string) => {
    clock.now = new Date(`${TODAY}T${time}:00+09:00`)
    await lookAndWork(service)
    await lookAndWork(service)
  }
  const move = async () => {
    const town = {
      municipality: THERE,
      edition: 'standard',
      area: null,
      consentedAt: clock.now,
      consentVersion: '1',
    }
    expect(await delivery.readers.moveTown({ readerId, town })).toEqual({ status: 'moved' })
    await delivery.welcomes.requestWelcome(readerId)
  }
  /** Towns the text of the day came to the reader from. */
  const from = async () => {
    const lines = await ledgerLines(worker)
    const own = lines.filter(({ reader, slot }) => reader === readerId && slot === 'day45')
    return own.filter(({ status }) => status === 'accepted').map(({ run }) => run.split(':')[0])
  }
  return { worker, go, move, from }
}

test('planned in the old town and not sent yet: it comes from the new one, once', async () => {
  const { worker, go, move, from } = await openTowns(['18:00', '20:00'], ['09:00', '10:00'])
  await go('09:30')
  await move()
  await go('12:00')
  await go('18:30')
  await go('19:00')
  expect(await from()).toEqual([THERE])
  expect(await differences(worker)).toEqual([])
})

test('sent by the old town already: the new one does not send it again', async () => {
  const { worker, go, move, from } = await openTowns(['09:00', '10:00'], ['18:00', '20:00'])
  await go('09:30')
  await move()
  await go('18:30')
  expect(await from()).toEqual([OLD])
  expect(await differences(worker)).toEqual([])
})

test('moved before the day is planned: the text is the new town’s', async () => {
  const { go, move, from } = await openTowns(['09:00', '20:00'], ['09:00', '20:00'])
  await move()
  await go('09:30')
  await go('10:00')
  expect(await from()).toEqual([THERE])
})

test('moved between the mark and the mail: the old town’s last look meets it', async () => {
  const { worker, go, move, from } = await openTowns(['09:00', '20:00'], ['09:00', '20:00'])
  const { markSending, settleAndMark } = worker.delivery.sending
  let isMoved = false
  const once = async () => {
    if (isMoved) return
    isMoved = true
    await move()
  }
  Object.assign(worker.delivery.sending, {
    markSending: async (...args: Parameters<typeof markSending>) => {
      const marked = await markSending(...args)
      await once()
      return marked
    },
    settleAndMark: async (...args: Parameters<typeof settleAndMark>) => {
      const marked = await settleAndMark(...args)
      await once()
      return marked
    },
  })
  await go('09:30')
  await go('09:40')
  await go('09:50')
  expect(isMoved).toBe(true)
  expect(await from()).toHaveLength(1)
})
