// A LINE account whose month will not last: what is planned for later stands before what is less important.
import { expect, test } from '@jest/globals'

import { statusLines } from '../../../src/operation/words'
import { addDays } from '../../../src/stage/day'
import { planDay } from '../../../worker/cli/plan'
import { createLedgerReader } from '../../../worker/ledger/reading'
import { createExplain } from '../../../worker/report/explain'
import { readLineHealth } from '../../../worker/report/keptHealth'
import { createLineHealth } from '../../../worker/report/lineHealth'
import { createToday } from '../../../worker/report/today'
import { createTomorrow } from '../../../worker/report/tomorrow'
import { leftOf, yieldingOf } from '../../../worker/report/yielding'
import { noticeToday, release, text, TODAY, TOWN } from '../../src/plan/town'
import { deliver, differences, families, RUN, statuses } from '../app/day'
import { channelOf, LINE, NOBODY, openWorker, received } from '../app/openWorker'

/** Three families on LINE and one by mail: a text today and in two weeks, and a notice today. */
async function openTown(monthlyLimit: number | null) {
  const slots = ['day45', 'day59'].map((slot) => release(text({ slot })))
  const worker = await openWorker({ releases: [...slots, release(noticeToday())] })
  const { delivery, sandbox, clock, alerts } = worker
  if (monthlyLimit !== null) sandbox.line.addChannel({ ...channelOf(LINE, NOBODY), monthlyLimit })
  const { line, mail } = await families(worker, { line: 3, mail: 1 })
  const health = createLineHealth(delivery)
  const tomorrow = createTomorrow({ ...delivery, elapsed: () => 0 })
  const ledger = createLedgerReader(delivery.db)
  const explain = createExplain({ ...worker, ledger })
  return {
    ...worker,
    ask: async (laterMs = 0) => {
      clock.now = new Date(clock.now.getTime() + laterMs)
      await tomorrow.planSome()
      await health.askSome()
      await tomorrow.planSome()
    },
    told: () => alerts.filter(({ code }) => code === 'line-quota-yields').length,
    words: async () =>
      statusLines(await createToday({ ...delivery, ledger }).read(), clock.now).join('\n'),
    sentencesOf: async (which: 'line' | 'mail') => {
      const [one] = which === 'line' ? line : mail
      const rows = (await explain(one!.readerId, TODAY)) ?? []
      return rows.map(({ sentence }) => sentence).join('\n')
    },
    copies: () => [...received(sandbox).values()].toSorted(),
  }
}

const HOUR = 3_600_000

test('a notice yields to the texts of the rest of the month, by LINE alone, and a person is told once', async () => {
  const town = await openTown(9)
  await town.ask()
  await town.ask(HOUR)
  const kept = await readLineHealth(town.delivery.db)
  expect(kept.get(LINE.id)?.yielded).toEqual([{ date: TODAY, kinds: ['notice'] }])
  expect(town.told()).toBe(1)
  expect(await town.words()).toContain('LINE では送らないもの: お知らせ(')
  const planned = await planDay(town.delivery, TODAY)
  expect(planned).toMatchObject([{ deliveries: 5, exclusions: { yieldedNotice: 3 } }])
  await deliver(town)
  expect(await statuses(town)).toEqual({ accepted: 5 })
  expect(town.copies()).toEqual([1, 1, 1, 2])
  const run = await town.delivery.runs.find(RUN)
  expect(run?.plan?.exclusions).toEqual({ yieldedNotice: 3 })
  expect(await differences(town)).toEqual([])
  expect(await town.sentencesOf('line')).toContain(
    'LINE の今月の残りを、月齢や週数の文に残した(お知らせ)',
  )
  expect(await town.sentencesOf('mail')).not.toContain('残した')
  // what has gone out meanwhile is not counted twice
  await town.ask(HOUR)
  expect(town.told()).toBe(1)
  expect(await yieldingOf(town.delivery, TOWN)).toEqual(new Map([[LINE.id, new Set(['notice'])]]))
  // a higher limit ends it
  town.sandbox.line.addChannel({ ...channelOf(LINE, NOBODY), monthlyLimit: 100 })
  await town.ask(HOUR)
  expect((await readLineHealth(town.delivery.db)).get(LINE.id)?.troubles).toEqual([])
})

test.each([
  ['is no limit', null],
  ['is room for all', 10],
])('where there %s nothing changes', async (_, limit) => {
  const town = await openTown(limit)
  await town.ask()
  await town.ask(HOUR)
  expect(town.told()).toBe(0)
  await deliver(town)
  expect(await statuses(town)).toEqual({ accepted: 8 })
})

test('what is left: of this month, without what today has sent; nothing is known without an answer of late', () => {
  const at = (day: string) => new Date(`${day}T12:00:00+09:00`)
  const health = {
    ...{ basicId: '@minato', limit: 100, used: 60, menu: 'ours' as const, webhook: null },
  }
  const left = (given: object, now = at(TODAY)) =>
    leftOf({ _id: 'L1', at: at(TODAY), health, sentToday: 20, ...given }, now)
  expect(left({})).toBe(60)
  expect(left({}, at(addDays(TODAY, 1)))).toBe(40)
  expect(left({ health: { ...health, used: 130 } }, at(addDays(TODAY, 1)))).toBe(0)
  expect(left({ at: at('2026-10-31') }, at('2026-11-01'))).toBe(100)
  expect(left({ health: { ...health, limit: null } })).toBeNull()
  expect(left({ at: null })).toBeNull()
  expect(left({}, at(addDays(TODAY, 3)))).toBeNull()
})
