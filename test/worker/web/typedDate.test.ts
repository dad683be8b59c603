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

test.each([
  ['2027年', '4月', '30日'],
  ['２０２７', '０４', '３０'],
  ['西暦2027年', '4', '30'],
  ['2027.', '4.', '30.'],
  ['令和9', '4', '30'],
  ['令和9年', '4月', '30日(金)'],
  ['令和九年', '四月', '三十日'],
  ['R9', '4', '30'],
  ['r．９', '4', '30'],
  ['R.9', '4', '30'],
  ['平成39', '4', '30'],
  ['2027/4/30', '', ''],
  ['', '', '令和9年4月30日'],
  ['R.9.4.30', '', ''],
  ['20270430', '20270430', '20270430'],
  ['２０２７年４月３０日', '４', '３０'],
  ['2027', '4/30', ''],
  ['2027', '4月30日', ''],
  ['2027年4月', '30', ''],
  ['令和9', '', '4・30'],
  ['2027 4 30', '', ''],
  ['２０２７　４　３０', '', ''],
  ['令和九年 四月 三十日', '', ''],
])('%s %s %s is 30 April 2027', (year, month, day) => {
  const checked = checkTypedDate({ year, month, day }, { kind: 'dueDate', today })
  expect(checked).toEqual({ isValid: true, day: '2027-04-30' })
})

test.each([
  ['令和元年', '5', '1', '2019-05-01'],
  ['平成31', '四', '三十', '2019-04-30'],
  ['H31', '1', '8', '2019-01-08'],
  ['二〇二六', '十', '二十五', '2026-10-25'],
  ['2026', '十一', '十', '2026-11-10'],
])('a birth on %s %s %s is %s', (...[year, month, day, born]) => {
  const checked = checkTypedDate({ year, month, day }, { kind: 'birthDate', today })
  expect(checked).toEqual({ isValid: true, day: born })
})

test.each([
  { typed: ['9', '4', '30'], says: '西暦 4 けた' },
  { typed: ['令和9年度', '4', '30'], says: '西暦 4 けた' },
  { typed: ['令和9', '4', '30日(土)'], says: '曜日が合いません' },
  { typed: ['2027', '四か月', '30'], says: '月は 1 から 12' },
  { typed: ['2027', '4', '末'], says: '日は 1 から 31' },
  { typed: ['2027-04-30', '5', '30'], says: '2 とおり' },
  { typed: ['2027', '4', '31'], says: '2027年4月31日という日はありません。4 月は 30 日まで' },
  {
    typed: ['令和9', '2', '30'],
    says: '2027年2月30日という日はありません。2027 年の 2 月は 28 日',
  },
  { typed: ['R9.2.29', '', ''], says: '2027年2月29日という日はありません' },
  { typed: ['2027', '13', '1'], says: '1 月から 12 月まで' },
  { typed: ['', '4', '30'], says: '3 つとも' },
  { typed: ['', '', ''], says: '出産予定日を入れてください' },
])('$typed is not guessed at', ({ typed: [year = '', month = '', day = ''], says }) => {
  const checked = checkTypedDate({ year, month, day }, { kind: 'dueDate', today })
  expect(checked).toMatchObject({ isValid: false, message: expect.stringContaining(says) })
})

test.each([
  { kind: 'dueDate', asked: 'either', day: '2026-10-1', says: '「生まれている」を選び' },
  { kind: 'dueDate', asked: 'due', day: '2026-10-1', says: '「生まれたことを知らせる」' },
  { kind: 'birthDate', asked: 'either', day: '2026-12-1', says: '「妊娠中」を選び' },
  { kind: 'birthDate', asked: 'birth', day: '2026-12-1', says: '生まれてから入れてください' },
] as const)('a $kind that cannot be is told in the words of its page: $asked', (one) => {
  const [year = '', month = '', day = ''] = one.day.split('-')
  const checked = checkTypedDate({ year, month, day }, { ...one, today })
  expect(checked).toMatchObject({ isValid: false, message: expect.stringContaining(one.says) })
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

test.each([
  ['2027年4月30日', '5', '30', '2 とおり'],
  ['2027年4月30日', '', '2027年4月29日', '2 とおり'],
  ['令和9年4月30日(土)', '', '', '曜日'],
  ['2027', '4月30日(土)', '', '曜日'],
  ['4/30', '', '', '3 つとも'],
  ['27/4/30', '', '', '3 つとも'],
  ['4/30/2027', '', '', '3 つとも'],
])('%s %s %s is no date that can be told: %s', (...[year, month, day, said]) => {
  const checked = checkTypedDate({ year, month, day }, { kind: 'dueDate', today })
  expect(checked).toMatchObject({ isValid: false, message: expect.stringContaining(said) })
})
