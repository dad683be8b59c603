import { randomUUID } from 'node:crypto'

import { expect, test } from '@jest/globals'

import { dailyRequest } from '../../../worker/runs/due'
import { createMetrics } from '../../../worker/app/metrics'
import { noteBackup } from '../../../worker/ledger/backupLog'
import { createLineHealth } from '../../../worker/report/lineHealth'
import { deliver, families, openService } from './day'
import { childTexts, settings, TODAY } from '../../src/plan/town'
import { LINE, openWorker } from './openWorker'

test('one scrape tells of all workers: the last tick, open runs and every alert', async () => {
  const worker = await openWorker({ releases: childTexts() })
  const { delivery, clock, connect } = worker
  const metrics = createMetrics(delivery)
  expect(await metrics.metrics()).toContain('kizuna_last_tick_timestamp_seconds 0')

  await openService(worker).tick()
  await delivery.runs.request({ ...dailyRequest(settings(), TODAY), _id: 'other' })
  const other = await connect()
  for (const one of [delivery, other, other]) one.onAlert('expired', { run: 'r' })
  await Promise.all([delivery.alerts.settled(), other.alerts.settled()])

  for (let scrape = 0; scrape < 2; scrape += 1) {
    const told = await metrics.metrics()
    const seconds = clock.now.getTime() / 1000
    expect(told).toContain(`kizuna_last_tick_timestamp_seconds ${seconds}`)
    expect(told).toContain('kizuna_runs{state="requested"} 2')
    expect(told).toContain('kizuna_alerts_total{code="expired"} 3')
    expect(told).toContain(`kizuna_last_alert_timestamp_seconds{code="expired"} ${seconds}`)
  }
  expect(worker.alerts).toHaveLength(3)
})

test('what a person must see is a number: what is stopped, what is unknown, the day and its queue', async () => {
  const worker = await openWorker({ releases: childTexts() })
  const { delivery } = worker
  await families(worker, { line: 2, mail: 1 })
  await deliver(worker)
  const metrics = createMetrics(delivery)
  const told = async () => (await metrics.metrics()).split('\n')
  expect(await told()).toEqual(
    expect.arrayContaining([
      'kizuna_deliveries_today{outcome="accepted"} 3',
      'kizuna_deliveries_today{outcome="expired"} 0',
      'kizuna_open_batches 0',
      'kizuna_unknown_mails 0',
      'kizuna_halts 0',
      'kizuna_workers 0',
      'kizuna_backup_timestamp_seconds{what="taken"} 0',
    ]),
  )
  const act = { kind: 'halt', scope: 'mail', isOn: true } as const
  const at = worker.clock.now.toISOString()
  await delivery.acts.doHere({ id: randomUUID(), at, reason: 'わけ', act })
  await noteBackup(delivery.db, 'taken', worker.clock.now)
  await createLineHealth(delivery).askSome()
  expect(await told()).toEqual(
    expect.arrayContaining([
      'kizuna_halts 1',
      `kizuna_line_quota_used{account="${LINE.basicId}"} 2`,
      `kizuna_backup_timestamp_seconds{what="taken"} ${worker.clock.now.getTime() / 1000}`,
    ]),
  )
  // no limit, so none is told
  expect((await told()).some((line) => line.startsWith('kizuna_line_quota_limit{'))).toBe(false)
})
