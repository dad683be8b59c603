import { describe, expect, test } from '@jest/globals'

import { dueDay, type Anchors, type DueOptions } from '../../../src/stage/due'
import { parseSlot } from '../../../src/stage/slot'

const FRIENDLY: DueOptions = { monthRule: 'friendly' }
const LEGAL: DueOptions = { monthRule: 'legal' }
const CORRECTED: DueOptions = { monthRule: 'friendly', ageBasis: 'corrected', isCorrected: true }

function due(code: string, anchors: Anchors, options: DueOptions = FRIENDLY): string | null {
  return dueDay(parseSlot(code), anchors, options)
}

test.each([
  ['0w0d', '2025-12-25'],
  ['4w0d', '2026-01-22'],
  ['39w6d', '2026-09-30'],
  ['40w0d', '2026-10-01'],
  ['41w6d', '2026-10-14'],
  ['42w0d', '2026-10-15'],
])('with the due date 2026-10-01, %s is on %s', (code, day) => {
  expect(due(code, { dueDate: '2026-10-01' })).toBe(day)
})

test.each([
  ['2019-04-01', '2025-04-01'],
  ['2019-04-02', '2026-04-01'],
  ['2020-04-01', '2026-04-01'],
  ['2020-04-02', '2027-04-01'],
])('a child born on %s enters school on %s', (birthDate, entry) => {
  expect(due('entry+0', { birthDate })).toBe(entry)
})

test.each([
  ['day0', FRIENDLY, '2024-02-29'],
  ['day45', FRIENDLY, '2024-04-14'],
  ['month12', FRIENDLY, '2025-02-28'],
  ['month12', LEGAL, '2025-03-01'],
  ['month18+3', FRIENDLY, '2025-09-01'],
  ['month12+3', LEGAL, '2025-03-04'],
  ['entry-84', FRIENDLY, '2030-01-07'],
  ['entry+10', FRIENDLY, '2030-04-11'],
  ['entry+1y-1', FRIENDLY, '2031-03-31'],
])('born on 2024-02-29, %s by %j is on %s', (code, options, day) => {
  expect(due(code, { birthDate: '2024-02-29' }, options)).toBe(day)
})

test('a reader who moved the school entry gets the school slots from there', () => {
  const anchors = { birthDate: '2019-04-02', entryDate: '2027-04-01' }
  expect(due('entry-84', anchors)).toBe('2027-01-07')
  expect(due('entry+1y-1', anchors)).toBe('2028-03-31')
})

describe('a missing anchor', () => {
  test('gives no day', () => {
    expect(due('24w3d', {})).toBeNull()
    expect(due('day1', { dueDate: '2026-10-01' })).toBeNull()
    expect(due('month1', { dueDate: '2026-10-01' })).toBeNull()
    expect(due('entry+0', { dueDate: '2026-10-01' })).toBeNull()
  })
  test('is what a due date is once the birth is known', () => {
    expect(due('40w0d', { dueDate: '2026-10-01', birthDate: '2026-09-20' })).toBeNull()
  })
})

describe('corrected age', () => {
  // 2026-06-01 is 22w4d of the due date 2026-10-01 … 2026-09-09 is 36w6d, 2026-09-10 is 37w0d.
  const preterm = { dueDate: '2026-10-01', birthDate: '2026-09-09' }
  const term = { dueDate: '2026-10-01', birthDate: '2026-09-10' }

  test.each([
    ['day45', '2026-11-15'],
    ['month6', '2027-04-01'],
    ['month23', '2028-09-01'],
    ['month23+29', '2028-09-30'],
  ])('counts %s from the due date: %s', (code, day) => {
    expect(due(code, preterm, CORRECTED)).toBe(day)
  })
  test.each([
    ['month23+30', '2028-09-08'],
    ['month24', '2028-09-09'],
    ['month36', '2029-09-09'],
    ['day731', '2028-09-09'],
  ])('ends with 24 months: %s counts from the birth: %s', (code, day) => {
    expect(due(code, preterm, CORRECTED)).toBe(day)
  })
  test.each([
    ['born at 37w0d', term, CORRECTED, '2026-10-25'],
    ['the reader did not choose it', preterm, { ...CORRECTED, isCorrected: false }, '2026-10-24'],
    ['the text uses calendar age', preterm, { ...CORRECTED, ageBasis: 'calendar' }, '2026-10-24'],
    ['the due date is unknown', { birthDate: '2026-09-09' }, CORRECTED, '2026-10-24'],
  ] as [string, Anchors, DueOptions, string][])(
    'is not used when %s',
    (...[, anchors, options, day]) => {
      expect(due('day45', anchors, options)).toBe(day)
    },
  )
  test('leaves school entry to the day of birth', () => {
    const anchors = { dueDate: '2020-04-20', birthDate: '2020-03-01' }
    expect(due('entry+0', anchors, CORRECTED)).toBe('2026-04-01')
  })
})
