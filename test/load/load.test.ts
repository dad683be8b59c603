// A small load on the real programs: worker, web, database and both stand-ins, a process each.
import { expect, test } from '@jest/globals'

import { withHost } from '../bench/host'
import { faultsOf } from './judge'
import { runLoad } from './load'

const INPUT = { seconds: 4, webhooks: 8, registrations: 1, readers: 200, warmUpSeconds: 2 }

test('whatever comes while texts go out is recorded and answered, each once', async () => {
  const env = { ...process.env, MONGOMS_SYSTEM_BINARY: process.env.TEST_MONGOD }
  const report = await withHost({ env, isQuick: true, progress: () => undefined }, (host) =>
    runLoad(host, INPUT),
  )
  // how fast it was is this machine's business, whose other tests run meanwhile
  const fast = { ...report, webhooks: { ...report.webhooks, p99: 0 } }
  expect(faultsOf(fast)).toEqual([])
  expect(report.webhooks.p99).toBeGreaterThan(0)
  expect(report.events.sent).toBeGreaterThanOrEqual(30)
  expect(report.answers).toMatchObject({ 200: expect.any(Number), 401: expect.any(Number) })
  expect(report.registered).toEqual({ done: 4, stored: 4 })
  expect(report.send.deliveries).toBeGreaterThan(0)
}, 180_000)
