// A family moves to another town that takes part: one reader, other texts, nothing forgotten.
import { afterAll, beforeAll, beforeEach, expect, test } from '@jest/globals'

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

const OLD = '999016'
const THERE = '999032'
const town = {
  municipality: THERE,
  edition: 'easy',
  area: null,
  consentedAt: new Date('2026-11-23T01:00:00Z'),
  consentVersion: 'v1',
}
const register = async (changed: Parameters<typeof registration>[0] = {}) => {
  const { readerId, childId } = await store.readers.register(
    registration({ address: TARO, ...changed }),
  )
  return { readerId, childId }
}
const move = (readerId: string) => store.readers.moveTown({ readerId, town })
const pairsOf = (reader: string) =>
  store.collections.pairs.find({ reader, isActive: true }).toArray()

test('reader and children move with all they are; in the old town nothing is left to send', async () => {
  const { readerId, childId } = await register()
  await store.readers.chooseCorrectedAge({ readerId, childId, isCorrected: true })
  expect(await move(readerId)).toEqual({ status: 'moved' })
  const reader = (await store.readers.findReader(readerId))!
  expect(reader).toMatchObject({ ...town, status: 'active', relation: 'mother' })
  expect(reader.identities.map(store.readers.openAddress)).toEqual([TARO.address])
  expect(await store.readers.childrenOf(readerId)).toMatchObject([
    { _id: childId, municipality: THERE, corrected: [readerId], dueDate: '2027-03-13' },
  ])
  const pairs = await pairsOf(readerId)
  expect(pairs.map(({ municipality }) => municipality)).toEqual([THERE])
  expect(pairs[0]!.former).toEqual([`${OLD}:1`])
  expect((await checkPairs(store.db)).differing).toBe(0)
})

test('there and back again: each stay is a pair of its own, and knows those before it', async () => {
  const { readerId } = await register()
  await move(readerId)
  await store.readers.moveTown({ readerId, town: { ...town, municipality: OLD } })
  const [back, ...others] = await pairsOf(readerId)
  expect(others).toEqual([])
  expect(back!.municipality).toBe(OLD)
  expect((await checkPairs(store.db)).differing).toBe(0)
})

test('of a child that others share the reader gets their own, and the others keep theirs', async () => {
  const { readerId, childId } = await register()
  const partner = await register({ address: HANAKO, sharedChildren: [childId] })
  await move(partner.readerId)
  expect(await store.readers.findChild(childId)).toMatchObject({
    municipality: OLD,
    readers: [readerId],
    left: [partner.readerId],
  })
  const [own] = await store.readers.childrenOf(partner.readerId)
  expect(own).toMatchObject({ municipality: THERE, sameAs: childId, dueDate: '2027-03-13' })
})

test('who moves after the other shares the child with them again', async () => {
  const { readerId, childId } = await register()
  const partner = await register({ address: HANAKO, sharedChildren: [childId] })
  const third = { ...HANAKO, address: `U${'c3'.repeat(16)}` }
  const grandmother = await register({ address: third, sharedChildren: [childId] })
  await move(partner.readerId)
  await move(grandmother.readerId)
  const [own] = await store.readers.childrenOf(partner.readerId)
  expect(own!.readers.toSorted()).toEqual([partner.readerId, grandmother.readerId].toSorted())
  expect(await store.readers.childrenOf(readerId)).toHaveLength(1)
})

test('two who move one after the other share the child again, and who changes its dates still does', async () => {
  const { readerId, childId } = await register()
  const partner = await register({ address: HANAKO, sharedChildren: [childId] })
  await move(partner.readerId)
  await move(readerId)
  const [own, ...others] = await store.readers.childrenOf(readerId)
  expect(others).toEqual([])
  expect(await store.readers.childrenOf(partner.readerId)).toEqual([own])
  expect(own).toMatchObject({ municipality: THERE, dueDate: '2027-03-13' })
  const born = { childId: own!._id, birthDate: '2026-11-20' }
  expect(await store.readers.reportBirth({ readerId, ...born })).toEqual({ status: 'changed' })
  expect((await pairsOf(partner.readerId))[0]).toMatchObject({ birthDate: '2026-11-20' })
  expect((await checkPairs(store.db)).differing).toBe(0)
})

test('dates that differ by then stay as each has them', async () => {
  const { readerId, childId } = await register()
  const partner = await register({ address: HANAKO, sharedChildren: [childId] })
  await move(partner.readerId)
  await store.readers.reportBirth({ readerId, childId, birthDate: '2026-11-20' })
  await move(readerId)
  const [mine] = await store.readers.childrenOf(readerId)
  const [theirs] = await store.readers.childrenOf(partner.readerId)
  expect(mine).toMatchObject({ municipality: THERE, birthDate: '2026-11-20' })
  expect(theirs).not.toHaveProperty('birthDate')
  // a loss ends both all the same
  await store.readers.stopChild({ readerId, childId: mine!._id })
  expect(await pairsOf(partner.readerId)).toEqual([])
})

test('who moves on from a town where the child was shared again knows each stay', async () => {
  const { readerId, childId } = await register()
  const partner = await register({ address: HANAKO, sharedChildren: [childId] })
  await move(partner.readerId)
  await move(readerId)
  const [here, there] = await Promise.all(
    [partner, { readerId }].map(async (one) => (await pairsOf(one.readerId))[0]!),
  )
  expect(here!.child).toBe(there!.child)
  const third = { ...town, municipality: '999024' }
  await store.readers.moveTown({ readerId: partner.readerId, town: third })
  const [last] = await pairsOf(partner.readerId)
  expect(last!.child).not.toBe(here!.child)
  expect(last!.former!.toSorted()).toEqual([...here!.former!, here!._id].toSorted())
  expect((await checkPairs(store.db)).differing).toBe(0)
})

test.each(['who stayed', 'who moved'])(
  'a loss told by %s ends the child in both towns, and can be undone for both',
  async (who) => {
    const stayed = await register()
    const partner = await register({ address: HANAKO, sharedChildren: [stayed.childId] })
    await move(partner.readerId)
    const by = who === 'who stayed' ? stayed.readerId : partner.readerId
    const [own] = await store.readers.childrenOf(by)
    await store.readers.stopChild({ readerId: by, childId: own!._id })
    const left = async () =>
      (await Promise.all([stayed, partner].map((one) => pairsOf(one.readerId)))).flat().length
    expect(await left()).toBe(0)
    const [stop] = await store.readers.openStops({ readerId: by })
    await store.readers.undoStop({ id: stop!.id, readerId: by })
    expect(await left()).toBe(2)
    expect((await checkPairs(store.db)).differing).toBe(0)
  },
)

test('what was stopped before the move can be undone after it, in the new town', async () => {
  const { readerId, childId } = await register()
  await register({ child: { birthDate: '2024-05-01' } })
  await store.readers.stopChild({ readerId, childId })
  await move(readerId)
  const [stop] = await store.readers.openStops({ readerId })
  await store.readers.undoStop({ id: stop!.id, readerId })
  const children = await store.readers.childrenOf(readerId)
  expect(children.map(({ municipality }) => municipality)).toEqual([THERE, THERE])
})

test('a change of contact that waited in the old town has ended with the move', async () => {
  const { readerId } = await register()
  const change = { readerId, municipality: OLD, address: 'new@example.jp', once: 'once' }
  const asked = await store.readers.askContactByMail(change)
  await move(readerId)
  expect(await store.readers.isContactAsked(readerId)).toBe(false)
  expect(await store.readers.confirmContact(asked!.token)).toEqual({ status: 'gone' })
})

test('a contact that the new town sends to already: nothing is changed', async () => {
  const { readerId } = await register()
  await register({ municipality: THERE })
  expect(await move(readerId)).toEqual({ status: 'taken' })
  expect(await store.readers.findReader(readerId)).toMatchObject({ municipality: OLD })
})

test('an old list of the old town brings back neither the reader nor a child that was lost', async () => {
  const { readerId, childId } = await register()
  await store.readers.stopChild({ readerId, childId })
  await register({ child: { birthDate: '2024-05-01' } })
  await move(readerId)
  const rows = [OLD, THERE].map(
    (code) => `${code},mail,${TARO.address},dueDate,2027-03-13,standard,母,,,2026-11-01,1`,
  )
  const outcome = await store.readers.importRows({
    bytes: new TextEncoder().encode([READER_COLUMNS.join(','), ...rows, ''].join('\n')),
    municipalities: new Map(
      [OLD, THERE].map((code) => [code, { settings: settings({ code }), provider: 'みなと町' }]),
    ),
    isDryRun: false,
    consent: { basis: '紙の申込書' },
  })
  expect(outcome).toMatchObject({
    status: 'imported',
    counts: { readersAdded: 0, childrenAdded: 0 },
  })
  expect(await store.readers.childrenOf(readerId)).toHaveLength(1)
})

test('with another contact in the new town the move waits until its owner confirms it', async () => {
  const { readerId } = await register({ address: HANAKO })
  const asked = await store.readers.askContactByMail({
    readerId,
    municipality: THERE,
    town,
    address: 'hanako@example.jp',
    once: 'once',
  })
  expect(await store.readers.findReader(readerId)).toMatchObject({ municipality: OLD })
  const moved = await store.readers.confirmContact(asked!.token)
  expect(moved).toMatchObject({ status: 'changed', municipality: THERE, from: OLD })
  const reader = (await store.readers.findReader(readerId))!
  expect(reader).toMatchObject({ ...town, contactSince: START })
  expect(reader.identities.map(store.readers.openAddress)).toEqual(['hanako@example.jp'])
})
