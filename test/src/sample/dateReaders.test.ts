import { expect, test } from '@jest/globals'

import { anchorDateAt, dateReaders } from '../../../src/sample/dateReaders'
import { dueDay } from '../../../src/stage/due'
import { parseSlot } from '../../../src/stage/slot'

test.each([
  ['24w3d', 'dueDate'],
  ['day45', 'birthDate'],
  ['month18', 'birthDate'],
  ['month7+3', 'birthDate'],
])('a reader at %s gets exactly that slot on the day of the start', (stage, field) => {
  const today = '2026-11-23'
  const anchors = { [field]: anchorDateAt(stage, today) }
  expect(dueDay(parseSlot(stage), anchors, { monthRule: 'friendly' })).toBe(today)
})

test('on a day when nobody completes a month, the child is a day or two further', () => {
  expect(anchorDateAt('month1', '2026-10-31')).toBe('2026-09-30')
  for (const day of ['2026-02-28', '2026-03-01', '2028-02-29', '2026-12-31']) {
    expect(anchorDateAt('month1', day)).toMatch(/^\d{4}-\d{2}-\d{2}$/)
  }
})

test.each([
  ['2026-11-23', '2020-08-29'],
  ['2026-03-31', '2019-08-30'],
  ['2026-04-01', '2020-08-29'],
])('a school child on %s enters at the next 1 April', (today, birth) => {
  const found = anchorDateAt('entry-84', today)
  const range = birth.slice(0, 4)
  expect(found.startsWith(range)).toBe(true)
})

test('the file has the columns of the import and no stage', () => {
  const csv =
    'municipality,channel,address,anchor,stage,edition,relation,area,source,consentVersion\n' +
    '394998,line,U0,birthDate,day45,easy,father,,見本,1\n'
  expect(dateReaders(csv, '2026-11-23')).toBe(
    'municipality,channel,address,anchor,date,edition,relation,area,source,consentedAt,consentVersion,consentBasis\n' +
      '394998,line,U0,birthDate,2026-10-09,easy,father,,見本,2026-11-23,1,見本\n',
  )
})
