// A reader changes where their texts come: the new contact is confirmed before the old one ends.
import { afterAll, beforeAll, beforeEach, expect, test } from '@jest/globals'

import { indexOf } from '../../../worker/readers/identity'
import type { Address } from '../../../worker/readers/reader'
import { checkPairs } from '../../../worker/readers/checkPairs'
import { READER_COLUMNS } from '../../../worker/readers/readerColumns'
import { HANAKO, openStore, registration, START, TARO } from './openStore'
import { settings } from './settings'

let store: Awaited<ReturnType<typeof openStore>>

beforeAll(async () => {
  store = await openStore()
})
afterAll(() => store.close())
beforeEach(async () => {
  const all = Object.values(store.collections)
  await Promise.all(all.map((collection) => collection.deleteMany({})))
  store.clock.now = START
})

const NEW = 'taro.new@example.jp'
const mail = (address: string): Address => ({ channel: 'mail', account: 'mail', address })
const KEY = 'ab'.repeat(16)
const municipality = '999016'

async function registered(address: Address = TARO, changed = {}) {
  const { readerId, childId } = await store.readers.register(registration({ address, ...changed }))
  return { readerId, childId }
}
const ask = (readerId: string, address = NEW, once = 'once') =>
  store.readers.askContactByMail({ readerId, municipality, address, once })
const contactsOf = async (readerId: string) =>
  (await store.readers.findReader(readerId))!.identities.map((identity) =>
    store.readers.openAddress(identity),
  )

test('the old address is the reader’s until the new one is confirmed, and no longer', async () => {
  const { readerId } = await registered()
  const asked = await ask(readerId)
  expect(await contactsOf(readerId)).toEqual([TARO.address])
  expect(await store.readers.isContactAsked(readerId)).toBe(true)
  const confirmed = await store.readers.confirmContact(asked!.token)
  expect(confirmed).toMatchObject({ status: 'changed', readerId, municipality })
  const before = confirmed.status === 'changed' ? confirmed.before : []
  expect(before.map(store.readers.openAddress)).toEqual([TARO.address])
  expect(await contactsOf(readerId)).toEqual([NEW])
  expect(await store.readers.findByIdentity(TARO)).toEqual([])
  expect(await store.readers.isContactAsked(readerId)).toBe(false)
  expect((await checkPairs(store.db)).differing).toBe(0)
})

test('nothing of the old address stays but its keyed index', async () => {
  const { readerId } = await registered()
  await store.readers.confirmContact((await ask(readerId))!.token)
  const { former } = (await store.readers.findReader(readerId))!
  expect(former).toEqual([{ channel: 'mail', account: 'mail', index: indexOf(store.ring, TARO) }])
})

test('a token works once, ends after a day, and the newest that was asked for is the good one', async () => {
  const { readerId } = await registered()
  const first = await ask(readerId, NEW, 'first')
  const second = await ask(readerId, 'taro.other@example.jp', 'second')
  expect(await store.readers.confirmContact(first!.token)).toEqual({ status: 'gone' })
  expect(await store.readers.confirmContact(second!.token)).toMatchObject({ status: 'changed' })
  expect(await store.readers.confirmContact(second!.token)).toEqual({ status: 'used', readerId })
  const third = await ask(readerId, NEW, 'third')
  store.clock.now = new Date(START.getTime() + 24 * 3600_000)
  expect(await store.readers.findContactChange(third!.token)).toEqual({ status: 'gone' })
  expect(await store.readers.confirmContact(third!.token)).toEqual({ status: 'gone' })
})

test('one press sent twice asks once; an address is asked five times a day, whoever asks', async () => {
  const { readerId } = await registered()
  expect(await ask(readerId)).not.toBeNull()
  expect(await ask(readerId)).toBeNull()
  for (const once of ['2', '3', '4', '5']) expect(await ask(readerId, NEW, once)).not.toBeNull()
  expect(await ask(readerId, NEW, '6')).toBeNull()
  const other = await store.readers.requestConfirmation(registration({ address: mail(NEW) }))
  expect(other).toBeNull()
})

test('who has stopped since is not begun anew by a late press', async () => {
  const { readerId } = await registered()
  const asked = await ask(readerId)
  await store.readers.stopReader(readerId)
  expect(await store.readers.confirmContact(asked!.token)).toEqual({ status: 'gone' })
  expect(await contactsOf(readerId)).toEqual([TARO.address])
})

test('a new address that nobody was to send to works again: its owner has confirmed it', async () => {
  const { readerId } = await registered()
  const of = { channel: 'mail', account: 'mail', index: indexOf(store.ring, mail(NEW)) } as const
  await store.readers.suppress({ ...of, reason: 'bounced' })
  await store.readers.confirmContact((await ask(readerId))!.token)
  const reader = (await store.readers.findReader(readerId))!
  expect(await store.readers.contactStates(reader, null)).toEqual([
    { channel: 'mail', state: { kind: 'open' } },
  ])
})

test('an address of somebody else who gets texts here stays theirs, and both go on as they were', async () => {
  const { readerId } = await registered()
  const other = await registered(mail(NEW))
  const asked = await ask(readerId)
  expect(await store.readers.confirmContact(asked!.token)).toMatchObject({ status: 'taken' })
  expect(await store.readers.findContactChange(asked!.token)).toMatchObject({ status: 'taken' })
  expect(await contactsOf(readerId)).toEqual([TARO.address])
  expect(await contactsOf(other.readerId)).toEqual([NEW])
})

test('an address with which somebody had stopped is taken over; what ended with it stays ended', async () => {
  const lost = await registered(mail(NEW), { child: { dueDate: '2027-05-01' } })
  await store.readers.stopChild(lost)
  await store.readers.stopReader(lost.readerId)
  const { readerId } = await registered(TARO, { consentedAt: new Date(START.getTime() + 60_000) })
  await store.readers.confirmContact((await ask(readerId))!.token)
  expect(await contactsOf(readerId)).toEqual([NEW])
  expect(await contactsOf(lost.readerId)).toEqual([])
  await importList(`${municipality},mail,${NEW},dueDate,2027-05-01,standard,母,,,2026-11-01,1`)
  expect(await store.readers.childrenOf(readerId)).toHaveLength(1)
})

const HEADER = READER_COLUMNS.join(',')

async function importList(...rows: string[]) {
  const outcome = await store.readers.importRows({
    bytes: new TextEncoder().encode([HEADER, ...rows].join('\n')),
    municipalities: new Map([[municipality, { settings: settings(), provider: 'みなと町' }]]),
    isDryRun: false,
    consent: { basis: '紙の申込書' },
  })
  expect(outcome).toMatchObject({ status: 'imported' })
  return outcome
}

test('an old list with the old address brings back neither the reader nor a child that was lost', async () => {
  const { readerId, childId } = await registered()
  await store.readers.confirmContact((await ask(readerId))!.token)
  await store.readers.stopChild({ readerId, childId })
  const outcome = await importList(
    `${municipality},mail,${TARO.address},dueDate,2027-03-13,standard,母,,,2026-11-01,1`,
  )
  expect(outcome).toMatchObject({ counts: { readersAdded: 0, childrenAdded: 0 } })
  expect(await store.readers.childrenOf(readerId)).toEqual([])
  expect(await store.readers.findByIdentity(TARO)).toEqual([])
})

test('who had stopped after a loss with that address is not written to of the child by the other', async () => {
  const dates = { child: { dueDate: '2027-03-13' } }
  const { readerId } = await registered(TARO, dates)
  const lost = await registered(mail(NEW), dates)
  store.clock.now = new Date(START.getTime() + 60_000)
  await store.readers.stopChild(lost)
  await store.readers.stopReader(lost.readerId)
  await store.readers.confirmContact((await ask(readerId))!.token)
  expect(await contactsOf(readerId)).toEqual([NEW])
  expect(await store.readers.childrenOf(readerId)).toEqual([])
})

test('who registers with an address that was left is a reader of their own', async () => {
  const { readerId } = await registered()
  await store.readers.confirmContact((await ask(readerId))!.token)
  const other = await registered(TARO)
  expect(other.readerId).not.toBe(readerId)
  expect(await contactsOf(readerId)).toEqual([NEW])
})

test('mail becomes LINE by the first friend who brings the key, and by their answer alone', async () => {
  const { readerId } = await registered()
  const stranger = { ...HANAKO, address: `U${'b2'.repeat(16)}` }
  await store.readers.askContactByLine({ readerId, municipality, key: KEY, lineAccount: 'L1' })
  const bring = (address: Address, lineAccount = 'L1') =>
    store.readers.bringContactKey({ key: KEY, address, lineAccount })
  const waiting = { key: KEY, municipality, readerId }
  expect(await bring(HANAKO, 'L2')).toBeNull()
  expect(await bring(HANAKO)).toEqual(waiting)
  expect(await bring(HANAKO)).toEqual(waiting)
  expect(await bring(stranger)).toBeNull()
  expect(await store.readers.waitingInTalk(HANAKO)).toEqual({ kind: 'contact', contact: waiting })
  const answer = (address: Address) => store.readers.confirmContactByLine({ key: KEY, address })
  expect(await answer(stranger)).toEqual({ status: 'gone' })
  expect(await contactsOf(readerId)).toEqual([TARO.address])
  expect(await answer(HANAKO)).toMatchObject({ status: 'changed' })
  expect(await contactsOf(readerId)).toEqual([HANAKO.address])
  expect(await answer(HANAKO)).toEqual({ status: 'used', readerId })
})

test('a friend who says no is asked no more, and nothing has changed', async () => {
  const { readerId } = await registered()
  await store.readers.askContactByLine({ readerId, municipality, key: KEY, lineAccount: 'L1' })
  await store.readers.bringContactKey({ key: KEY, address: HANAKO, lineAccount: 'L1' })
  await store.readers.refuseContact({ key: KEY, address: HANAKO })
  expect(await store.readers.waitingInTalk(HANAKO)).toBeNull()
  expect(await store.readers.isContactAsked(readerId)).toBe(false)
  expect(await contactsOf(readerId)).toEqual([TARO.address])
})
