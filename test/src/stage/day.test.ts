import { describe, expect, test } from '@jest/globals'
import fc from 'fast-check'
import { Temporal } from 'temporal-polyfill'

import {
  addDays,
  daysBetween,
  fromDayNumber,
  localDayOf,
  parseLocalDay,
  toDayNumber,
  weekdayOf,
} from '../../../src/stage/day'
import { anyDay, everyDay } from './samples'

describe('parseLocalDay', () => {
  test.each(['2026-10-01', '2024-02-29', '2000-02-29', '1900-01-01', '2199-12-31'])(
    'takes %s as it is',
    (text) => {
      expect(parseLocalDay(text)).toBe(text)
    },
  )

  test.each([
    ['slashes', '2026/10/01'],
    ['missing zeros', '2026-1-1'],
    ['an instant', '2026-10-01T00:00:00Z'],
    ['space around it', ' 2026-10-01'],
    ['a line break after it', '2026-10-01\n'],
    ['full-width digits', '\uff12026-10-01'],
    ['nothing', ''],
  ])('refuses %s', (_, text) => {
    expect(() => parseLocalDay(text)).toThrow(
      expect.objectContaining({ code: 'BAD_DAY', message: expect.stringContaining('2026-10-01') }),
    )
  })

  test.each([
    ['2026-02-29', '2026 年の 2 月は 28 日までです'],
    ['2028-02-30', '2028 年の 2 月は 29 日までです'],
    ['2100-02-29', '2100 年の 2 月は 28 日までです'],
    ['2026-04-31', '4 月は 30 日までです'],
    ['2026-00-10', '1 月から 12 月まで'],
    ['2026-13-01', '1 月から 12 月まで'],
    ['2026-10-00', '1 日から'],
    ['1899-12-31', '1900 年から 2199 年まで'],
    ['2200-01-01', '1900 年から 2199 年まで'],
  ])('says why there is no %s', (text, why) => {
    expect(() => parseLocalDay(text)).toThrow(
      expect.objectContaining({
        code: 'NO_SUCH_DAY',
        message: expect.stringMatching(`「${text}」という日はありません。.*${why}`),
      }),
    )
  })
})

test('day numbers agree with Temporal for every day of 1990-2060', () => {
  const epoch = Temporal.PlainDate.from('1970-01-01')
  let expected = Temporal.PlainDate.from('1990-01-01')
  const wrong = everyDay().filter((day) => {
    const isRight = day === expected.toString() && toDayNumber(day) === epoch.until(expected).days
    expected = expected.add({ days: 1 })
    return !isRight
  })
  expect(wrong).toEqual([])
})

test('day numbers agree with Temporal over four centuries on both sides of 1970', () => {
  fc.assert(
    fc.property(fc.integer({ min: -150_000, max: 150_000 }), (number) => {
      const expected = Temporal.PlainDate.from('1970-01-01').add({ days: number }).toString()
      expect(fromDayNumber(number)).toBe(expected)
      expect(toDayNumber(expected)).toBe(number)
    }),
  )
})

test('adding days and counting them are inverse', () => {
  fc.assert(
    fc.property(anyDay, fc.integer({ min: -5000, max: 5000 }), (day, count) => {
      expect(daysBetween(day, addDays(day, count))).toBe(count)
    }),
  )
})

test('the weekday is the one of Temporal', () => {
  fc.assert(
    fc.property(anyDay, (day) => {
      expect(weekdayOf(day)).toBe(Temporal.PlainDate.from(day).dayOfWeek % 7)
    }),
  )
  expect(weekdayOf('1969-12-28')).toBe(0)
})

test('a text that is no day is refused by the arithmetic too', () => {
  expect(() => addDays('2026-10-01T00:00', 1)).toThrow(expect.objectContaining({ code: 'BAD_DAY' }))
  expect(() => toDayNumber('aaaa-bb-cc')).toThrow(expect.objectContaining({ code: 'BAD_DAY' }))
})

describe('localDayOf', () => {
  test.each([
    ['2026-09-30T14:59:59.999Z', 'Asia/Tokyo', '2026-09-30'],
    ['2026-09-30T15:00:00.000Z', 'Asia/Tokyo', '2026-10-01'],
    ['2024-02-28T15:00:00.000Z', 'Asia/Tokyo', '2024-02-29'],
    ['2026-03-08T06:59:59.999Z', 'America/New_York', '2026-03-08'],
    ['2026-03-08T04:59:59.999Z', 'America/New_York', '2026-03-07'],
  ])('%s in %s is %s', (instant, zone, day) => {
    expect(localDayOf(new Date(instant), zone)).toBe(day)
  })

  test('a clock that jumps an hour stays on the day, or moves by exactly one', () => {
    const hourMs = 3_600_000
    fc.assert(
      fc.property(fc.integer({ min: 631_152_000_000, max: 2_871_763_199_000 }), (ms) => {
        const moved = daysBetween(localDayOf(new Date(ms)), localDayOf(new Date(ms + hourMs)))
        expect(moved).toBe(
          Math.floor((ms + 10 * hourMs) / (24 * hourMs)) -
            Math.floor((ms + 9 * hourMs) / (24 * hourMs)),
        )
      }),
    )
  })
})
