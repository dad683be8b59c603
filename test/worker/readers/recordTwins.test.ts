// Several children of one date, said at the registration: each is one, and none comes twice.
import { afterAll, beforeAll, beforeEach, expect, test } from '@jest/globals'

import { HANAKO, openStore, registration, TARO } from './openStore'

let opened: Awaited<ReturnType<typeof openStore>>
let readers: (typeof opened)['readers']

beforeAll(async () => {
  opened = await openStore()
  readers = opened.readers
})
afterAll(() => opened.close())
beforeEach(async () => {
  const { collections } = opened
  await Promise.all(Object.values(collections).map((collection) => collection.deleteMany({})))
})

const TWINS = { count: 2 }

test.each([2, 3, 4])(
  '%s children of one date are so many, each apart from the others',
  async (count) => {
    const said = await readers.register(registration({ count }))
    const own = await readers.childrenOf(said.readerId)
    expect(own).toHaveLength(count)
    expect(own.every(({ isApart, dueDate }) => isApart && dueDate === '2027-03-13')).toBe(true)
    expect(said).toMatchObject({ status: 'registered' })
    const { childId, others = [] } = said as { childId: string; others?: string[] }
    expect(new Set([childId, ...others])).toEqual(new Set(own.map(({ _id }) => _id)))
  },
)

test('said again, in whatever order and however often at once, they are the same two', async () => {
  await Promise.all(Array.from({ length: 4 }, () => readers.register(registration(TWINS))))
  const again = await readers.register(registration(TWINS))
  expect(again.status).toBe('known')
  expect(await readers.childrenOf(again.readerId)).toHaveLength(2)
})

test('who had said one says two, and has two', async () => {
  const { childId, readerId } = await readers.register(registration())
  const twins = await readers.register(registration(TWINS))
  expect(twins.status).toBe('registered')
  const own = await readers.childrenOf(readerId)
  expect(own.map(({ _id }) => _id)).toContain(childId)
  expect(own.map(({ isApart }) => isApart)).toEqual([true, true])
})

test('a birth of both, registered again, is that of both', async () => {
  const { readerId } = await readers.register(registration(TWINS))
  await readers.register(registration({ ...TWINS, child: { birthDate: '2027-03-01' } }))
  expect(await readers.childrenOf(readerId)).toMatchObject([
    { dueDate: '2027-03-13', birthDate: '2027-03-01' },
    { dueDate: '2027-03-13', birthDate: '2027-03-01' },
  ])
})

test('twins that are born already are two, and asked about by nobody', async () => {
  const child = { birthDate: '2026-11-01' }
  await readers.register(registration({ child }))
  const said = await readers.register(registration({ child, ...TWINS }))
  expect(said.status).toBe('registered')
  expect(await readers.childrenOf(said.readerId)).toHaveLength(2)
})

test('the end of one of them is not the end of the other, and no other comes in its place', async () => {
  const { readerId, childId } = await readers.register(registration(TWINS))
  const waitedSince = opened.clock.now
  opened.clock.now = new Date(waitedSince.getTime() + 1000)
  await readers.stopChild({ readerId, childId })
  expect(await readers.childrenOf(readerId)).toHaveLength(1)
  await readers.register(registration({ ...TWINS, waitedSince }))
  expect(await readers.childrenOf(readerId)).toHaveLength(1)
})

test('a child that ended while its registration waited brings no twin', async () => {
  const { readerId, childId } = await readers.register(registration({ address: TARO }))
  const waitedSince = opened.clock.now
  opened.clock.now = new Date(waitedSince.getTime() + 1000)
  await readers.stopChild({ readerId, childId })
  await readers.register(registration({ address: TARO, ...TWINS, waitedSince }))
  expect(await readers.childrenOf(readerId)).toEqual([])
})

test('who comes back after they stopped everything has both', async () => {
  const { readerId } = await readers.register(registration(TWINS))
  await readers.stopReader(readerId)
  await readers.register(registration({ ...TWINS, address: HANAKO }))
  expect(await readers.childrenOf(readerId)).toHaveLength(2)
})
