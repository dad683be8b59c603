// How deliveries stand today, as the command tells it of a day that real code has sent.
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'

import { describe, expect, test } from '@jest/globals'

import { ALERT_WORDS } from '../../../src/operation/alertWords'
import { addDays } from '../../../src/stage/day'
import { ledgerCollections } from '../../../worker/ledger/collections'
import { createLedgerReader } from '../../../worker/ledger/reading'
import { createToday } from '../../../worker/report/today'
import { createTomorrow } from '../../../worker/report/tomorrow'
import { childTexts, settings, TODAY } from '../../src/plan/town'
import { lineUser, openWorker, register } from '../app/openWorker'
import { runIn } from '../cli/io'

test('the command tells the day as it went, of one municipality too', async () => {
  const worker = await openWorker({
    releases: childTexts(),
    municipalities: [settings(), settings({ code: '999024', name: 'やま町', isActive: false })],
  })
  const { delivery, env, clock } = worker
  const child = { birthDate: addDays(TODAY, -45) }
  await register(delivery, { address: lineUser(1), child })
  const kizuna = (...args: string[]) => runIn({ env, now: () => clock.now }, args)
  expect((await kizuna('deliver')).code).toBe(0)
  const all = await kizuna('status')
  expect([all.code, all.out.join('\n')]).toEqual([
    0,
    expect.stringMatching(/みなと町\(\d+\): 終わりました。予定 1 通: 受付済み 1 通\n/),
  ])
  expect(all.out.join('\n')).toContain('やま町(999024): お休みしています。')
  const one = await kizuna('status', '--municipality', '999024', '--json')
  expect(one.json()).toMatchObject({ today: { towns: [{ code: '999024', runs: [] }] } })
  expect((await kizuna('status', '--municipality', '1')).code).toBe(2)
  // what is held stays in sight after midnight
  const { runs } = ledgerCollections(delivery.db)
  const hold = { code: 'audience-drift', detail: '', at: clock.now }
  await runs.updateMany({}, { $set: { state: 'held', hold, date: addDays(TODAY, -1) } })
  expect((await kizuna('status')).out.join('\n')).toMatch(/みなと町\(\d+\): 保留\(/)
})

test('tomorrow is planned without a send, so that an odd day is seen before it', async () => {
  const worker = await openWorker({
    releases: childTexts(),
    municipalities: [settings(), settings({ code: '999024', name: 'やま町', isActive: false })],
  })
  const { delivery, clock, sandbox } = worker
  const child = { birthDate: addDays(TODAY, -44) }
  for (const at of [0, 1]) await register(delivery, { address: lineUser(at), child })
  await register(delivery, { address: lineUser(2), child: { birthDate: addDays(TODAY, -9000) } })
  const today = createToday({ ...delivery, ledger: createLedgerReader(delivery.db) })
  const tomorrows = async () => (await today.read()).towns.map(({ tomorrow }) => tomorrow)
  expect(await tomorrows()).toEqual([null, null])
  const tomorrow = createTomorrow(delivery)
  await tomorrow.planSome()
  expect(await tomorrows()).toEqual([2, null])
  expect(sandbox.line.state.accepted).toEqual([])
  // what has changed since is planned anew, some hours later
  await register(delivery, { address: lineUser(7), child })
  await tomorrow.planSome()
  expect(await tomorrows()).toEqual([2, null])
  clock.now = new Date(clock.now.getTime() + 7 * 3_600_000)
  await tomorrow.planSome()
  expect(await tomorrows()).toEqual([3, null])
})

describe('alerts', () => {
  const root = join(import.meta.dirname, '../../../worker')
  const files = readdirSync(root, { recursive: true, encoding: 'utf8' })
  const sources = files
    .filter((name) => name.endsWith('.ts'))
    .map((name) => readFileSync(join(root, name), 'utf8'))
  const given = new Set(
    sources.flatMap((text) =>
      [...text.matchAll(/onAlert\??\.?\(\s*'([A-Za-z-]+)'/g)].map(([, code = '']) => code),
    ),
  )

  test('each that the code gives has its words', () => {
    expect(given.size).toBeGreaterThan(15)
    expect([...given].filter((code) => !ALERT_WORDS[code])).toEqual([])
  })
})
