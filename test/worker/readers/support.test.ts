// product.md, rule 1: support texts are asked for after a stop, by each for themselves, and the undo
// of the stop ends them.
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals'

import { addDays, localDayOf } from '../../../src/stage/day'
import { createForgetting } from '../../../worker/readers/forget'
import { checkPairs } from '../../../worker/readers/checkPairs'
import { openStore, registration, START, TARO } from './openStore'

let opened: Awaited<ReturnType<typeof openStore>>
let mother: { readerId: string; childId: string }
let father: { readerId: string; childId: string }
beforeEach(async () => {
  opened = await openStore()
  const { readers } = opened
  mother = await readers.register(registration())
  const shared = { sharedChildren: [mother.childId], child: {} }
  father = await readers.register(registration({ address: TARO, relation: 'father', ...shared }))
})
afterEach(async () => {
  expect(await checkPairs(opened.db)).toMatchObject({ differing: 0 })
  await opened.close()
})

const TODAY = localDayOf(START)
const supported = async () => {
  const pairs = await opened.collections.pairs.find({ supportFrom: { $exists: true } }).toArray()
  return pairs.filter(({ isActive }) => isActive).map(({ reader }) => reader)
}
const ask = ({ readerId }: { readerId: string }) => opened.readers.askSupport(readerId)
const undo = async ({ readerId }: { readerId: string }) => {
  const [newest] = await opened.readers.openStops({ readerId })
  return opened.readers.undoStop({ readerId, id: newest?.id ?? 'none' })
}

describe('who may ask', () => {
  test('nobody before a stop, nor who has left a child that goes on', async () => {
    expect(await ask(mother)).toEqual({ status: 'unknown' })
    await opened.readers.leaveChild(father)
    expect(await opened.readers.maySupport(father.readerId)).toBe(false)
    expect(await ask(father)).toEqual({ status: 'unknown' })
    expect(await supported()).toEqual([])
  })

  test('who has stopped it, and the others of the family for themselves', async () => {
    await opened.readers.stopChild(mother)
    expect(await ask(mother)).toEqual({ status: 'changed' })
    expect(await supported()).toEqual([mother.readerId])
    expect(await opened.readers.findReader(father.readerId)).not.toHaveProperty('support')
    expect(await ask(father)).toEqual({ status: 'changed' })
    expect((await supported()).sort()).toEqual([mother.readerId, father.readerId].sort())
  })

  test('who has stopped it too, after the other one', async () => {
    await opened.readers.stopChild(mother)
    await opened.readers.stopChild(father)
    expect(await ask(father)).toEqual({ status: 'changed' })
    expect(await supported()).toEqual([father.readerId])
  })

  test('nobody to whom nothing comes any more', async () => {
    await opened.readers.stopChild(mother)
    await opened.readers.stopReader(mother.readerId)
    expect(await ask(mother)).toEqual({ status: 'unknown' })
  })
})

test('the pair has the day it was asked for and no date of the child', async () => {
  await opened.readers.stopChild(mother)
  await ask(mother)
  const [pair] = await opened.collections.pairs.find({ reader: mother.readerId }).toArray()
  expect(pair).toMatchObject({ isActive: true, isSpecial: true, supportFrom: TODAY })
  for (const date of ['dueDate', 'birthDate', 'anchor', 'cell']) {
    expect(pair).not.toHaveProperty(date)
  }
  expect(await opened.readers.childrenOf(mother.readerId)).toEqual([])
})

test('asked twice it counts from the first day', async () => {
  await opened.readers.stopChild(mother)
  await ask(mother)
  opened.clock.now = new Date(START.getTime() + 3 * 24 * 3600_000)
  expect(await ask(mother)).toEqual({ status: 'changed' })
  expect(await opened.readers.findReader(mother.readerId)).toMatchObject({
    support: { from: TODAY },
  })
})

describe('it ends', () => {
  test('at once for who ends it, and for nobody else', async () => {
    await opened.readers.stopChild(mother)
    await ask(mother)
    await ask(father)
    expect(await opened.readers.endSupport(mother.readerId)).toEqual({ status: 'changed' })
    expect(await opened.readers.endSupport(mother.readerId)).toEqual({ status: 'unknown' })
    expect(await supported()).toEqual([father.readerId])
  })

  test('for the whole family when the stop is undone, and the child goes on as it was', async () => {
    await opened.readers.stopChild(mother)
    await ask(mother)
    await ask(father)
    await undo(mother)
    expect(await supported()).toEqual([])
    const [pair] = await opened.collections.pairs.find({ reader: mother.readerId }).toArray()
    expect(pair).toMatchObject({ isActive: true, dueDate: '2027-03-13' })
    const { readers } = opened
    expect(await readers.findReader(mother.readerId)).not.toHaveProperty('support')
    expect(await readers.findReader(father.readerId)).not.toHaveProperty('support')
  })

  test('when the data of who asked is erased', async () => {
    await opened.readers.stopChild(mother)
    await ask(mother)
    await opened.readers.eraseReader({ readerId: mother.readerId })
    const [pair] = await opened.collections.pairs.find({ reader: mother.readerId }).toArray()
    expect(pair).not.toHaveProperty('supportFrom')
    expect(await supported()).toEqual([])
  })

  test('when all of it is long out', async () => {
    await opened.readers.stopChild(mother)
    await ask(mother)
    const { supportsAskedBefore } = createForgetting(opened.db)
    await supportsAskedBefore(TODAY)
    expect(await supported()).toEqual([mother.readerId])
    await supportsAskedBefore(addDays(TODAY, 1))
    expect(await supported()).toEqual([])
  })
})

describe('nothing else changes it:', () => {
  beforeEach(async () => {
    await opened.readers.stopChild(mother)
    await ask(mother)
  })
  afterEach(async () => expect(await supported()).toEqual([mother.readerId]))

  test('registering once more, with the same date', async () => {
    await opened.readers.register(registration({ consentedAt: new Date() }))
  })

  test('a second child', async () => {
    const { readerId } = mother
    await opened.readers.addChild({ readerId, dueDate: '2027-05-01', answer: 'another' })
  })

  test('another reader’s leaving, and the end of another child', async () => {
    const { readerId } = mother
    const other = await opened.readers.addChild({ readerId, dueDate: '2027-05-01' })
    opened.clock.now = new Date(START.getTime() + 1000)
    await opened.readers.stopChild({ readerId, childId: (other as { childId: string }).childId })
    await undo(mother)
    await opened.readers.stopReader(father.readerId)
  })
})

test('it goes along to another town, as another pair of the same two', async () => {
  await opened.readers.stopChild(mother)
  await ask(mother)
  const [here] = await opened.collections.pairs.find({ reader: mother.readerId }).toArray()
  const town = { municipality: '999032', edition: 'standard', area: null, consentVersion: '1' }
  const moved = { readerId: mother.readerId, town: { ...town, consentedAt: START } }
  expect(await opened.readers.moveTown(moved)).toEqual({ status: 'moved' })
  const pairs = await opened.collections.pairs.find({ reader: mother.readerId }).toArray()
  const active = pairs.filter(({ isActive }) => isActive)
  expect(active).toMatchObject([
    { municipality: '999032', supportFrom: TODAY, former: [here!._id] },
  ])
})
