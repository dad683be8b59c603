// Days and moments as people in Japan write them.
import { expect, test } from '@jest/globals'

import {
  clockLabel,
  dayLabel,
  japaneseDayOf,
  japaneseMoment,
  monthLabel,
  shortMomentLabel,
  weekdayLabel,
} from '../../../src/stage/japaneseDate'

test.each([
  ['2026-11-23', '2026年11月23日(月)'],
  ['2028-02-29', '2028年2月29日(火)'],
  ['1999-12-31', '1999年12月31日(金)'],
  ['2027-04-04', '2027年4月4日(日)'],
])('the day %s is %s', (day, label) => {
  expect(dayLabel(day)).toBe(label)
})

test.each([
  { at: '2026-11-23T00:05:00Z', day: '2026年11月23日(月)', moment: '2026年11月23日(月) 9:05' },
  { at: '2026-11-22T15:00:00Z', day: '2026年11月23日(月)', moment: '2026年11月23日(月) 0:00' },
  { at: '2026-12-31T14:59:59Z', day: '2026年12月31日(木)', moment: '2026年12月31日(木) 23:59' },
])('the instant $at is $moment in Japan', ({ at, day, moment }) => {
  expect(japaneseDayOf(at)).toBe(day)
  expect(japaneseMoment(new Date(at))).toBe(moment)
})

test.each([
  ['2026-11-23', '月'],
  ['2024-02-09', '金'],
])('the weekday of %s is %s', (day, weekday) => {
  expect(weekdayLabel(day)).toBe(weekday)
})

test.each([
  ['2026-11-22T15:00:00Z', '11/23 0:00', '0:00'],
  ['2026-11-23T00:05:00Z', '11/23 9:05', '9:05'],
  ['2026-02-03T14:59:59Z', '2/3 23:59', '23:59'],
])('the instant %s is %s for short', (instant, label, clock) => {
  expect(shortMomentLabel(new Date(instant))).toBe(label)
  expect(clockLabel(new Date(instant))).toBe(clock)
})

test('a month has its year', () => {
  expect(monthLabel('2026-04')).toBe('2026年4月')
})

test('what is no instant has no words', () => {
  expect(japaneseDayOf('soon')).toBe('')
  expect(japaneseMoment('')).toBe('')
  expect(shortMomentLabel('')).toBe('')
  expect(clockLabel('')).toBe('')
})
