// How LINE accounts are, by LINE's own word: the month's limit, the count of a day, what is set.
import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'

import { expect, test } from '@jest/globals'

import { addDays } from '../../../src/stage/day'
import { readLineHealth } from '../../../worker/report/keptHealth'
import { createLineHealth } from '../../../worker/report/lineHealth'
import { webhookOf } from '../../../worker/report/lineWebhook'
import { expectedOfMonth, troublesOf, type KnownLine } from '../../../worker/report/lineTroubles'
import { childTexts, TODAY } from '../../src/plan/town'
import { deliver, families } from '../app/day'
import { channelOf, LINE, openWorker } from '../app/openWorker'

const HEALTH: KnownLine['health'] = {
  ...{ basicId: '@minato', limit: null, used: 0, menu: 'ours' },
  webhook: { url: 'https://web.example/line/webhook', isOn: true },
}
const known = (
  given: Partial<KnownLine>,
  health: Partial<KnownLine['health']> = {},
): KnownLine => ({
  ...{ account: { basicId: '@minato', kind: 'dedicated' }, counted: null },
  ...{ today: '2026-10-20', isMoving: false, yielded: [], isUnreached: false, ...given },
  health: { ...HEALTH, ...health },
})
const counted = (line: number, ours: number) => ({ day: '2026-10-19', line, ours })

test.each<[string, KnownLine, string[]]>([
  ['nothing is wrong', known({}), []],
  ['no limit, however much', known({}, { used: 9_000_000 }), []],
  ['below four fifths, and so to the end', known({}, { limit: 1000, used: 640 }), []],
  ['four fifths', known({}, { limit: 1000, used: 800 }), ['line-quota-near']],
  ['it will not do', known({}, { limit: 1000, used: 646 }), ['line-quota-near']],
  ['the first days say too little', known({ today: '2026-10-03' }, { limit: 1000, used: 200 }), []],
  ['used up', known({}, { limit: 1000, used: 1000 }), ['line-quota-over']],
  ['a limit of nothing', known({}, { limit: 0, used: 0 }), ['line-quota-over']],
  ['no webhook', known({}, { webhook: null }), ['line-webhook-off']],
  [
    'a webhook that is off',
    known({}, { webhook: { url: 'https://web.example', isOn: false } }),
    ['line-webhook-off'],
  ],
  [
    'an account that answers nothing needs none',
    known(
      { account: { basicId: '@minato', kind: 'official', answers: 'none' } },
      { webhook: null },
    ),
    [],
  ],
  ['its webhook fails again', known({ isUnreached: true }), ['line-webhook-unreached']],
  ['another account', known({}, { basicId: '@other' }), ['line-account-differs']],
  ['LINE has counted a little more', known({ counted: counted(1010, 1000) }), []],
  ['much more', known({ counted: counted(1021, 1000) }), ['line-counts-differ']],
  [
    'much more, where others send through it',
    known({
      counted: counted(9000, 1000),
      account: { basicId: '@minato', kind: 'official' },
    }),
    [],
  ],
  [
    'more, while letters of a move go out',
    known({ counted: counted(2000, 1000), isMoving: true }),
    [],
  ],
  ['some have blocked it', known({ counted: counted(600, 1000) }), []],
  ['hardly anybody gets it', known({ counted: counted(400, 1000) }), ['line-counts-differ']],
  ['few people say nothing', known({ counted: counted(0, 30) }), []],
])('%s', (_, given, troubles) => {
  expect(troublesOf(given)).toEqual(troubles)
})

test('a month that goes on as it began', () => {
  expect(expectedOfMonth(500, '2026-02-14')).toBe(1000)
  expect(expectedOfMonth(500, '2026-02-03')).toBe(500)
})

test('LINE is asked once an hour; a person is told when a trouble begins, and sees it end', async () => {
  const worker = await openWorker({ releases: childTexts() })
  const { delivery, sandbox, clock, alerts } = worker
  await families(worker, { line: 3, mail: 1 })
  await deliver(worker)
  const health = createLineHealth(delivery)
  const read = async () => (await readLineHealth(delivery.db)).get(LINE.id)
  const later = async (ms: number) => {
    clock.now = new Date(clock.now.getTime() + ms)
    await health.askSome()
    return read()
  }
  const told = () => alerts.map(({ code }) => code).filter((code) => code.startsWith('line-'))
  expect(await later(0)).toMatchObject({
    health: { basicId: LINE.basicId, limit: null, used: 3, menu: 'none', webhook: { isOn: true } },
    counted: { day: addDays(TODAY, -1), line: 0, ours: 0 },
    code: null,
    troubles: [],
  })

  sandbox.line.addChannel({ ...channelOf(LINE, null), monthlyLimit: 3 })
  expect(await later(60_000)).toMatchObject({ health: { limit: null } }) // not yet
  expect(await later(3_600_000)).toMatchObject({
    health: { limit: 3 },
    troubles: ['line-quota-over', 'line-webhook-off'],
  })
  expect(told()).toEqual(['line-quota-over', 'line-webhook-off'])

  expect(await later(24 * 3_600_000)).toMatchObject({ counted: { day: TODAY, line: 3, ours: 3 } })
  expect(await later(24 * 3_600_000)).toMatchObject({
    counted: { day: addDays(TODAY, 1), line: 0, ours: 0 },
  })
})

test('the webhook is tested each hour; a person is told when it has failed twice, ten minutes apart', async () => {
  let status = 200
  const web = createServer((_, response) => void response.writeHead(status).end())
  await once(web.listen(0, '127.0.0.1'), 'listening')
  try {
    const publicUrl = `http://127.0.0.1:${(web.address() as AddressInfo).port}`
    const worker = await openWorker({ releases: childTexts() })
    const { sandbox, clock, alerts } = worker
    const delivery = await worker.connect({ publicUrl })
    await delivery.syncedContent.refresh()
    const health = createLineHealth(delivery)
    const later = async (minutes: number) => {
      clock.now = new Date(clock.now.getTime() + minutes * 60_000)
      await health.askSome()
      const kept = (await readLineHealth(delivery.db)).get(LINE.id)
      const told = alerts.filter(({ code }) => code === 'line-webhook-unreached').length
      return [kept?.isSentElsewhere, kept?.webhookTest?.reason, kept?.troubles, told]
    }
    expect(await later(0)).toEqual([true, undefined, [], 0]) // where it goes is not here
    sandbox.line.addChannel(channelOf(LINE, webhookOf(publicUrl, LINE)))
    expect(await later(60)).toEqual([false, 'ok', [], 0])
    status = 503
    expect(await later(60)).toEqual([false, 'errorStatusCode', [], 0])
    for (const _ of [1, 2])
      expect(await later(10)).toEqual([false, 'errorStatusCode', ['line-webhook-unreached'], 1])
    status = 200
    expect(await later(10)).toEqual([false, 'ok', [], 1])
  } finally {
    web.closeAllConnections()
    web.close()
  }
})
