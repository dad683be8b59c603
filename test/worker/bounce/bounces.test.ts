import { afterEach, beforeEach, expect, test } from '@jest/globals'

import { addDays } from '../../../src/stage/day'
import { createBounces, type Bounces } from '../../../worker/bounce/bounces'
import { createReturnPaths } from '../../../worker/bounce/returnPath'
import { indexOf, suppressionId } from '../../../worker/readers/identity'
import type { Address } from '../../../worker/readers/reader'
import { openStore, registration, START, TARO } from '../readers/openStore'
import { arf, dsn, letter, recipient, RETURN } from './fixtures'

const TODAY = '2026-11-23'
const MINUTES = 60_000

let opened: Awaited<ReturnType<typeof openStore>>
let bounces: Bounces
let alerts: unknown[]
beforeEach(async () => {
  opened = await openStore()
  alerts = []
  const { db, ring, readers, clock } = opened
  bounces = createBounces({
    db,
    ring,
    readers,
    now: () => clock.now,
    returnPaths: createReturnPaths({ ring, address: 'bounces@mail.example' }),
    onAlert: (...alert) => alerts.push(alert),
  })
})
afterEach(() => opened.close())

const mail = (address: string): Address => ({ channel: 'mail', account: 'mail', address })

function later(minutes: number): void {
  opened.clock.now = new Date(opened.clock.now.getTime() + minutes * MINUTES)
}

interface Back {
  to?: string
  status?: string
  sentOn?: string
  form?: (to: string, status: string) => string
}

const refusal = (to: string, status: string) =>
  dsn({ recipients: [recipient(status, '', { address: to })] })

/** Takes in what comes back of a mail to an address. */
async function comeBack({ to = TARO.address, status = '5.1.1', ...more }: Back = {}) {
  const { sentOn = TODAY, form = refusal } = more
  const { ring } = opened
  const paths = createReturnPaths({ ring, address: 'bounces@mail.example' })
  const path = paths.of({ index: indexOf(ring, mail(to)), town: '999016', sentOn })
  return bounces.take({ raw: Buffer.from(form(to, status).replaceAll(RETURN, path)) })
}

async function register(address = TARO.address) {
  const registered = await opened.readers.register(
    registration({ address: mail(address), consentedAt: opened.clock.now }),
  )
  return registered.readerId
}

const reasons = async () =>
  (await opened.collections.suppressions.find().sort({ _id: 1 }).toArray()).map(
    ({ reason }) => reason,
  )

test('a hard refusal stops the address a quarter of an hour later, for every town', async () => {
  await register()
  expect(await comeBack()).toBe('hard')
  later(14)
  await bounces.settle()
  expect(await reasons()).toEqual([])
  later(1)
  await bounces.settle()
  expect(await reasons()).toEqual(['bounced'])
  const [reader] = await opened.readers.findByIdentity(TARO)
  expect(reader?.identities).toMatchObject([{ status: 'suppressed' }])
})

test('the same message again changes nothing, not even after the owner has confirmed anew', async () => {
  await register()
  expect(await comeBack({ form: () => arf('abuse') })).toBe('complaint')
  expect(await reasons()).toEqual(['complained'])
  await register()
  expect(await reasons()).toEqual([])
  expect(await comeBack({ form: () => arf('abuse') })).toBe('again')
  expect(await reasons()).toEqual([])
})

test('what was sent before the owner confirmed the address says nothing of it', async () => {
  await register()
  const before = addDays(TODAY, -1)
  expect(await comeBack({ sentOn: before })).toBe('old')
  expect(await comeBack({ sentOn: before, form: () => arf('abuse') })).toBe('old')
  expect(await opened.collections.bounces.countDocuments({ hard: { $exists: true } })).toBe(0)
})

test('a hard refusal that waits is dropped when the owner confirms meanwhile', async () => {
  await register()
  await comeBack()
  await register()
  later(15)
  await bounces.settle()
  expect(await reasons()).toEqual([])
})

test('soft refusals stop an address after five days over ten, and a confirmation begins anew', async () => {
  await register()
  const softly = (day: number) =>
    comeBack({ status: '4.2.2', sentOn: addDays(TODAY, day), form: onDay(day) })
  const onDay = (day: number) => (to: string, status: string) =>
    refusal(to, status).replace('Undelivered', `Undelivered ${day}`)
  for (const day of [0, 1, 2, 3]) await softly(day)
  expect(await reasons()).toEqual([])
  later(3 * 24 * 60)
  await register()
  for (const day of [5, 12, 13, 14]) await softly(day)
  expect(await reasons()).toEqual([])
  await softly(15)
  expect(await reasons()).toEqual(['bounced'])
})

test('a refusal that is about us stops nobody; a person is told once an hour for each reason', async () => {
  await register()
  await register('jiro@example.jp')
  await comeBack({ status: '5.7.1' })
  await comeBack({ status: '5.7.1', to: 'jiro@example.jp' })
  await comeBack({ status: '5.7.26' })
  later(60)
  await bounces.settle()
  expect(await reasons()).toEqual([])
  expect(alerts).toEqual([
    ['bounces-about-us', { code: '5.7.1' }],
    ['bounces-about-us', { code: '5.7.26' }],
  ])
})

test('nothing is known of who is not registered, of letters and of forged reports', async () => {
  await register()
  expect(await comeBack({ to: 'nobody@example.jp' })).toBe('gone')
  expect(await comeBack({ form: () => letter({ from: 'taro@example.jp', text: 'x' }) })).toBe(
    'ignored',
  )
  const forged = (to: string, status: string) =>
    refusal(to, status).replaceAll(RETURN, `bounces+${'a'.repeat(48)}@mail.example`)
  expect(await comeBack({ form: forged })).toBe('unmatched')
  later(60)
  await bounces.settle()
  expect(await reasons()).toEqual([])
})

test('many hard refusals of one domain are held, and stop nobody until a person says so', async () => {
  const many = Array.from({ length: 11 }, (_, at) => `reader${at}@many.example`)
  for (const to of [...many, TARO.address]) await register(to)
  for (const to of [...many, TARO.address]) await comeBack({ to })
  later(15)
  await bounces.settle()
  expect(await reasons()).toEqual(['bounced']) // Taro, of another domain
  expect(alerts).toEqual([['bounces-held', { addresses: 11 }]])
  const held = await bounces.held()
  expect(held).toMatchObject([{ name: 'many.example', addresses: 11, since: START }])
  expect(await bounces.decide(held[0]!.id, 'believed')).toBe(11)
  expect(await reasons()).toHaveLength(12)
  expect(await bounces.held()).toEqual([])
})

test('held refusals that are dropped stop nobody, and a domain of few is not named', async () => {
  const many = Array.from({ length: 11 }, (_, at) => `reader${at}@many.example`)
  for (const to of many) await register(to)
  for (const to of many) await comeBack({ to })
  later(15)
  await bounces.settle()
  for (const to of many.slice(0, 8)) await register(to)
  const [held] = await bounces.held()
  expect(held).toMatchObject({ name: null, addresses: 3 })
  expect(await bounces.decide(held!.id, 'dropped')).toBe(3)
  expect(await reasons()).toEqual([])
})

test('who has their data erased is in none of it', async () => {
  const readerId = await register()
  await comeBack()
  await comeBack({ status: '4.2.2' })
  const { index } = (await opened.readers.findByIdentity(TARO))[0]!.identities[0]!
  await opened.readers.eraseReader({ readerId })
  const { softBounces, bounces: stored } = opened.collections
  expect(await softBounces.countDocuments({ _id: suppressionId({ ...mail(''), index }) })).toBe(0)
  expect(await stored.countDocuments({ 'hard.index': index })).toBe(0)
})

test('how many came back as what is told without anybody', async () => {
  await register()
  await comeBack()
  await comeBack({ form: () => letter({ from: 'taro@example.jp', text: 'x' }) })
  expect(await bounces.counts()).toEqual([
    { kind: 'hard', code: '5.1.1', count: 1 },
    { kind: 'ignored', code: 'letter', count: 1 },
  ])
})
