// What becomes of the children of two registrations of one person.
import { expect, test } from '@jest/globals'

import type { Child } from '../../../worker/readers/reader'
import { childrenAsOne } from '../../../worker/readers/twoAsOne'

const at = (day: number, hour = 9) => new Date(Date.UTC(2026, 10, day, hour))
const OURS = { _id: 'ours', relation: 'mother' as const, consentedAt: at(1) }
const THEIRS = { _id: 'theirs', relation: 'mother' as const, consentedAt: at(10) }

let made = 0
function child(reader: { _id: string; consentedAt: Date }, of: Partial<Child>): Child {
  made += 1
  const createdAt = reader.consentedAt
  return {
    ...{ _id: `${reader._id}-${made}`, municipality: '999016', readers: [reader._id] },
    ...{ status: 'active', createdAt, changedAt: createdAt },
    ...of,
  }
}
const ours = (of: Partial<Child>) => child(OURS, of)
const theirs = (of: Partial<Child>) => child(THEIRS, of)
const join = (there: Child[], here: Child[]) =>
  childrenAsOne({ reader: THEIRS, children: there }, { reader: OURS, children: here })
const NOTHING = { same: [], differing: [], added: [], ended: [] }

test('the same date is one child, and what only one of them knows is not lost', () => {
  const [a, b] = [
    theirs({ birthDate: '2026-05-05', dueDate: '2026-05-01' }),
    ours({ birthDate: '2026-05-05' }),
  ]
  expect(join([a], [b])).toEqual({
    ...NOTHING,
    same: [{ theirs: a, ours: b, dates: { dueDate: '2026-05-01' } }],
  })
})

test('a birth that only the new registration tells is that of the child that was expected', () => {
  const [a, b] = [theirs({ birthDate: '2026-11-08' }), ours({ dueDate: '2026-11-10' })]
  expect(join([a], [b]).same).toEqual([{ theirs: a, ours: b, dates: { birthDate: '2026-11-08' } }])
})

test.each<[string, Partial<Child>, Partial<Child>]>([
  ['birthdays a day apart', { birthDate: '2026-05-06' }, { birthDate: '2026-05-05' }],
  ['due dates weeks apart', { dueDate: '2027-03-20' }, { dueDate: '2027-03-01' }],
])('%s are for the family to decide, and never guessed', (_, here, before) => {
  const [a, b] = [theirs(here), ours(before)]
  expect(join([a], [b])).toEqual({ ...NOTHING, differing: [{ theirs: a, ours: b }] })
})

test('children whom only one registration has go on', () => {
  const [baby, older] = [theirs({ birthDate: '2026-10-01' }), ours({ birthDate: '2023-04-01' })]
  expect(join([baby], [older])).toEqual({ ...NOTHING, added: [baby] })
})

test('twins stay two, and one that is exact is not taken by one that is near', () => {
  const twins = [theirs({ birthDate: '2026-05-05' }), theirs({ birthDate: '2026-05-05' })]
  const known = [ours({ birthDate: '2026-05-05' }), ours({ birthDate: '2026-05-05' })]
  expect(join(twins, known).same.map((one) => one.ours)).toEqual(known)
  const near = theirs({ birthDate: '2026-05-06' })
  const [exact] = twins
  const found = join([near, exact!], [known[0]!])
  expect(found.same).toEqual([{ theirs: exact, ours: known[0], dates: {} }])
  expect(found.added).toEqual([near])
})

test('a child whom both have by a link of the family is one', () => {
  const shared = ours({ birthDate: '2026-05-05', readers: ['ours', 'theirs'] })
  expect(join([shared], [shared]).same).toEqual([{ theirs: shared, ours: shared, dates: {} }])
})

const LOST = { status: 'stopped' as const }

test('an end in either is the end in both: a due date before the loss, a birthday after it', () => {
  const lost = ours({ dueDate: '2027-03-13', ...LOST, changedAt: at(12) })
  const again = theirs({ dueDate: '2027-03-13' })
  expect(join([again], [lost])).toEqual({
    ...NOTHING,
    ended: [{ of: 'theirs', child: again, how: 'stopped' }],
  })
  const expected = ours({ dueDate: '2027-03-13' })
  const lostThere = theirs({ dueDate: '2027-03-10', ...LOST, changedAt: at(12) })
  expect(join([lostThere], [expected])).toEqual({
    ...NOTHING,
    ended: [{ of: 'ours', child: expected, how: 'stopped' }],
  })
})

test('an end while the registration waited to be confirmed counts; who registers later has said so', () => {
  const lost = (day: number, hour: number) =>
    ours({ dueDate: '2027-03-13', ...LOST, changedAt: at(day, hour) })
  const again = theirs({ dueDate: '2027-03-13', createdAt: at(11, 8) })
  expect(join([again], [lost(10, 20)]).ended).toHaveLength(1)
  expect(join([again], [lost(10, 8)])).toEqual({ ...NOTHING, added: [again] })
  // one added on the own page later was typed then
  const added = theirs({ dueDate: '2027-03-13', createdAt: at(13) })
  expect(join([added], [lost(12, 20)])).toEqual({ ...NOTHING, added: [added] })
})

test('a child that one has left for themselves is left in both', () => {
  const left = ours({
    birthDate: '2026-05-05',
    readers: ['father'],
    left: ['ours'],
    changedAt: at(12),
  })
  const again = theirs({ birthDate: '2026-05-05' })
  expect(join([again], [left]).ended).toEqual([{ of: 'theirs', child: again, how: 'left' }])
  const shared = ours({
    birthDate: '2026-05-05',
    readers: ['theirs'],
    left: ['ours'],
    changedAt: at(12),
  })
  expect(join([shared], [shared]).ended).toEqual([{ of: 'theirs', child: shared, how: 'left' }])
})

test('another child of theirs goes on after the end of one', () => {
  const lost = theirs({ dueDate: '2027-03-13', ...LOST, changedAt: at(12) })
  const older = ours({ birthDate: '2023-04-01' })
  expect(join([lost], [older])).toEqual(NOTHING)
})
