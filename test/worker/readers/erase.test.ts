// Who has their data erased: what goes at once, what stays, and that nothing brings them back.
import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals'

import { checkPairs } from '../../../worker/readers/checkPairs'
import { createForgetting } from '../../../worker/readers/forget'
import { READER_COLUMNS } from '../../../worker/readers/readerColumns'
import { HANAKO, openStore, registration, TARO } from './openStore'
import { settings } from './settings'

let opened: Awaited<ReturnType<typeof openStore>>
let mother: { readerId: string; childId: string }

beforeAll(async () => {
  opened = await openStore()
})
afterAll(() => opened.close())
beforeEach(async () => {
  await Promise.all(Object.values(opened.collections).map((one) => one.deleteMany({})))
  const { readerId, childId } = await opened.readers.register(registration())
  mother = { readerId, childId }
})

const erase = () => opened.readers.eraseReader({ readerId: mother.readerId })
/** All that the database holds, as text. */
const everything = async () => {
  const names = await opened.db.listCollections().toArray()
  const all = names.map(({ name }) => opened.db.collection(name).find().toArray())
  return JSON.stringify(await Promise.all(all))
}

const importOld = () => {
  const row = `999016,line,${HANAKO.address},dueDate,2027-03-13,standard,母,,poster,2026-11-01T10:00:00+09:00,1`
  return opened.readers.importRows({
    bytes: new TextEncoder().encode([READER_COLUMNS.join(','), row, ''].join('\n')),
    municipalities: new Map([['999016', { settings: settings(), provider: 'みなと町' }]]),
    isDryRun: false,
    consent: { basis: '紙の申込書' },
  })
}

test('goes at once: address, answers, dates, notes, visits and what waits', async () => {
  const { readers, collections, clock } = opened
  const { readerId } = mother
  await readers.changeProfile({ readerId, area: '北', relation: 'grandparent' })
  await readers.addChild({ readerId, birthDate: '2024-02-29' })
  await readers.stopChild(mother)
  const expiresAt = new Date(clock.now.getTime() + 1000)
  await readers.openVisit({ key: 'k', browser: 'b', readerId, expiresAt })
  await readers.keepForm({ id: 'f', holder: 'h', values: { words: 'x' } })
  const asked = { readerId, municipality: '999016', address: 'new@example.jp', once: 'o' }
  await readers.askContactByMail(asked)
  const { sealed } = (await collections.readers.findOne({ _id: readerId }))!.identities[0]!
  expect(await everything()).toMatch(/2027-03-13.*2024-02-29|2024-02-29.*2027-03-13/)
  expect(await readers.eraseReader({ readerId, holder: 'h' })).toEqual({ status: 'changed' })
  const left = await everything()
  for (const gone of [sealed, '2027-03-13', '2024-02-29', '北', 'grandparent', 'poster']) {
    expect(left).not.toContain(gone)
  }
  for (const name of ['stopNotes', 'visits', 'keptForms', 'confirmations', 'children'] as const) {
    expect(await collections[name].countDocuments()).toBe(0)
  }
  expect(await readers.findReader(readerId)).toBeNull()
  expect(await erase()).toEqual({ status: 'unknown' })
})

describe('is it a friend of a LINE account', () => {
  const friends = () => opened.collections.friendships.countDocuments()
  beforeEach(async () => {
    const accounts = opened.db.collection<{ _id: string }>('synced_settings')
    await accounts.updateOne({ _id: 'lineAccount:L1' }, { $set: {} }, { upsert: true })
    await opened.readers.recordFriendship({
      lineAccount: 'L1',
      provider: HANAKO.account,
      municipalities: ['999016'],
      userId: HANAKO.address,
      isFriend: true,
      at: opened.clock.now,
    })
  })

  test('goes too', async () => {
    await erase()
    expect(await friends()).toBe(0)
  })

  test('stays where another town sends to the same person', async () => {
    await opened.readers.register(registration({ municipality: '999024' }))
    await erase()
    expect(await friends()).toBe(1)
  })
})

test('nothing names who is gone but the mark, and the note by which a backup erases them again', async () => {
  const { readers, collections, db, clock } = opened
  const { readerId, childId } = mother
  const { index } = (await collections.readers.findOne({ _id: readerId }))!.identities[0]!
  await readers.stopChild(mother)
  const step = { at: clock.now, by: 'clerk', municipality: '999016', removeAt: new Date(8.64e15) }
  await collections.counterLog.insertMany([
    { ...step, _id: '1', act: 'stop', reader: readerId, child: childId },
    { ...step, _id: '2', act: 'register', index },
  ])
  await erase()
  await createForgetting(db).erasedBefore(new Date(clock.now.getTime() + 1))
  const names = (await db.listCollections().toArray()).map(({ name }) => name)
  expect(names.length).toBeGreaterThan(10)
  const naming = async (what: string) => {
    const found = await Promise.all(
      names.map(async (name) => {
        const held = JSON.stringify(await db.collection(name).find().toArray())
        return held.includes(what) ? [name] : []
      }),
    )
    return found.flat().toSorted()
  }
  expect(await naming(readerId)).toEqual(['erasures', 'readers'])
  expect(await naming(index)).toEqual(['readers'])
  expect(await naming(childId)).toEqual([])
  expect(await naming(HANAKO.address)).toEqual([])
})

test('a child whom others have goes on for them, without a trace of who is gone', async () => {
  const { readers } = opened
  const father = await readers.register(
    registration({
      address: TARO,
      relation: 'father',
      sharedChildren: [mother.childId],
      child: {},
    }),
  )
  await erase()
  expect(await readers.childrenOf(father.readerId)).toMatchObject([
    { _id: mother.childId, readers: [father.readerId], dueDate: '2027-03-13' },
  ])
  expect(JSON.stringify(await readers.findChild(mother.childId))).not.toContain(mother.readerId)
  expect(await readers.sharersOf({ ...father, childId: mother.childId })).toEqual([])
})

test('a child whom another one has left stays ended, so that no old list gives it back to them', async () => {
  const { readers } = opened
  const sharedChildren = [mother.childId]
  const father = await readers.register(
    registration({ address: TARO, relation: 'father', sharedChildren, child: {} }),
  )
  await readers.leaveChild({ readerId: father.readerId, childId: mother.childId })
  await erase()
  expect(await readers.findChild(mother.childId)).toMatchObject({
    status: 'stopped',
    readers: [],
    left: [father.readerId],
  })
})

describe('an old list', () => {
  test('does not bring back who had their data erased', async () => {
    await erase()
    const counts = { readersStopped: 1, readersAdded: 0, childrenAdded: 0 }
    expect(await importOld()).toMatchObject({ status: 'imported', counts })
    expect(await opened.collections.children.countDocuments()).toBe(0)
  })

  test('brings no child of before to one who has registered again since', async () => {
    await opened.readers.stopChild(mother)
    await erase()
    const again = registration({ child: { dueDate: '2027-08-01' } })
    const { readerId } = await opened.readers.register(again)
    expect(await importOld()).toMatchObject({ counts: { childrenAdded: 0 } })
    expect(await opened.readers.childrenOf(readerId)).toMatchObject([{ dueDate: '2027-08-01' }])
  })
})

test('the deliveries name nobody any more when the day is over, and pairs agree with people', async () => {
  const { db, collections, clock } = opened
  const { erasedBefore } = createForgetting(db)
  await erase()
  await erasedBefore(clock.now)
  expect(await collections.pairs.findOne()).toMatchObject({ reader: mother.readerId })
  await erasedBefore(new Date(clock.now.getTime() + 1))
  const pair = await collections.pairs.findOne()
  expect(pair).toMatchObject({ _id: '999016:1', reader: '', child: '', isActive: false })
  expect((await checkPairs(db)).differing).toBe(0)
})
