import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals'

import type { Address, Child } from '../../../worker/readers/reader'
import type { ReaderStore } from '../../../worker/readers/store'
import { HANAKO, openStore, registration, TARO } from './openStore'

const BORN = { birthDate: '2026-11-01' }
const NEAR_DUE = { dueDate: '2027-03-27' }

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

describe('registering', () => {
  test('the same registration sent eight times at once gives one reader and one child', async () => {
    const all = await Promise.all(Array.from({ length: 8 }, () => readers.register(registration())))
    expect(new Set(all.map(({ readerId }) => readerId)).size).toBe(1)
    expect(new Set(all.map(({ childId }) => childId)).size).toBe(1)
    expect(all.filter(({ status }) => status === 'registered')).toHaveLength(1)
    expect(await opened.collections.readers.countDocuments()).toBe(1)
    expect(await opened.collections.children.countDocuments()).toBe(1)
  })

  test('mail addresses that differ only in case and width are one reader', async () => {
    const first = await readers.register(registration({ address: TARO }))
    const address = { ...TARO, address: 'taro@EXAMPLE.jp' }
    const second = await readers.register(registration({ address }))
    expect(second).toEqual({ ...first, status: 'known' })
  })

  test('one person may register in two municipalities', async () => {
    const here = await readers.register(registration())
    const there = await readers.register(registration({ municipality: '999024' }))
    expect(there.readerId).not.toBe(here.readerId)
    expect(await readers.findByIdentity(HANAKO)).toHaveLength(2)
  })

  test('the same user id of another provider is another person', async () => {
    await readers.register(registration())
    expect(await readers.findByIdentity({ ...HANAKO, account: '別の市' })).toEqual([])
  })

  test('a moved due date and a birth, registered again, are the same child', async () => {
    const { childId, readerId } = await readers.register(registration())
    await readers.register(registration({ child: { dueDate: '2027-03-20' } }))
    await readers.register(registration({ child: { birthDate: '2027-03-18' } }))
    expect(await readers.childrenOf(readerId)).toMatchObject([
      { _id: childId, dueDate: '2027-03-20', birthDate: '2027-03-18' },
    ])
  })

  test('a sibling registered later is a second child, youngest first', async () => {
    const { readerId } = await readers.register(
      registration({ child: { birthDate: '2023-05-05' } }),
    )
    await readers.register(registration())
    const dates = (await readers.childrenOf(readerId)).map((c) => c.dueDate ?? c.birthDate)
    expect(dates).toEqual(['2027-03-13', '2023-05-05'])
  })

  test('neither the address nor the user id is stored in clear, and both open again', async () => {
    await readers.register(registration())
    const { readerId } = await readers.register(registration({ address: TARO }))
    const stored = JSON.stringify(await opened.collections.readers.find().toArray())
    expect(stored).not.toContain(HANAKO.address)
    expect(stored.toLowerCase()).not.toContain('example.jp')
    const identity = (await readers.findReader(readerId))!.identities[0]!
    expect(readers.openAddress(identity)).toBe('Taro@example.jp')
  })

  test('a child shared with somebody who has registered it alone before is theirs once', async () => {
    const mother = await readers.register(registration())
    const alone = await readers.register(registration({ address: TARO }))
    const joining = registration({ address: TARO, sharedChildren: [mother.childId], child: {} })
    expect(await readers.register(joining)).toMatchObject({ status: 'registered' })
    const [only, ...others] = await readers.childrenOf(alone.readerId)
    expect([only!._id, others]).toEqual([mother.childId, []])
    expect(await readers.register(joining)).toMatchObject({ status: 'known' })
    expect(await readers.childrenOf(mother.readerId)).toHaveLength(1)
  })

  test('of own twins each family link stands for one; a child of other dates stays', async () => {
    const mother = await readers.register(registration())
    const alone = await readers.register(registration({ address: TARO }))
    const more = { readerId: alone.readerId, dueDate: '2027-03-13' }
    const twin = await readers.addChild({ ...more, answer: 'twin' })
    const older = await readers.addChild({ readerId: alone.readerId, birthDate: '2024-02-29' })
    await readers.register(
      registration({ address: TARO, sharedChildren: [mother.childId], child: {} }),
    )
    const ids = (await readers.childrenOf(alone.readerId)).map(({ _id }) => _id)
    const kept = [mother.childId, twin, older].map((one) =>
      typeof one === 'string' ? one : 'childId' in one && one.childId,
    )
    expect(ids.toSorted()).toEqual(kept.toSorted())
  })

  test('after a stop, registering again starts the new child only', async () => {
    const first = await readers.register(registration())
    await readers.stopReader(first.readerId)
    const child = { dueDate: '2028-09-01' }
    const second = await readers.register(registration({ child }))
    expect(second).toMatchObject({ status: 'registered', readerId: first.readerId })
    expect(await readers.childrenOf(first.readerId)).toMatchObject([{ _id: second.childId }])
    expect(await readers.findReader(first.readerId)).toMatchObject({ status: 'active' })
  })
})

describe('changing', () => {
  test('a birth keeps the due date; corrected age is each reader’s own choice', async () => {
    const of = await readers.register(registration())
    await readers.reportBirth({ ...of, birthDate: '2027-01-20' })
    await readers.chooseCorrectedAge({ ...of, isCorrected: true })
    expect(await readers.childrenOf(of.readerId)).toMatchObject([
      { dueDate: '2027-03-13', birthDate: '2027-01-20', corrected: [of.readerId] },
    ])
    await readers.chooseCorrectedAge({ ...of, isCorrected: false })
    expect(await readers.childrenOf(of.readerId)).toMatchObject([{ corrected: [] }])
  })

  test('a child sent twice with one id is added once', async () => {
    const { readerId } = await readers.register(registration())
    const added = { readerId, childId: 'c1', birthDate: '2023-05-05' }
    await Promise.all([readers.addChild(added), readers.addChild(added)])
    await readers.addChild(added)
    expect(await readers.childrenOf(readerId)).toHaveLength(2)
  })

  test('the same birthday again is asked about, and is a twin only when it is said', async () => {
    const { readerId } = await readers.register(registration({ child: BORN }))
    const [first] = await readers.childrenOf(readerId)
    expect(await readers.addChild({ readerId, ...BORN })).toMatchObject({
      status: 'asked',
      childId: first!._id,
      verdict: { kind: 'askTwin' },
    })
    expect(await readers.register(registration({ child: BORN }))).toMatchObject({ status: 'asked' })
    expect(await readers.addChild({ readerId, ...BORN, answer: 'same' })).toMatchObject({
      status: 'known',
    })
    expect(await readers.childrenOf(readerId)).toHaveLength(1)
    expect(await readers.addChild({ readerId, ...BORN, answer: 'twin' })).toMatchObject({
      status: 'added',
    })
    const twins = await readers.childrenOf(readerId)
    expect(twins.map(({ isApart }) => isApart)).toEqual([true, true])
  })

  test('a birthday one day off is asked about: corrected, or another child', async () => {
    const { readerId, childId } = await readers.register(registration({ child: BORN }))
    const dayLater = { readerId, birthDate: '2026-11-02' }
    expect(await readers.addChild(dayLater)).toMatchObject({
      status: 'asked',
      childId,
      verdict: { kind: 'askCorrection', days: 1 },
    })
    expect(await readers.addChild({ ...dayLater, answer: 'correction' })).toMatchObject({
      status: 'changed',
    })
    expect(await readers.childrenOf(readerId)).toMatchObject([
      { _id: childId, birthDate: '2026-11-02' },
    ])
    await readers.addChild({ readerId, ...BORN, answer: 'another' })
    expect(await readers.childrenOf(readerId)).toHaveLength(2)
  })

  test('a birth before 22 weeks is not recorded as one', async () => {
    const { readerId } = await readers.register(registration())
    expect(await readers.addChild({ readerId, birthDate: '2026-11-05' })).toMatchObject({
      status: 'asked',
      verdict: { kind: 'refused', fault: 'beforeViability' },
    })
    expect(await readers.childrenOf(readerId)).toMatchObject([{ dueDate: '2027-03-13' }])
  })

  test('who starts again after a stop is asked nothing', async () => {
    const first = await readers.register(registration({ child: BORN }))
    await readers.stopReader(first.readerId)
    expect(
      await readers.register(registration({ child: { birthDate: '2026-11-02' } })),
    ).toMatchObject({ status: 'registered', childId: first.childId })
    expect(await readers.childrenOf(first.readerId)).toMatchObject([{ birthDate: '2026-11-02' }])
  })

  test('a due date is the pregnancy’s: it moves for both twins, from my page and by the form', async () => {
    const { readerId, childId } = await readers.register(registration())
    await readers.addChild({ readerId, dueDate: '2027-03-13', answer: 'twin' })
    const older = await readers.addChild({ readerId, birthDate: '2024-02-29' })
    const due = async () => (await readers.childrenOf(readerId)).map(({ dueDate }) => dueDate)
    await readers.changeAnchor({ readerId, childId, dates: { dueDate: '2027-03-20' } })
    expect(await due()).toEqual(['2027-03-20', '2027-03-20', undefined])
    await readers.register(registration({ child: { dueDate: '2027-03-27' } }))
    expect(await due()).toEqual(['2027-03-27', '2027-03-27', undefined])
    expect(older).toMatchObject({ status: 'added' })
  })

  test('a grandmother’s two grandchildren of one due date have two pregnancies', async () => {
    const own = registration({ relation: 'grandparent' })
    const { readerId, childId } = await readers.register(own)
    await readers.addChild({ readerId, dueDate: '2027-03-13', answer: 'another' })
    await readers.addChild({ readerId, dueDate: '2027-03-13', answer: 'twin' })
    await readers.changeAnchor({ readerId, childId, dates: { dueDate: '2027-03-20' } })
    const due = (await readers.childrenOf(readerId)).map(({ dueDate }) => dueDate)
    expect(due.filter((day) => day === '2027-03-20')).toHaveLength(1)
  })

  test('nobody changes a child of somebody else', async () => {
    const { childId } = await readers.register(registration())
    const other = await readers.register(registration({ address: TARO }))
    const of = { readerId: other.readerId, childId }
    const unknown = { status: 'unknown' }
    expect(await readers.reportBirth({ ...of, birthDate: '2027-03-01' })).toEqual(unknown)
    expect(await readers.changeAnchor({ ...of, dates: { dueDate: '2027-03-01' } })).toEqual(unknown)
    expect(await readers.stopChild(of)).toEqual(unknown)
  })

  test('each change moves changedAt, which the last-second check reads', async () => {
    const of = await readers.register(registration())
    opened.clock.now = new Date('2026-11-24T00:00:00Z')
    await readers.changeAnchor({ ...of, dates: { dueDate: '2027-03-15' } })
    const [child] = await readers.childrenOf(of.readerId)
    expect(child!.changedAt).toEqual(opened.clock.now)
    opened.clock.now = new Date('2026-11-23T01:00:00Z')
  })
})

describe('stopping', () => {
  test('a loss stops the child for everybody who shares it, and no sibling', async () => {
    const mother = await readers.register(registration())
    const sibling = await readers.addChild({ readerId: mother.readerId, birthDate: '2024-02-29' })
    const father = await readers.register(
      registration({ address: TARO, child: { birthDate: '2024-02-29' } }),
    )
    await readers.joinChild({ readerId: father.readerId, childId: mother.childId })
    expect(await readers.childrenOf(father.readerId)).toHaveLength(2)

    await readers.stopChild({ readerId: father.readerId, childId: mother.childId })
    expect(await readers.childrenOf(mother.readerId)).toMatchObject([
      { _id: 'childId' in sibling ? sibling.childId : '' },
    ])
    expect(await readers.childrenOf(father.readerId)).toMatchObject([{ _id: father.childId }])
  })

  test('a loss ends what could be the same child, registered once more', async () => {
    const { readerId, childId } = await readers.register(registration())
    const [child] = await readers.childrenOf(readerId)
    // As lists and pages of former versions doubled a child.
    const phantoms = [
      { ...child!, _id: 'same due date' },
      { ...child!, _id: 'another due date', dueDate: '2027-03-20' },
      { ...child!, _id: 'a birth', dueDate: undefined, birthDate: '2027-03-01' },
    ]
    await opened.collections.children.insertMany(phantoms as Child[])
    const sibling = await readers.addChild({ readerId, birthDate: '2024-02-29' })
    await readers.stopChild({ readerId, childId })
    expect(await readers.childrenOf(readerId)).toMatchObject([
      { _id: 'childId' in sibling && sibling.childId },
    ])
  })

  test('the loss of one twin who was said to be one leaves the other', async () => {
    const { readerId, childId } = await readers.register(registration())
    const twin = await readers.addChild({ readerId, dueDate: '2027-03-13', answer: 'twin' })
    await readers.stopChild({ readerId, childId })
    expect(await readers.childrenOf(readerId)).toMatchObject([
      { _id: 'childId' in twin && twin.childId },
    ])
  })

  test('a loss ends no child of another family that a grandmother shares', async () => {
    const mother = await readers.register(registration())
    const grandmother = await readers.register(
      registration({ address: TARO, child: { birthDate: '2020-02-29' } }),
    )
    const aunt = await readers.register(
      registration({ address: { ...TARO, address: 'aunt@example.jp' }, child: NEAR_DUE }),
    )
    await readers.joinChild({ readerId: grandmother.readerId, childId: mother.childId })
    await readers.joinChild({ readerId: grandmother.readerId, childId: aunt.childId })
    await readers.stopChild({ readerId: mother.readerId, childId: mother.childId })
    expect(await readers.childrenOf(aunt.readerId)).toHaveLength(1)
    expect(await readers.childrenOf(grandmother.readerId)).toHaveLength(2)
  })

  test('a stop that is repeated ends nothing that was registered since', async () => {
    const of = await readers.register(registration())
    await readers.stopChild(of)
    opened.clock.now = new Date('2026-11-24T00:00:00Z')
    const again = { consentedAt: opened.clock.now, child: NEAR_DUE }
    await readers.register({ ...registration(), ...again })
    await readers.stopChild(of)
    expect(await readers.childrenOf(of.readerId)).toHaveLength(1)
    opened.clock.now = new Date('2026-11-23T01:00:00Z')
  })

  test('a confirmation that waited since before a loss does not bring the child back', async () => {
    const of = await readers.register(registration({ address: TARO }))
    const asked = await readers.requestConfirmation(registration({ address: TARO }))
    await readers.stopChild(of)
    await readers.confirm(asked!.token)
    expect(await readers.childrenOf(of.readerId)).toEqual([])
  })

  test('a stopped child cannot be changed, joined or brought back by registering', async () => {
    const of = await readers.register(registration())
    await readers.stopChild(of)
    const unknown = { status: 'unknown' }
    expect(await readers.reportBirth({ ...of, birthDate: '2027-03-01' })).toEqual(unknown)
    expect(await readers.joinChild(of)).toEqual(unknown)
    const again = await readers.register(registration())
    expect(again.childId).not.toBe(of.childId)
    expect(await opened.collections.children.findOne({ _id: of.childId })).toMatchObject({
      status: 'stopped',
    })
  })

  test('leaving a child stops it for one reader only', async () => {
    const mother = await readers.register(registration())
    const father = await readers.register(registration({ address: TARO }))
    await readers.joinChild({ readerId: father.readerId, childId: mother.childId })
    await readers.leaveChild({ readerId: father.readerId, childId: mother.childId })
    expect(await readers.childrenOf(mother.readerId)).toHaveLength(1)
    expect(await readers.childrenOf(father.readerId)).toMatchObject([{ _id: father.childId }])
  })

  test('unsubscribing from mail stops a reader who has nothing else', async () => {
    const { readerId } = await readers.register(registration({ address: TARO }))
    await readers.unsubscribeMail(readerId)
    expect(await readers.findReader(readerId)).toMatchObject({
      status: 'stopped',
      identities: [{ status: 'suppressed' }],
    })
  })

  test('unsubscribing from mail leaves LINE to a reader who has both', async () => {
    const { readerId } = await readers.register(registration())
    const mail = { channel: 'mail' as const, account: 'mail', sealed: '', index: 'x' }
    await opened.collections.readers.updateOne(
      { _id: readerId },
      { $push: { identities: { ...mail, status: 'active' } } },
    )
    await readers.unsubscribeMail(readerId)
    expect(await readers.findReader(readerId)).toMatchObject({
      status: 'active',
      identities: [{ status: 'active' }, { status: 'suppressed' }],
    })
  })
})

describe('addresses that must not be sent to', () => {
  test('a bounce stops the address everywhere until its owner registers again', async () => {
    const here = await readers.register(registration({ address: TARO }))
    const there = await readers.register(registration({ address: TARO, municipality: '999024' }))
    const { channel, account, index } = (await readers.findReader(here.readerId))!.identities[0]!
    await readers.suppress({ channel, account, index, reason: 'bounced' })
    expect(await statusOf(there.readerId)).toBe('suppressed')
    await readers.register(registration({ address: TARO }))
    expect(await statusOf(here.readerId)).toBe('active')
    expect(await opened.collections.suppressions.countDocuments()).toBe(0)
  })

  test('a refusal that may be a filter suppresses on the second day, not on the first', async () => {
    const { readerId } = await readers.register(registration({ address: TARO }))
    const { channel, account, index } = (await readers.findReader(readerId))!.identities[0]!
    const refuse = (date: string) => readers.noteMaybeFilter({ channel, account, index, date })
    await Promise.all([refuse('2026-11-23'), refuse('2026-11-23')]) // siblings' texts
    expect(await statusOf(readerId)).toBe('active')
    const noted = JSON.stringify(await opened.collections.filterNotes.find().toArray())
    expect(noted).toContain(index)
    expect(noted.toLowerCase()).not.toContain('example')
    await refuse('2026-11-26')
    expect(await statusOf(readerId)).toBe('suppressed')
    expect(await opened.collections.suppressions.findOne()).toMatchObject({ reason: 'bounced' })

    await readers.register(registration({ address: TARO })) // confirmed again: begins anew
    await refuse('2026-11-27')
    expect(await statusOf(readerId)).toBe('active')
    await readers.register(registration({ address: TARO }))
    await refuse('2026-11-28')
    expect(await statusOf(readerId)).toBe('active')
  })

  test('a block and the follow after it, delivered in the wrong order, end as a follow', async () => {
    const { readerId } = await readers.register(registration())
    expect(await friend(true, 2000)).toEqual({ status: 'recorded' })
    expect(await friend(false, 1000)).toEqual({ status: 'outdated' })
    expect(await statusOf(readerId)).toBe('active')
  })

  test('a block counts for the account’s municipalities only, and again when delivered twice', async () => {
    const here = await readers.register(registration())
    const there = await readers.register(registration({ municipality: '999024' }))
    await friend(false, 1000)
    expect(await friend(false, 1000)).toEqual({ status: 'recorded' })
    expect([await statusOf(here.readerId), await statusOf(there.readerId)]).toEqual([
      'blocked',
      'active',
    ])
    await friend(true, 3000)
    expect(await statusOf(here.readerId)).toBe('active')
  })

  test('somebody who blocked before the registration came in is registered as blocked', async () => {
    await friend(false, 1000)
    const { readerId } = await readers.register(registration({ lineAccount: 'L1' }))
    expect(await statusOf(readerId)).toBe('blocked')
  })

  test('a block and a registration at the same time, in two processes, do not miss each other', async () => {
    const elsewhere = await opened.openAgain()
    for (const number of Array.from({ length: 20 }).keys()) {
      const person = `U${String(number).padStart(32, '0')}`
      const address = { ...HANAKO, address: person }
      const [{ readerId }] = await Promise.all([
        readers.register(registration({ address, lineAccount: 'L1' })),
        friend(false, 1000, { store: elsewhere, person }),
      ])
      expect(await statusOf(readerId)).toBe('blocked')
    }
  })

  test('an event that LINE brings late is newer than a registration without any event', async () => {
    const { readerId } = await readers.register(registration({ lineAccount: 'L1' }))
    expect(await friend(false, 1000)).toEqual({ status: 'recorded' })
    expect(await statusOf(readerId)).toBe('blocked')
  })

  const friend = (
    isFriend: boolean,
    at: number,
    { store = readers, person = HANAKO.address }: { store?: ReaderStore; person?: string } = {},
  ) =>
    store.recordFriendship({
      lineAccount: 'L1',
      provider: HANAKO.account,
      municipalities: ['999016'],
      userId: person,
      isFriend,
      at: new Date(at),
    })
})

describe('confirming a mail address', () => {
  test('a token works once, within 24 hours, and is not stored', async () => {
    const asked = await readers.requestConfirmation(registration({ address: TARO }))
    const token = asked!.token
    const stored = JSON.stringify(await opened.collections.confirmations.find().toArray())
    expect(stored).not.toContain(token)
    expect(stored).not.toContain('example')
    expect(await readers.findConfirmation(token)).toEqual({
      status: 'open',
      municipality: '999016',
      edition: 'standard',
    })
    const both = await Promise.all([readers.confirm(token), readers.confirm(token)])
    expect(both.map(({ status }) => status).sort()).toEqual(['confirmed', 'used'])
    const [reader] = await readers.findByIdentity(TARO)
    expect(reader).toMatchObject({ consentedAt: registration().consentedAt, status: 'active' })
  })

  test('an expired or invented token registers nobody', async () => {
    const asked = await readers.requestConfirmation(registration({ address: TARO }))
    opened.clock.now = new Date('2026-11-24T01:00:00Z')
    expect(await readers.confirm(asked!.token)).toEqual({ status: 'gone' })
    expect(await readers.confirm('invented')).toEqual({ status: 'gone' })
    expect(await readers.findByIdentity(TARO)).toEqual([])
    opened.clock.now = new Date('2026-11-23T01:00:00Z')
  })

  test('nobody can have an address flooded with confirmation mails', async () => {
    const ask = (address: Address) => readers.requestConfirmation(registration({ address }))
    for (let count = 0; count < 5; count++) expect(await ask(TARO)).not.toBeNull()
    expect(await ask(TARO)).toBeNull()
    expect(await ask({ ...TARO, address: 'jiro@example.jp' })).not.toBeNull()
  })
})

test('a webhook event is done once it is marked', async () => {
  expect(await readers.isEventDone('e1')).toBe(false)
  const both = await Promise.all([readers.markEventDone('e1'), readers.markEventDone('e1')])
  expect(both.sort()).toEqual([false, true]) // the first is told so
  expect(await readers.isEventDone('e1')).toBe(true)
})

async function statusOf(readerId: string) {
  return (await readers.findReader(readerId))!.identities[0]!.status
}
