import { describe, expect, test } from '@jest/globals'
import fc from 'fast-check'

import { addDays, daysBetween, fromDayNumber } from '../../../src/stage/day'
import { birthFault } from '../../../worker/readers/birthLimits'
import type { Child, ChildDates, Relation } from '../../../worker/readers/reader'
import {
  changeFault,
  couldBeOne,
  isOpen,
  judgeChild,
  type ChildAnswer,
  type ChildVerdict,
} from '../../../worker/readers/sameChild'

const DUE = '2027-03-13'
const BORN = '2026-11-05'
const NOON = new Date('2026-11-20T03:00:00Z')

interface Case {
  label: string
  held: Partial<Child>[]
  said: ChildDates
  answer?: ChildAnswer
  relation?: Relation
  /** The verdict, the place of the child it is about, and the days between. */
  is: string
}

const expected = { dueDate: DUE }
const born = { birthDate: BORN }

test.each<Case>([
  { label: 'no child', held: [], said: expected, is: 'new' },
  { label: 'the same due date', held: [expected], said: expected, is: 'same 0' },
  {
    label: 'the due date of a child that is born by now',
    held: [{ dueDate: DUE, birthDate: '2027-03-01' }],
    said: expected,
    is: 'same 0',
  },
  { label: 'a moved due date', held: [expected], said: due('2027-03-20'), is: 'corrected 0' },
  { label: 'at most 60 days', held: [expected], said: due('2027-05-12'), is: 'corrected 0' },
  {
    label: 'a grandmother of two',
    held: [expected],
    said: due('2027-03-20'),
    relation: 'grandparent',
    is: 'askCorrection 0 +7',
  },
  {
    label: 'a moved due date after the birth',
    held: [{ dueDate: DUE, birthDate: '2027-03-01' }],
    said: due('2027-03-06'),
    is: 'askCorrection 0 -7',
  },
  {
    label: 'said to be another pregnancy',
    held: [expected],
    said: due('2027-03-20'),
    answer: 'another',
    is: 'new apart 0',
  },
  { label: 'more than 60 days', held: [expected], said: due('2027-05-13'), is: 'new' },
  { label: 'the next pregnancy', held: [expected], said: due('2028-01-20'), is: 'new' },
  {
    label: 'a due date that fits the birthday of a child without one',
    held: [born],
    said: due('2026-11-25'),
    is: 'askCorrection 0 +20',
  },
  { label: 'a due date after a birth', held: [born], said: due('2027-09-01'), is: 'new' },
  { label: 'a birth at 22w0d', held: [expected], said: birth('2026-11-07'), is: 'born 0' },
  {
    label: 'a birth at 21w6d',
    held: [expected],
    said: birth('2026-11-06'),
    is: 'refused 0 beforeViability',
  },
  {
    label: 'a birth at 0w0d',
    held: [expected],
    said: birth('2026-06-06'),
    is: 'refused 0 beforeViability',
  },
  { label: 'a sibling born before it', held: [expected], said: birth('2026-06-05'), is: 'new' },
  { label: 'a birth at 43w6d', held: [expected], said: birth('2027-04-09'), is: 'born 0' },
  {
    label: 'a birth at 44w0d',
    held: [expected],
    said: birth('2027-04-10'),
    is: 'refused 0 afterPregnancy',
  },
  { label: 'the next birth', held: [expected], said: birth('2027-08-29'), is: 'new' },
  { label: 'the same birthday', held: [born], said: born, is: 'askTwin 0' },
  {
    label: 'one day off',
    held: [born],
    said: birth('2026-11-06'),
    is: 'askCorrection 0 +1',
  },
  {
    label: 'another month',
    held: [born],
    said: birth('2026-08-05'),
    is: 'askCorrection 0 -92',
  },
  {
    label: 'another year',
    held: [born],
    said: birth('2025-11-05'),
    is: 'askCorrection 0 -365',
  },
  {
    label: 'month and day exchanged',
    held: [born],
    said: birth('2026-05-11'),
    is: 'askCorrection 0 -178',
  },
  { label: 'a sibling', held: [born], said: birth('2024-02-29'), is: 'new' },
  {
    label: 'the nearest of two',
    held: [birth('2026-11-01'), born],
    said: birth('2026-11-06'),
    is: 'askCorrection 1 +1',
  },
  {
    label: 'the other twin is born',
    held: [
      { dueDate: DUE, birthDate: '2027-03-01', isApart: true },
      { dueDate: DUE, isApart: true },
    ],
    said: birth('2027-03-01'),
    is: 'born 1',
  },
  {
    label: 'twins: the same birthday again may be a third',
    held: [
      { ...born, isApart: true },
      { ...born, isApart: true },
    ],
    said: born,
    is: 'askTwin 0',
  },
  { label: 'said to be twins', held: [born], said: born, answer: 'twin', is: 'new apart 0' },
  { label: 'said to be the same', held: [born], said: born, answer: 'same', is: 'same 0' },
  {
    label: 'said to be twins before the birth',
    held: [expected],
    said: expected,
    answer: 'twin',
    is: 'new apart 0',
  },
  {
    label: 'said to be a correction',
    held: [born],
    said: birth('2026-11-06'),
    answer: 'correction',
    is: 'corrected 0',
  },
  {
    label: 'said to be another child',
    held: [born],
    said: birth('2026-11-06'),
    answer: 'another',
    is: 'new apart 0',
  },
  {
    label: 'an answer to another question changes nothing',
    held: [born],
    said: born,
    answer: 'correction',
    is: 'askTwin 0',
  },
  {
    label: 'another child in the time of a pregnancy',
    held: [expected],
    said: birth('2026-11-06'),
    answer: 'another',
    is: 'new',
  },
])('$label: $is', ({ held, said, is, label: _, ...more }) => {
  const children = held.map(child)
  const verdict = judgeChild(children, { ...said, ...more, saidAt: NOON })
  expect(written(verdict)).toBe(is)
})

describe('a child that ended', () => {
  const lost = child({ dueDate: DUE, status: 'stopped', changedAt: NOON }, 0)

  test.each([
    ['its due date', expected],
    ['a due date near it', due('2027-03-10')],
    ['a birth on time', birth('2027-03-01')],
    ['a birth before 22 weeks', birth('2026-10-01')],
  ])('is not brought back by a list with %s', (_, said) => {
    expect(judgeChild([lost], { ...said, saidAt: null }).kind).toBe('ended')
  })

  test('is not brought back by what was said before it ended', () => {
    const before = new Date(NOON.getTime() - 1)
    expect(judgeChild([lost], { ...expected, saidAt: before }).kind).toBe('ended')
    expect(judgeChild([lost], { ...expected, saidAt: before, answer: 'twin' }).kind).toBe('ended')
  })

  test('is never asked about when somebody begins again', () => {
    const after = new Date(NOON.getTime() + 1)
    expect(judgeChild([lost], { ...expected, saidAt: after })).toEqual({
      kind: 'new',
      apartFrom: [],
    })
  })

  test('does not stand before a child that goes on', () => {
    const twin = child({ dueDate: DUE, isApart: true }, 1)
    expect(written(judgeChild([lost, twin], { ...expected, saidAt: null }))).toBe('same 1')
  })
})

test.each([
  ['the same birthday', born, born, true],
  ['a month apart', born, birth('2026-12-06'), true],
  ['more than a month', born, birth('2026-12-07'), false],
  ['a year apart to the day', born, birth('2025-11-05'), false],
  ['due dates of one pregnancy', expected, due('2027-05-12'), true],
  ['two pregnancies', expected, due('2028-05-12'), false],
  ['a birth that was expected', birth('2027-03-01'), expected, true],
  ['a sibling of the one that is expected', birth('2025-03-01'), expected, false],
])('%s: one child is %s', (...[, one, other, isOne]) => {
  expect(couldBeOne(child(one, 0), child(other, 1))).toBe(isOne)
  const apart = [one, other].map((dates, place) => child({ ...dates, isApart: true }, place))
  expect(couldBeOne(apart[0]!, apart[1]!)).toBe(false)
})

test.each([
  ['a birth on time', expected, birth('2027-03-01'), null],
  ['too early', expected, birth('2026-11-06'), 'beforeViability'],
  ['before the pregnancy', expected, birth('2025-11-06'), 'beforePregnancy'],
  ['in the future', expected, birth('2027-03-21'), 'birthInFuture'],
  ['a due date the birth does not fit', birth('2027-03-01'), due('2027-12-01'), 'dueUnlikeBirth'],
  ['the due date of a child born years ago', birth('2020-03-01'), due('2020-03-10'), null],
  ['a due date that has passed', expected, due('2026-12-01'), 'duePast'],
] as const)('on the page of a child: %s', (...[, held, changed, fault]) => {
  expect(changeFault(held, changed, '2027-03-20')).toBe(fault)
})

const days = fc.integer({ min: 20_000, max: 21_500 }).map(fromDayNumber)

test('a birth belongs to a pregnancy from 22w0d to 43w6d', () => {
  fc.assert(
    fc.property(days, fc.integer({ min: -400, max: 100 }), (dueDate, offset) => {
      const isBirth = offset >= -126 && offset <= 27
      expect(birthFault(addDays(dueDate, offset), { dueDate }) === null).toBe(isBirth)
    }),
  )
})

test('what was said a second time never adds a child by itself, and an answer always ends it', () => {
  const dates = fc.oneof(
    days.map((birthDate): ChildDates => ({ birthDate })),
    days.map((dueDate): ChildDates => ({ dueDate })),
  )
  fc.assert(
    fc.property(fc.array(dates, { minLength: 1, maxLength: 4 }), fc.nat(), (held, place) => {
      const children = held.map(child)
      const said = { ...held[place % held.length], saidAt: NOON }
      expect(judgeChild(children, said).kind).not.toBe('new')
      for (const answer of ['twin', 'another'] as const) {
        expect(isOpen(judgeChild(children, { ...said, answer }))).toBe(false)
      }
    }),
  )
})

test('a birthday up to 31 days off is asked about, whichever was first', () => {
  fc.assert(
    fc.property(days, fc.integer({ min: -31, max: 31 }), (birthDate, off) => {
      fc.pre(off !== 0)
      const other = addDays(birthDate, off)
      const verdict = judgeChild([child({ birthDate }, 0)], { birthDate: other, saidAt: NOON })
      expect(verdict).toMatchObject({ kind: 'askCorrection', days: daysBetween(birthDate, other) })
    }),
  )
})

function written(verdict: ChildVerdict): string {
  if (verdict.kind === 'new') {
    return ['new', ...verdict.apartFrom.map(({ _id }) => `apart ${_id}`)].join(' ')
  }
  const days = verdict.kind === 'askCorrection' ? verdict.days : null
  return [
    verdict.kind,
    verdict.child._id,
    days !== null && (days > 0 ? `+${days}` : days),
    verdict.kind === 'refused' && verdict.fault,
  ]
    .filter((part) => part !== false)
    .join(' ')
}

function due(dueDate: string): ChildDates {
  return { dueDate }
}

function birth(birthDate: string): ChildDates {
  return { birthDate }
}

function child(fields: Partial<Child>, place: number): Child {
  const at = new Date(0)
  return {
    _id: String(place),
    municipality: '999016',
    readers: ['hanako'],
    status: 'active',
    createdAt: at,
    changedAt: at,
    ...fields,
  }
}
