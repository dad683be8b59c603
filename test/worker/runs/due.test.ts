import { expect, test } from '@jest/globals'

import {
  dailyRequest,
  dueRequests,
  forcedRequest,
  isWorkable,
  welcomeRequest,
} from '../../../worker/runs/due'
import { instantOf } from '../../../src/stage/day'
import { settings, TODAY, TOWN } from '../../src/plan/town'

const japan = (time: string) => new Date(`${TODAY}T${time}+09:00`)
const due = (time: string, last?: string, changed = {}) =>
  dueRequests({
    municipalities: [settings(changed)],
    now: japan(time),
    lastDates: new Map(last ? [[TOWN, last]] : []),
  }).map(({ date, isStale }) => `${date}${isStale ? ' stale' : ''}`)

test.each([
  ['07:59:59', []],
  ['08:00:00', [TODAY]],
  ['19:59:59', [TODAY]],
  ['20:00:00', [`${TODAY} stale`]],
  ['23:59:59', [`${TODAY} stale`]],
])('at %s a municipality without a run today is due %j', (time, expected) => {
  expect(due(time)).toEqual(expected)
  expect(due(time, '2026-10-05')).toEqual(expected)
})

test('what has a run is not due again', () => {
  expect(due('08:00:05', TODAY)).toEqual([])
})

test('the hours of a channel the municipality does not have do not count', () => {
  expect(due('08:30:00', undefined, { channels: ['mail'] })).toEqual([])
  expect(due('09:00:00', undefined, { channels: ['mail'] })).toEqual([TODAY])
})

test('days that were missed come first, at most a week of them, also before the hours', () => {
  const missed = ['2026-10-04 stale', '2026-10-05 stale']
  expect(due('07:00:00', '2026-10-03')).toEqual(missed)
  expect(due('08:00:00', '2026-10-03')).toEqual([...missed, TODAY])
  expect(due('07:00:00', '2026-08-01')).toHaveLength(7)
})

test('nobody is due where the municipality is paused', () => {
  expect(due('10:00:00', undefined, { isActive: false })).toEqual([])
})

test.each([
  [TODAY, '12:00:00', '2026-10-06T15:00:00.000Z'],
  [TODAY, '23:30:00', '2026-10-06T15:00:00.000Z'],
  ['2026-10-01', '12:00:00', '2026-10-01T15:00:00.000Z'],
  ['2026-10-08', '12:00:00', '2026-10-08T15:00:00.000Z'],
])('a forced run of %s at %s ends at %s', (date, time, end) => {
  const { closesAt, opensAt } = forcedRequest(TOWN, date, japan(time))
  expect([closesAt.line, closesAt.mail].map((at) => at.toISOString())).toEqual([end, end])
  expect(isWorkable({ opensAt }, japan(time))).toBe(true)
})

test('24:00 is the next day’s midnight in Japan', () => {
  expect(instantOf(TODAY, '24:00').toISOString()).toBe('2026-10-06T15:00:00.000Z')
})

test('a welcome has a run of its own on the reader’s day', () => {
  const request = welcomeRequest({ code: TOWN, reader: 'hanako' }, japan('00:30:00'))
  expect(request).toMatchObject({
    _id: `${TOWN}:${TODAY}:welcome:hanako`,
    kind: 'welcome',
    reader: 'hanako',
    date: TODAY,
  })
})

test('a run can be worked on from the first channel’s hour on', () => {
  const request = dailyRequest(settings(), TODAY)
  expect(isWorkable(request, japan('07:59:00'))).toBe(false)
  expect(isWorkable(request, japan('08:00:00'))).toBe(true)
})
