import { expect, test } from '@jest/globals'

import { dailyRequest } from '../../../worker/runs/due'
import { createMetrics } from '../../../worker/app/metrics'
import { openService } from './day'
import { childTexts, settings, TODAY } from '../../src/plan/town'
import { openWorker } from './openWorker'

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
