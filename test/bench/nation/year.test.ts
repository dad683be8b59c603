// A small year: once the removal has begun nothing grows, and nobody gets a text twice.
import { afterEach, expect, test } from '@jest/globals'
import { MongoClient } from 'mongodb'

import { generateKeyRing } from '../../../src/secret/seal'
import { localDayOf } from '../../../src/stage/day'
import { openDeliveryHalf } from '../../../worker/app/deliveryHalf'
import { createSandbox, type Sandbox } from '../../../worker/sandbox/sandbox'
import { LEAST_KEPT_DAYS } from '../../../worker/retention/dailyRemoval'
import { testDatabaseUrl } from '../../database'
import { NOBODY } from '../../worker/app/openWorker'
import { lineAccount, municipality, textReleases } from '../fixtures'
import { hold } from '../host'
import { createMeter } from '../meter'
import { createDayClock, simulateYear } from './year'

const CODE = '990001'
const DAYS = 40

const undo: (() => Promise<unknown>)[] = []
afterEach(async () => {
  for (const step of undo.splice(0).reverse()) await step()
})

async function openTown() {
  const clock = createDayClock('2026-11-30')
  const account = lineAccount(CODE)
  const { channelId, channelSecret, provider, basicId } = account
  const channel = { channelId, channelSecret, provider, basicId, name: CODE, webhookUrl: NOBODY }
  const sandbox = await createSandbox({
    port: 0,
    smtpPort: 0,
    now: clock.now,
    perSecond: null,
    channels: [channel],
  })
  undo.push(() => sandbox.stop())
  const databaseUrl = testDatabaseUrl()
  undo.push(async () => {
    const client = await new MongoClient(databaseUrl).connect()
    await client.db().dropDatabase()
    await client.close()
  })
  const delivery = await openDeliveryHalf({
    databaseUrl,
    keys: generateKeyRing(),
    now: clock.now,
    keptDays: LEAST_KEPT_DAYS,
    cmsUrl: 'http://127.0.0.1:9',
    cmsApiKey: 'x'.repeat(20),
    lineApiUrl: sandbox.url,
    smtpUrl: sandbox.smtpUrl,
    publicUrl: 'https://web.example',
    linePerSecond: Infinity,
  })
  undo.push(delivery.close)
  const municipalities = [municipality(CODE)]
  await hold(delivery, { releases: textReleases(), accounts: [account], municipalities })
  return { clock, sandbox, delivery }
}

/** Who got what on which day, from the stand-ins' own logs: a family has one text a day at most. */
function arrivals({ line, mail }: Sandbox): string[] {
  const dayOf = (at: number) => localDayOf(new Date(at))
  return [
    ...line.accepted().flatMap(({ at, to }) => to.map((one) => `${one} ${dayOf(at)}`)),
    ...mail.accepted.flatMap(({ at, to }) => to.map((one) => `${one} ${dayOf(at)}`)),
  ]
}

/** Whom the same text reached more than once. */
function textsTwice({ line, mail }: Sandbox): string[] {
  const texts = [
    ...line.accepted().flatMap(({ to, messagesHash }) => to.map((one) => `${one} ${messagesHash}`)),
    ...mail.accepted.map(({ messageId }) => messageId),
  ]
  return texts.filter((text, at) => texts.indexOf(text) < at)
}

test('once days are removed nothing grows, and nobody gets a text twice', async () => {
  const { clock, sandbox, delivery } = await openTown()
  const year = await simulateYear({
    delivery,
    clock,
    codes: [CODE],
    readers: 50,
    days: DAYS,
    monthDays: 10,
    measure: createMeter(process.pid),
  })
  expect(year.alerts).toEqual({})
  const all = arrivals(sandbox)
  expect(all.length).toBeGreaterThan(DAYS * 5)
  expect(new Set(all).size).toBe(all.length)
  expect(textsTwice(sandbox)).toEqual([])
  const [, , before, after] = year.months
  const days = LEAST_KEPT_DAYS + 1
  for (const { stored } of [before!, after!]) {
    expect(stored.runs).toBeGreaterThanOrEqual(days)
    expect(stored.runs).toBeLessThan(days + 15) // with the welcomes
  }
  const { ratios } = year
  expect(ratios).toMatchObject({ from: 30, to: DAYS })
  expect(ratios!.stored).toBeLessThan(1.1)
  expect(ratios!.database).toBeLessThan(1.15)
}, 120_000)
