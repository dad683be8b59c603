import { expect, test } from '@jest/globals'

import { matchChild } from '../../../worker/readers/matchChild'
import type { Child, ChildDates } from '../../../worker/readers/reader'

test.each<{ label: string; held: ChildDates; typed: ChildDates; kind: string }>([
  { label: 'the same due date', held: due(1), typed: due(1), kind: 'same' },
  { label: 'the same birthday', held: born(1), typed: born(1), kind: 'same' },
  { label: 'a moved due date', held: due(1), typed: due(28), kind: 'corrected' },
  { label: 'a birth on time', held: due(15), typed: born(14), kind: 'corrected' },
  {
    label: 'a birth at 22 weeks',
    held: { dueDate: '2027-03-13' },
    typed: { birthDate: '2026-11-07' },
    kind: 'corrected',
  },
  {
    label: 'a birth before that',
    held: { dueDate: '2027-03-13' },
    typed: { birthDate: '2026-11-06' },
    kind: 'new',
  },
  {
    label: 'the next pregnancy',
    held: { dueDate: '2027-03-13' },
    typed: { dueDate: '2028-01-20' },
    kind: 'new',
  },
  { label: 'another birthday', held: born(1), typed: born(2), kind: 'new' },
  {
    label: 'a due date beside a child that is born',
    held: { ...due(1), ...born(1) },
    typed: due(20),
    kind: 'new',
  },
])('$label is $kind', ({ held, typed, kind }) => {
  expect(matchChild([child(held)], typed).kind).toBe(kind)
})

test('without children everything is new', () => {
  expect(matchChild([], due(1))).toEqual({ kind: 'new' })
})

function due(day: number): ChildDates {
  return { dueDate: `2027-03-${String(day).padStart(2, '0')}` }
}

function born(day: number): ChildDates {
  return { birthDate: `2027-03-${String(day).padStart(2, '0')}` }
}

function child(dates: ChildDates): Child {
  const at = new Date(0)
  const stamps = { createdAt: at, changedAt: at }
  return {
    _id: 'c',
    municipality: '999016',
    readers: ['r'],
    status: 'active',
    ...stamps,
    ...dates,
  }
}
