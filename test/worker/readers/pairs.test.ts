// The pairs that planning reads are what readers and children say, whatever happens to these.
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals'
import fc from 'fast-check'

import { changePeople } from '../../../worker/readers/changeNumber'
import { checkPairs, ensurePairs } from '../../../worker/readers/checkPairs'
import {
  pairOf,
  parseAnchor,
  parseCell,
  type Pair,
  type PairInput,
} from '../../../worker/readers/pair'
import type { Child } from '../../../worker/readers/reader'
import { createPairCheck } from '../../../worker/report/pairCheck'
import { HANAKO, openStore, registration, TARO } from './openStore'
import { settings } from './settings'

let opened: Awaited<ReturnType<typeof openStore>>
beforeEach(async () => {
  opened = await openStore()
})
afterEach(() => opened.close())

const pairs = () => opened.collections.pairs.find().sort({ _id: 1 }).toArray()

describe('what makes a pair plain', () => {
  const child = {
    _id: 'c',
    status: 'active',
    birthDate: '2026-10-01',
    readers: ['r'],
  } as unknown as Child
  const before = { _id: '999016:1', municipality: '999016', reader: 'r', child: 'c' } as Pair
  const reader: PairInput['reader'] = {
    _id: 'r',
    municipality: '999016',
    status: 'active',
    edition: 'standard',
    area: '北',
    identities: [
      { channel: 'line', account: 'minato', sealed: 'x', index: 'secret', status: 'active' },
    ],
  }
  const input: PairInput = { reader, child, isOnly: true, isSuppressed: false, before }

  test('its anchor and its cell say all that selects a text, and nothing of the address', () => {
    const { anchor, cell } = pairOf(input)
    expect(parseAnchor(anchor!)).toEqual({ birthDate: '2026-10-01' })
    expect(parseCell(cell!)).toEqual({
      edition: 'standard',
      area: '北',
      identities: [{ channel: 'line', account: 'minato', status: 'active', index: '' }],
    })
    expect(cell).not.toContain('secret')
  })

  test('who wishes nothing is in one cell, whether asked or not; who wishes the same in another', () => {
    const cellOf = (wishes: PairInput['reader']['wishes']) =>
      pairOf({ ...input, reader: { ...reader, ...(wishes && { wishes }) } }).cell!
    expect(cellOf({})).toBe(cellOf(undefined))
    expect(cellOf({ discreet: true })).not.toBe(cellOf(undefined))
    expect(parseCell(cellOf({ discreet: true }))).toMatchObject({ wishes: { discreet: true } })
  })

  test('a birth that is reported changes no text that was due before', () => {
    const unborn = { ...before, dueDate: '2026-10-03' }
    const born = { ...child, dueDate: '2026-10-03' }
    expect(pairOf({ ...input, before: unborn, child: born })).toMatchObject({
      anchor: 'born 2026-10-01',
    })
  })

  test.each<[string, Partial<PairInput>]>([
    ['siblings', { isOnly: false }],
    ['a suppressed address', { isSuppressed: true }],
    ['a stopped reader', { reader: { ...reader, status: 'stopped' } }],
    ['a reader who rests', { reader: { ...reader, rest: { until: '2027-01-05' } } }],
    ['a reader of another town', { reader: { ...reader, municipality: '999024' } }],
    ['corrected age', { child: { ...child, corrected: ['r'] } }],
    ['a chosen school entry', { child: { ...child, entryDate: '2033-04-01' } }],
    ['a corrected birth date', { before: { ...before, birthDate: '2026-10-02' } }],
    ['a due date that moved', { before: { ...before, dueDate: '2026-10-02' } }],
    ['dates that were others once', { before: { ...before, isChanged: true } }],
  ])('%s makes it special', (_, changed) => {
    const pair = pairOf({ ...input, ...changed })
    expect(pair).toMatchObject({ isActive: true, isSpecial: true, birthDate: '2026-10-01' })
    expect(pair).not.toHaveProperty('anchor')
    expect(pair).not.toHaveProperty('cell')
  })

  test('one that is over stays for the ledger, with the dates it had', () => {
    const pair = pairOf({ ...input, child: null, before: { ...before, birthDate: '2026-10-01' } })
    const over = { ...before, birthDate: '2026-10-01', createdAt: undefined, isActive: false }
    expect(pair).toEqual(over)
  })
})

const DAYS = ['2026-10-01', '2026-10-02', '2026-09-01', '2027-03-13'] as const
const someone = fc.integer({ min: 0, max: 3 })
const date = fc.constantFrom(...DAYS)

/** Something that happens to readers and children, with whom and which date it happens. */
const happening = fc.record({
  what: fc.constantFrom(
    ...(['register', 'expecting', 'addChild', 'joinChild', 'changeAnchor', 'reportBirth'] as const),
    ...(['chooseCorrectedAge', 'changeProfile', 'stopChild', 'leaveChild', 'stopReader'] as const),
    ...(['unsubscribeMail', 'suppress', 'block', 'unblock', 'import'] as const),
  ),
  who: someone,
  whose: someone,
  on: date,
})

type Happening = typeof happening extends fc.Arbitrary<infer T> ? T : never

test('whatever happens to readers and children, their pairs follow in the same transaction', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(happening, { minLength: 4, maxLength: 16 }), async (all) => {
      await clear()
      for (const one of all) await happen(one)
      expect(await checkPairs(opened.db)).toMatchObject({ differing: 0 })
      const numbers = (await pairs()).map(({ _id }) => _id)
      expect(new Set(numbers).size).toBe(numbers.length)
    }),
    { numRuns: 25 },
  )
})

async function clear() {
  const { readers, children, pairs: all, suppressions, changeCounters } = opened.collections
  await Promise.all([
    readers.deleteMany(),
    children.deleteMany(),
    all.deleteMany(),
    suppressions.deleteMany(),
    changeCounters.deleteMany(),
  ])
}

const TOWNS = ['999016', '999024'] as const
const ADDRESSES = [
  HANAKO,
  TARO,
  { ...TARO, address: 'jiro@example.jp' },
  { ...HANAKO, address: `U${'b2'.repeat(16)}` },
]

async function happen({ what, who, whose, on }: Happening): Promise<unknown> {
  const { readers, collections } = opened
  const address = ADDRESSES[who]!
  const stored = await collections.readers.find().sort({ _id: 1 }).toArray()
  const children = await collections.children.find().sort({ _id: 1 }).toArray()
  const readerId = stored[who % Math.max(1, stored.length)]?._id ?? ''
  const childId = children[whose % Math.max(1, children.length)]?._id ?? ''
  const of = { readerId, childId }
  const { index = '' } = stored.find(({ _id }) => _id === readerId)?.identities[0] ?? {}
  const friend = { provider: HANAKO.account, userId: HANAKO.address, lineAccount: 'L1' }
  switch (what) {
    case 'register':
      return readers.register(registration({ address, child: { birthDate: on } }))
    case 'expecting':
      return readers.register(registration({ address, municipality: TOWNS[whose % 2] }))
    case 'addChild':
      return readers.addChild({ readerId, birthDate: on, answer: 'another' })
    case 'changeAnchor':
      return readers.changeAnchor({ ...of, dates: { birthDate: on } })
    case 'reportBirth':
      return readers.reportBirth({ ...of, birthDate: on })
    case 'chooseCorrectedAge':
      return readers.chooseCorrectedAge({ ...of, isCorrected: whose % 2 === 0 })
    case 'changeProfile':
      return readers.changeProfile({
        readerId,
        edition: whose % 2 ? 'easy' : 'standard',
        area: null,
      })
    case 'suppress':
      return readers.suppress({ channel: 'mail', account: 'mail', index, reason: 'bounced' })
    case 'block':
    case 'unblock':
      return readers.recordFriendship({
        ...friend,
        municipalities: ['999016'],
        isFriend: what === 'unblock',
        at: new Date(opened.clock.now.getTime() + whose),
      })
    case 'import':
      return importOne(`imported${who}@example.jp`, on < '2026-11' ? on : '2026-10-01')
    case 'stopReader':
    case 'unsubscribeMail':
      return readers[what](readerId)
    default:
      return readers[what](of)
  }
}

/** A list with one row, which is never refused. */
async function importOne(address: string, on: string): Promise<void> {
  const head =
    'municipality,channel,address,anchor,date,edition,relation,area,source,consentedAt,consentVersion,twins'
  const row = `999016,mail,${address},birthDate,${on},standard,mother,,,2026-09-01T00:00:00Z,2026-12,`
  const outcome = await opened.readers.importRows({
    bytes: Buffer.from(`${head}\n${row}\n`),
    municipalities: new Map([['999016', { settings: settings(), provider: null }]]),
    isDryRun: false,
    consent: { basis: '紙の申込書' },
  })
  if (outcome.status === 'refused') throw new Error(JSON.stringify(outcome.errors))
}

test('registrations at once get numbers of their own', async () => {
  const addresses = Array.from({ length: 12 }, (_, at) => ({
    ...TARO,
    address: `r${at}@example.jp`,
  }))
  await Promise.all(addresses.map((address) => opened.readers.register(registration({ address }))))
  const numbers = (await pairs()).map(({ _id }) => _id)
  expect(numbers.sort()).toEqual(addresses.map((_, at) => `999016:${at + 1}`).sort())
})

test('a change that does not come about leaves no pair', async () => {
  const { db, clock } = opened
  await opened.readers.register(registration())
  const before = await pairs()
  const failing = db.client.withSession((session) =>
    session.withTransaction(async () => {
      await changePeople({ db, session, now: () => clock.now }, '999016', (stamp) =>
        opened.collections.children.updateMany(
          {},
          { $set: { status: 'stopped', ...stamp } },
          { session },
        ),
      )
      throw new Error('the worker dies')
    }),
  )
  await expect(failing).rejects.toThrow('the worker dies')
  expect(await pairs()).toEqual(before)
})

test('a second child makes the first one special, and plain never again', async () => {
  const { readerId, childId } = await opened.readers.register(registration())
  expect(await pairs()).toMatchObject([{ anchor: 'due 2027-03-13' }])
  await opened.readers.addChild({ readerId, birthDate: '2024-05-05' })
  expect((await pairs()).map(({ isSpecial }) => isSpecial)).toEqual([true, true])
  await opened.readers.stopChild({ readerId, childId })
  expect(await pairs()).toMatchObject([{ isActive: false }, { isSpecial: true }])
})

test('what differs is mended and told once', async () => {
  await opened.readers.register(registration())
  await opened.readers.register(registration({ address: TARO }))
  await opened.collections.pairs.updateOne(
    { _id: '999016:1' },
    { $set: { anchor: 'due 2026-12-24' } },
  )
  const alerts: unknown[] = []
  const check = createPairCheck({
    db: opened.db,
    now: () => opened.clock.now,
    onAlert: (code, detail) => alerts.push([code, detail]),
  })
  for (let tick = 0; tick < 4; tick += 1) await check()
  expect(alerts).toEqual([['pairs-differ', { date: '2026-11-23', pairs: 1 }]])
  expect(await pairs()).toMatchObject([{ anchor: 'due 2027-03-13' }, { anchor: 'due 2027-03-13' }])
})

test('who leaves a child has no pair with it any more, who stays has', async () => {
  const { readers } = opened
  const { readerId, childId } = await readers.register(registration())
  const father = await readers.register(registration({ address: TARO, sharedChildren: [childId] }))
  await readers.leaveChild({ readerId: father.readerId, childId })
  const active = (await pairs()).filter(({ isActive }) => isActive)
  expect(active.map(({ reader }) => reader)).toEqual([readerId])
})

test('dates that changed while a reader was away are changed dates when they come back', async () => {
  const { readers } = opened
  const mother = await readers.register(registration({ child: { birthDate: '2026-10-01' } }))
  const shared = { address: TARO, sharedChildren: [mother.childId] }
  const father = await readers.register(registration(shared))
  await readers.leaveChild({ readerId: father.readerId, childId: mother.childId })
  await readers.changeAnchor({ ...mother, dates: { birthDate: '2026-10-20' } })
  await readers.joinChild({ readerId: father.readerId, childId: mother.childId })
  const own = (await pairs()).filter(({ reader }) => reader === father.readerId)
  expect(own).toMatchObject([{ isActive: true, isSpecial: true, isChanged: true }])
})

test('an address that is lifted in one town is lifted for the pairs of all', async () => {
  const { readers, collections } = opened
  const here = registration({ address: TARO })
  await readers.register(here)
  await readers.register({ ...here, municipality: '999024' })
  const { index } = (await readers.findByIdentity(TARO))[0]!.identities[0]!
  await readers.suppress({ channel: 'mail', account: 'mail', index, reason: 'bounced' })
  expect(await pairs()).toMatchObject([{ isSpecial: true }, { isSpecial: true }])
  await readers.register(here)
  const statuses = (await pairs()).map(({ cell }) => parseCell(cell!).identities[0]?.status)
  expect(statuses).toEqual(['active', 'suppressed'])
  expect(await checkPairs(opened.db)).toMatchObject({ differing: 0 })
  expect(await collections.suppressions.countDocuments()).toBe(0)
})

test('a database whose first pairs were made halfway gets the rest', async () => {
  await opened.readers.register(registration())
  await opened.readers.register(registration({ address: TARO }))
  await opened.collections.pairs.deleteOne({ _id: '999016:2' })
  await ensurePairs(opened.db)
  expect(await pairs()).toHaveLength(2)
})

test('a database that has readers and no pairs gets them', async () => {
  await opened.readers.register(registration())
  await opened.readers.register(registration({ address: TARO }))
  const before = await pairs()
  await opened.collections.pairs.deleteMany({})
  await opened.collections.changeCounters.updateMany({}, { $unset: { pairs: '' } })
  await ensurePairs(opened.db)
  const after = await pairs()
  expect(after.map(({ _id }) => _id)).toEqual(before.map(({ _id }) => _id))
  const readersOf = (all: Pair[]) => all.map(({ reader }) => reader).toSorted()
  expect(readersOf(after)).toEqual(readersOf(before))
})

test('the plain pairs of a day are read from an index alone', async () => {
  await opened.readers.register(registration())
  const pipeline = [
    { $match: { $or: [{ municipality: '999016', anchor: { $in: ['due 2027-03-13'] } }] } },
    { $group: { _id: { anchor: '$anchor', cell: '$cell' }, pairs: { $push: '$_id' } } },
  ]
  const explained = await opened.db
    .collection('pairs')
    .aggregate(pipeline)
    .explain('executionStats')
  expect(JSON.stringify(explained)).toContain('"totalDocsExamined":0')
  expect(JSON.stringify(explained)).not.toContain('COLLSCAN')
})
