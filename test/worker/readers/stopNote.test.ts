// product.md, rule 1: the one who stopped can undo it for seven days, and nobody else learns of it.
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals'

import { createForgetting } from '../../../worker/readers/forget'
import { UNDO_LIFE_MS } from '../../../worker/readers/stopNote'
import { HANAKO, openStore, registration, TARO } from './openStore'

let opened: Awaited<ReturnType<typeof openStore>>
let mother: { readerId: string; childId: string }
let father: { readerId: string; childId: string }
beforeEach(async () => {
  opened = await openStore()
  const { readers } = opened
  mother = await readers.register(registration())
  father = await readers.register(
    registration({
      address: TARO,
      relation: 'father',
      sharedChildren: [mother.childId],
      child: {},
    }),
  )
})
afterEach(() => opened.close())

const openTo = (readerId: string) => opened.readers.openStops({ readerId })
const undoNewest = async (readerId: string) => {
  const [newest] = await openTo(readerId)
  return opened.readers.undoStop({ readerId, id: newest?.id ?? 'none' })
}
const sharedBy = async (readerId: string) =>
  (await opened.readers.childrenOf(readerId)).map(({ _id }) => _id)
const later = (ms: number) => {
  opened.clock.now = new Date(opened.clock.now.getTime() + ms)
}

describe('a child that was stopped for all', () => {
  test('comes back for all who shared it, by who stopped it and nobody else', async () => {
    await opened.readers.stopChild(mother)
    expect(await openTo(father.readerId)).toEqual([])
    const [note] = await openTo(mother.readerId)
    expect(note).toMatchObject({ kind: 'child' })
    const byFather = { readerId: father.readerId, id: note!.id }
    expect(await opened.readers.undoStop(byFather)).toEqual({ status: 'unknown' })
    expect(await undoNewest(mother.readerId)).toEqual({ status: 'changed' })
    expect(await sharedBy(mother.readerId)).toEqual([mother.childId])
    expect(await sharedBy(father.readerId)).toEqual([mother.childId])
    expect(await openTo(mother.readerId)).toEqual([])
  })

  test('for seven days, not for longer', async () => {
    await opened.readers.stopChild(mother)
    later(UNDO_LIFE_MS - 1)
    const [{ id } = { id: '' }] = await openTo(mother.readerId)
    later(1)
    expect(await openTo(mother.readerId)).toEqual([])
    const undone = await opened.readers.undoStop({ readerId: mother.readerId, id })
    expect(undone).toEqual({ status: 'unknown' })
    expect(await sharedBy(father.readerId)).toEqual([])
    const [stored] = await opened.collections.stopNotes.find().toArray()
    expect(stored!.removeAt).toBeInstanceOf(Date) // the database forgets who it was
  })

  test('a stop that is repeated keeps its seven days', async () => {
    await opened.readers.stopChild(mother)
    const before = await openTo(mother.readerId)
    later(1000)
    await opened.readers.stopChild(mother)
    expect(await openTo(mother.readerId)).toEqual(before)
  })

  test('its doubles come back with it', async () => {
    const double = await opened.readers.addChild({
      readerId: mother.readerId,
      dueDate: '2027-03-20',
      answer: 'another',
    })
    const twice = [mother.childId, (double as { childId: string }).childId]
    await opened.collections.children.updateMany({}, { $unset: { isApart: true } })
    await opened.readers.stopChild(mother)
    expect(await sharedBy(mother.readerId)).toEqual([])
    await undoNewest(mother.readerId)
    expect((await sharedBy(mother.readerId)).sort()).toEqual(twice.sort())
  })

  test('who has stopped it too does not get it back by the other one’s undo', async () => {
    await opened.readers.stopChild(mother)
    await opened.readers.stopChild(father)
    await undoNewest(mother.readerId)
    expect(await sharedBy(mother.readerId)).toEqual([mother.childId])
    expect(await sharedBy(father.readerId)).toEqual([])
    await undoNewest(father.readerId)
    expect(await sharedBy(father.readerId)).toEqual([mother.childId])
  })

  test('who has registered it once more meanwhile has it once', async () => {
    await opened.readers.stopChild(mother)
    later(1000)
    const again = await opened.readers.addChild({
      readerId: father.readerId,
      dueDate: '2027-03-13',
    })
    expect(again).toMatchObject({ status: 'added' })
    await undoNewest(mother.readerId)
    expect(await sharedBy(mother.readerId)).toEqual([mother.childId])
    expect(await sharedBy(father.readerId)).toEqual([(again as { childId: string }).childId])
  })

  test('pairs say what is true, after the stop and after the undo', async () => {
    const { pairs } = opened.collections
    const before = await pairs.find().sort({ _id: 1 }).toArray()
    expect(before.map(({ isActive }) => isActive)).toEqual([true, true])
    await opened.readers.stopChild(mother)
    expect(await pairs.countDocuments({ isActive: true })).toBe(0)
    await undoNewest(mother.readerId)
    expect(await pairs.find().sort({ _id: 1 }).toArray()).toEqual(before)
  })
})

describe('what one has stopped for oneself', () => {
  test('a child that was left comes back with the age it was counted by', async () => {
    await opened.readers.chooseCorrectedAge({ ...mother, isCorrected: true })
    const before = await opened.readers.findChild(mother.childId)
    await opened.readers.leaveChild(mother)
    expect(await sharedBy(father.readerId)).toEqual([mother.childId])
    await undoNewest(mother.readerId)
    const after = await opened.readers.findChild(mother.childId)
    expect(after!.readers.toSorted()).toEqual(before!.readers.toSorted())
    expect(after!.corrected).toEqual([mother.readerId])
  })

  test('everything comes back, but no child that was stopped besides', async () => {
    const second = await opened.readers.addChild({
      readerId: mother.readerId,
      birthDate: '2024-02-29',
    })
    await opened.readers.stopChild(mother)
    later(1000)
    await opened.readers.stopReader(mother.readerId)
    await undoNewest(mother.readerId)
    expect(await opened.readers.findReader(mother.readerId)).toMatchObject({ status: 'active' })
    expect(await sharedBy(mother.readerId)).toEqual([(second as { childId: string }).childId])
    expect(await openTo(mother.readerId)).toMatchObject([{ kind: 'child' }])
  })

  test('who has begun anew has nothing to undo', async () => {
    await opened.readers.stopReader(mother.readerId)
    await opened.readers.register(registration())
    expect(await openTo(mother.readerId)).toEqual([])
  })

  test('mail that was unsubscribed, and the reader who was stopped with it', async () => {
    await opened.readers.unsubscribeMail(father.readerId)
    expect(await opened.readers.findReader(father.readerId)).toMatchObject({ status: 'stopped' })
    await undoNewest(father.readerId)
    expect(await opened.readers.findReader(father.readerId)).toMatchObject({
      status: 'active',
      identities: [{ channel: 'mail', status: 'active' }],
    })
  })

  test('by a forwarded link only what this browser has stopped, nothing of the reader’s own', async () => {
    const { readerId } = mother
    await opened.readers.stopReader(readerId)
    expect(await opened.readers.openStops({ readerId, browser: 'theirs' })).toEqual([])
    expect(await opened.readers.openStops({ readerId, browser: null })).toEqual([])
    await undoNewest(readerId)
    await opened.readers.stopReader(readerId, { browser: 'theirs' })
    expect(await opened.readers.openStops({ readerId, browser: 'other' })).toEqual([])
    expect(await opened.readers.openStops({ readerId, browser: 'theirs' })).toHaveLength(1)
    expect(await openTo(readerId)).toHaveLength(1)
  })
})

describe('a rest', () => {
  const resting = (readerId: string) => opened.readers.findReader(readerId)
  const special = () => opened.collections.pairs.countDocuments({ isSpecial: true })

  test('begins and ends with the reader, whose pair is planned by itself meanwhile', async () => {
    const { readerId } = mother
    expect(await special()).toBe(0)
    await opened.readers.rest({ readerId, until: '2027-01-05' })
    expect(await resting(readerId)).toMatchObject({ rest: { until: '2027-01-05' } })
    expect(await special()).toBe(1)
    await opened.readers.comeBack(readerId)
    expect(await resting(readerId)).not.toHaveProperty('rest')
    expect(await special()).toBe(0)
  })

  test('that has ended long ago leaves nothing behind, one that goes on stays', async () => {
    await opened.readers.rest({ readerId: mother.readerId, until: '2026-11-30' })
    await opened.readers.rest({ readerId: father.readerId, until: null })
    const forgetting = createForgetting(opened.db)
    await forgetting.restsEndedBefore('2026-11-29')
    expect(await special()).toBe(2)
    await forgetting.restsEndedBefore('2026-11-30')
    expect(await resting(mother.readerId)).not.toHaveProperty('rest')
    expect(await resting(father.readerId)).toMatchObject({ rest: { until: null } })
    expect(await special()).toBe(1)
  })

  test('is the reader’s own and no reason of the other one’s', async () => {
    await opened.readers.rest({ readerId: mother.readerId, until: null })
    expect(await resting(father.readerId)).not.toHaveProperty('rest')
  })

  test('registering once more ends it', async () => {
    await opened.readers.rest({ readerId: mother.readerId, until: null })
    await opened.readers.register(registration())
    expect(await resting(mother.readerId)).not.toHaveProperty('rest')
  })
})

test('nobody who registers by the address of another reader finds what these have stopped', async () => {
  await opened.readers.stopChild(mother)
  const other = await opened.readers.register(
    registration({ address: { ...HANAKO, address: `U${'b2'.repeat(16)}` } }),
  )
  expect(await openTo(other.readerId)).toEqual([])
})
