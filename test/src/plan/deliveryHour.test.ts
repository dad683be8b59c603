import { OFFERABLE_HOURS, readHour, writeHour } from '../../../src/stage/localTime'
import { expect, test } from '@jest/globals'

import { hourOf, hoursOffered, isHourWithin } from '../../../src/plan/deliveryHour'
import { writtenWishes } from '../../../src/plan/wishes'
import { settings } from './town'

const offering = (...hours: string[]) => ({ ...settings(), hours })

test('a municipality may offer whole and half hours of the day', () => {
  expect(OFFERABLE_HOURS).toHaveLength(29)
  expect(OFFERABLE_HOURS.slice(0, 3)).toEqual(['07:00', '07:30', '08:00'])
  expect(OFFERABLE_HOURS.at(-1)).toBe('21:00')
  expect(OFFERABLE_HOURS.map(writeHour).map(readHour)).toEqual(OFFERABLE_HOURS)
})

test.each([
  ['07:30', false],
  ['08:00', false],
  ['08:30', true],
  ['19:30', true],
  ['20:00', false],
])('%s lies in a window of 8:00 to 20:00, with time left to send: %s', (hour, isWithin) => {
  expect(isHourWithin(hour, { from: '08:00', to: '20:00' })).toBe(isWithin)
})

test('each channel offers what lies in its own hours, in the order of the day', () => {
  const town = offering('18:00', '09:00', '21:00')
  expect(hoursOffered(town, 'line')).toEqual(['09:00', '18:00'])
  expect(hoursOffered(town, 'mail')).toEqual(['18:00'])
  expect(hoursOffered(settings(), 'line')).toEqual([])
})

test('a chosen hour holds as long as it is offered', () => {
  expect(hourOf(offering('18:00'), 'line', { hour: '18:00' })).toBe('18:00')
  expect(hourOf(offering('12:00'), 'line', { hour: '18:00' })).toBeNull()
  expect(hourOf(settings(), 'line', { hour: '18:00' })).toBeNull()
  expect(hourOf(offering('18:00'), 'line', {})).toBeNull()
})

test('readers of another hour are planned apart', () => {
  expect(writtenWishes({ hour: '18:00' })).toEqual({ hour: '18:00' })
  expect(writtenWishes({})).toBeNull()
})
