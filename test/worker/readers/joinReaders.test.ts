// Somebody is registered twice, proves both, and says that they are one.
import { afterAll, beforeAll, beforeEach, expect, test } from '@jest/globals'

import { checkPairs } from '../../../worker/readers/checkPairs'
import { createAccountMoves } from '../../../worker/readers/accountMoves'
import type { JoinAnswer } from '../../../worker/readers/moveContact'
import type { Registration } from '../../../worker/readers/store'
import { HANAKO, openStore, registration, START, TARO } from './openStore'

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

const KEY = 'ab'.repeat(16)
const municipality = '999016'
const MINUTE_MS = 60_000
const later = (minutes: number) => new Date(START.getTime() + minutes * MINUTE_MS)
const BORN = { child: { birthDate: '2026-05-05' } }

/** By mail first, and an hour later once more on LINE. */
async function registeredTwice(
  before: Partial<Registration> = BORN,
  here: Partial<Registration> = BORN,
) {
  const ours = await store.readers.register(registration({ address: TARO, ...before }))
  store.clock.now = later(60)
  const theirs = await store.readers.register(
    registration({ address: HANAKO, consentedAt: later(59), ...here }),
  )
  store.clock.now = later(120)
  return { ours, theirs }
}

async function join(readerId: string, join: JoinAnswer = 'one', move?: string) {
  const { readers } = store
  const change = { readerId, municipality, key: KEY, lineAccount: 'L1' }
  await readers.askContactByLine({ ...change, ...(move && { move }) })
  await readers.bringContactKey({ key: KEY, address: HANAKO, lineAccount: 'L1' })
  return readers.confirmContactByLine({ key: KEY, address: HANAKO, join })
}

const contactsOf = async (readerId: string) =>
  (await store.readers.findReader(readerId))!.identities.map((identity) =>
    store.readers.openAddress(identity),
  )
const childrenOf = async (readerId: string) =>
  (await store.readers.childrenOf(readerId)).map(({ birthDate, dueDate }) => birthDate ?? dueDate)
const soundPairs = async () => expect((await checkPairs(store.db)).differing).toBe(0)

test('nothing happens before they say so, and both go on', async () => {
  const { ours, theirs } = await registeredTwice()
  expect(await join(ours.readerId, 'ask')).toMatchObject({
    status: 'twice',
    children: { same: [{}], differing: [], added: [], ended: [] },
  })
  expect(await contactsOf(ours.readerId)).toEqual([TARO.address])
  expect(await contactsOf(theirs.readerId)).toEqual([HANAKO.address])
  // the key is not used by the question
  const answered = await store.readers.confirmContactByLine({
    ...{ key: KEY, address: HANAKO, join: 'one' },
  })
  expect(answered).toMatchObject({ status: 'changed', isJoined: true, readerId: ours.readerId })
})

test('the first goes on with what was said last, one pair is left, and stop links go on', async () => {
  const { ours, theirs } = await registeredTwice(
    { ...BORN, edition: 'standard', area: '南' },
    { ...BORN, edition: 'easy', relation: 'father', area: null },
  )
  await store.readers.changeWishes({ readerId: theirs.readerId, wishes: { hour: '18:00' } })
  await join(ours.readerId)
  const [one, other] = await Promise.all(
    [ours, theirs].map(({ readerId }) => store.readers.findReader(readerId)),
  )
  expect(one).toMatchObject({
    ...{ status: 'active', edition: 'easy', relation: 'father', area: null },
    ...{ wishes: { hour: '18:00' } },
    ...{ consentedAt: later(59), beganAt: registration().consentedAt },
  })
  expect(other).toMatchObject({ status: 'stopped', joinedTo: ours.readerId, identities: [] })
  expect(await contactsOf(ours.readerId)).toEqual([HANAKO.address])
  expect(await childrenOf(ours.readerId)).toEqual(['2026-05-05'])
  expect(await childrenOf(theirs.readerId)).toEqual([])
  const active = await store.collections.pairs.find({ isActive: true }).toArray()
  expect(active).toMatchObject([
    { reader: ours.readerId, isSpecial: true, former: [expect.any(String)] },
  ])
  await soundPairs()
})

test.each<[JoinAnswer, string[]]>([
  ['theirs', ['2026-05-06']],
  ['ours', ['2026-05-05']],
  ['both', ['2026-05-06', '2026-05-05']],
])('where the dates differ they are asked, and %s is done', async (answer, dates) => {
  const { ours } = await registeredTwice(BORN, { child: { birthDate: '2026-05-06' } })
  expect(await join(ours.readerId, 'one')).toMatchObject({ status: 'twice' })
  await store.readers.confirmContactByLine({ key: KEY, address: HANAKO, join: answer })
  expect(await childrenOf(ours.readerId)).toEqual(dates)
  await soundPairs()
})

test('a child that only the new registration has comes along', async () => {
  const { ours } = await registeredTwice(
    { child: { birthDate: '2023-04-01' } },
    { child: { dueDate: '2027-01-10' } },
  )
  await join(ours.readerId)
  expect((await childrenOf(ours.readerId)).sort()).toEqual(['2023-04-01', '2027-01-10'])
  await soundPairs()
})

test.each(['ours', 'theirs'] as const)('a loss that %s was told ends it in both', async (which) => {
  const due = { child: { dueDate: '2027-03-13' } }
  const two = await registeredTwice(due, due)
  const { readerId, childId } = two[which]
  await store.readers.stopChild({ readerId, childId })
  store.clock.now = later(180)
  await join(two.ours.readerId)
  expect(await childrenOf(two.ours.readerId)).toEqual([])
  expect(await store.collections.children.countDocuments({ status: 'active' })).toBe(0)
  expect(await store.collections.pairs.countDocuments({ isActive: true })).toBe(0)
  await soundPairs()
})

test('who had the child with the one that ends keeps it, and a loss ends it for them, too', async () => {
  const { ours, theirs } = await registeredTwice()
  const father = await store.readers.register(
    registration({
      address: { channel: 'mail', account: 'mail', address: 'father@example.jp' },
      sharedChildren: [theirs.childId],
    }),
  )
  await join(ours.readerId)
  expect(await childrenOf(father.readerId)).toEqual(['2026-05-05'])
  await store.readers.stopChild({ readerId: ours.readerId, childId: ours.childId })
  expect(await childrenOf(father.readerId)).toEqual([])
  await soundPairs()
})

test('data that are erased are erased in both', async () => {
  const { ours, theirs } = await registeredTwice()
  await join(ours.readerId)
  await store.readers.eraseReader({ readerId: ours.readerId })
  const other = await store.collections.readers.findOne({ _id: theirs.readerId })
  expect(other).toMatchObject({ isErased: true, relation: 'other' })
  expect(await store.collections.children.countDocuments()).toBe(0)
})

test('a mail of the registration that has ended stops the one it has become', async () => {
  const { ours, theirs } = await registeredTwice()
  await join(ours.readerId)
  expect(await store.readers.mailStopOf(theirs.readerId)).toBe('all')
  await store.readers.unsubscribeMail(theirs.readerId)
  expect(await store.readers.findReader(ours.readerId)).toMatchObject({ status: 'stopped' })
})

test('in one town many may have given their only address up', async () => {
  const { ours } = await registeredTwice()
  await join(ours.readerId)
  const other = { channel: 'mail', account: 'mail', address: 'other@example.jp' } as const
  const two = await store.readers.register(registration({ address: other, ...BORN }))
  await store.readers.stopReader(ours.readerId)
  const change = { readerId: two.readerId, municipality, key: 'cd'.repeat(16), lineAccount: 'L1' }
  await store.readers.askContactByLine(change)
  const brought = { key: change.key, address: HANAKO }
  await store.readers.bringContactKey({ ...brought, lineAccount: 'L1' })
  expect(await store.readers.confirmContactByLine(brought)).toMatchObject({ status: 'changed' })
  expect(await contactsOf(two.readerId)).toEqual([HANAKO.address])
})

test('taken back with the move, the one registration has its old contact again', async () => {
  const { ours, theirs } = await registeredTwice()
  await join(ours.readerId, 'one', 'move-1')
  const moves = createAccountMoves({ db: store.db, ring: store.ring, now: () => store.clock.now })
  const move = {
    ...{ id: 'move-1', kind: 'mailToLine' as const, stage: 'takingBack' as const, municipality },
    ...{ fromProvider: 'mail', toProvider: HANAKO.account },
  }
  expect(await moves.count(move)).toMatchObject({ linked: 1, stopped: 0 })
  await moves.restoreSome(move, 10)
  expect(await contactsOf(ours.readerId)).toEqual([TARO.address])
  expect(await store.readers.findReader(theirs.readerId)).toMatchObject({ status: 'stopped' })
})
