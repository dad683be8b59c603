import { expect, test } from '@jest/globals'
import fc from 'fast-check'

import { addDays } from '../../../src/stage/day'
import { dayLabel } from '../../../src/stage/japaneseDate'
import { checkTypedDate, typedDateOf, type DateKind } from '../../../worker/web/typedDate'

const today = '2026-11-23'

test.each([
  { kind: 'dueDate', typed: '2027-8-30', day: '2027-08-30' },
  { kind: 'dueDate', typed: '2027-8-31', day: null },
  { kind: 'dueDate', typed: '2026-11-3', day: '2026-11-03' },
  { kind: 'dueDate', typed: '2026-11-2', day: null },
  { kind: 'birthDate', typed: '2026-11-23', day: '2026-11-23' },
  { kind: 'birthDate', typed: '2026-11-24', day: null },
  { kind: 'birthDate', typed: '２０２４-０２-２９', day: '2024-02-29' },
  { kind: 'birthDate', typed: '2025-2-29', day: null },
  { kind: 'birthDate', typed: '2025-13-1', day: null },
  { kind: 'birthDate', typed: '2025-0-1', day: null },
  { kind: 'birthDate', typed: '-1-', day: null },
  { kind: 'birthDate', typed: '8-5-1', day: null },
  { kind: 'birthDate', typed: '2O25-5-1', day: null },
  { kind: 'birthDate', typed: '2010-5-1', day: null },
] as const)('$kind $typed', ({ kind, typed, day }) => {
  const [year = '', month = '', date = ''] = typed.split('-')
  const checked = checkTypedDate({ year, month, day: date }, { kind, today })
  expect(checked.isValid ? checked.day : null).toBe(day)
  if (!checked.isValid) expect(checked.message).toMatch(/。/)
})

test('what is shown of a date is read back as the same date', () => {
  const kinds = fc.constantFrom<DateKind>('dueDate', 'birthDate')
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 20 }), kinds, (ago, kind) => {
      const day = addDays(today, -ago)
      expect(checkTypedDate(typedDateOf(day), { kind, today })).toEqual({ isValid: true, day })
    }),
  )
})

test('dates are written as people read them', () => {
  expect(dayLabel('2026-11-23')).toBe('2026年11月23日(月)')
  expect(dayLabel('2024-02-09')).toBe('2024年2月9日(金)')
})
